//! When a person is to be expected, as it is said.

use shared::protocol::{Expected, Millis};

/// What is said: a key of the words, and what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The words alone.
    Word(&'static str),
    /// With a number.
    Number(&'static str, u32),
    /// With a time.
    Time(&'static str, Millis),
}

/// What is said; `online` is whether an agent is here now.
pub fn said(expected: Expected, online: bool) -> Said {
    match expected {
        Expected { minutes: Some(minutes @ ..60), .. } => Said::Number("reply_minutes", minutes),
        Expected { minutes: Some(minutes), .. } => Said::Number("reply_hours", minutes / 60),
        Expected { open: true, at: Some(at), .. } => Said::Time("reply_at", at),
        Expected { at: Some(at), .. } => Said::Time("back_at", at),
        Expected { open, .. } => Said::Word(if online && open { "online" } else { "away" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_before_the_clock_and_the_clock_before_who_is_here() {
        let check = |open, minutes, at, online, expected| {
            assert_eq!(said(Expected { open, minutes, at }, online), expected);
        };
        check(true, Some(5), None, false, Said::Number("reply_minutes", 5));
        check(true, Some(480), None, true, Said::Number("reply_hours", 8));
        check(true, None, Some(7), true, Said::Time("reply_at", 7));
        check(false, None, Some(7), false, Said::Time("back_at", 7));
        check(false, None, Some(7), true, Said::Time("back_at", 7));
        check(false, None, None, true, Said::Word("away"));
        check(true, None, None, true, Said::Word("online"));
        check(false, None, None, false, Said::Word("away"));
    }
}
