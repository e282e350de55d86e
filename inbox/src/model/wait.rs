//! How long somebody has waited, and how bad that is.

use shared::protocol::Millis;

/// The panel promises "usually 5 minutes": from here on the promise is at stake.
const DUE_AFTER: Millis = 3 * MINUTE;
/// The promise is broken.
const LATE_AFTER: Millis = 5 * MINUTE;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// A length of time in its largest whole unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// Less than a minute.
    Moment,
    /// Whole minutes.
    Minutes(u32),
    /// Whole hours.
    Hours(u32),
    /// Whole days.
    Days(u32),
}

/// How bad a wait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// There is time.
    Fresh,
    /// Now would be good.
    Due,
    /// Longer than was promised.
    Late,
}

impl Urgency {
    /// The class that the style sheet colours.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Due => "due",
            Self::Late => "late",
        }
    }
}

/// The time between two moments; none if this device's clock is behind the edge's.
pub(crate) fn span(since: Millis, now: Millis) -> Span {
    let length = now.saturating_sub(since);
    let whole = |unit: Millis| u32::try_from(length / unit).unwrap_or(u32::MAX);
    match length {
        ..MINUTE => Span::Moment,
        MINUTE..HOUR => Span::Minutes(whole(MINUTE)),
        HOUR..DAY => Span::Hours(whole(HOUR)),
        DAY.. => Span::Days(whole(DAY)),
    }
}

/// How bad it is to wait since then.
pub(crate) fn urgency(since: Millis, now: Millis) -> Urgency {
    match now.saturating_sub(since) {
        ..DUE_AFTER => Urgency::Fresh,
        DUE_AFTER..LATE_AFTER => Urgency::Due,
        LATE_AFTER.. => Urgency::Late,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_in_its_largest_unit() {
        for (now, expected) in [
            (0, Span::Moment),
            (59_999, Span::Moment),
            (60_000, Span::Minutes(1)),
            (3_599_999, Span::Minutes(59)),
            (3_600_000, Span::Hours(1)),
            (86_400_000, Span::Days(1)),
        ] {
            assert_eq!(span(0, now), expected, "{now}");
        }
        assert_eq!(span(10, 0), Span::Moment);
    }

    #[test]
    fn a_wait_is_late_once_the_promise_is_broken() {
        assert_eq!(
            [0, 3, 5].map(|minutes| urgency(0, minutes * MINUTE)),
            [Urgency::Fresh, Urgency::Due, Urgency::Late]
        );
    }
}
