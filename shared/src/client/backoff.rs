//! How long to wait before trying again.

use crate::protocol::Millis;

/// The first wait: long enough for a restart to begin, short enough not to be noticed in a conversation.
const FIRST: Millis = 1_000;
/// The longest wait: a person who is back on a train's network should not wait longer than half a minute.
const LONGEST: Millis = 30_000;

/// Waits that double with each failure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after one more failure. Half of it is fixed and half is `random`, so that many clients that lost the same
    /// server do not come back in the same moment.
    pub fn failed(&mut self, random: u32) -> Millis {
        let longest = FIRST.checked_shl(self.failures).map_or(LONGEST, |wait| wait.min(LONGEST));
        self.failures = (self.failures + 1).min(16);
        let half = longest / 2;
        half + Millis::from(random) * half / Millis::from(u32::MAX)
    }

    /// It worked: the next failure starts from the beginning.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_start_again_after_success() {
        let mut backoff = Backoff::default();
        let waits: Vec<Millis> = (0..8).map(|_| backoff.failed(u32::MAX)).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        backoff.succeeded();
        assert_eq!(backoff.failed(0), 500, "at least half of the wait is kept");
    }
}
