//! How long somebody has waited, what was promised to them, and how bad that is.

use shared::protocol::{Millis, Status, Summary};

/// Where nothing was promised: from here on an answer would be good.
const DUE_AFTER: Millis = 3 * MINUTE;
/// Five minutes is how long people wait without looking elsewhere; after that they are kept waiting.
const LATE_AFTER: Millis = 5 * MINUTE;
/// Of the promised time, this part is left when a reply is due, as in `shared::deadlines`.
const WARNING_PART: Millis = 4;
/// But no more than this, however long the promise is.
const WARNING_MOST: Millis = 30 * MINUTE;

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

/// What is said of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The promise breaks in so long.
    DueIn(Span),
    /// It broke so long ago.
    LateBy(Span),
    /// Nothing was promised, and they have waited so long.
    For(Span),
}

/// A wait as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait {
    /// How bad it is.
    pub(crate) urgency: Urgency,
    /// What is said of it.
    pub(crate) told: Told,
}

impl Urgency {
    /// The class that the style sheet colours.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Fresh => "is-fresh",
            Self::Due => "is-due",
            Self::Late => "is-late",
        }
    }
}

/// The wait for a person in a conversation; none if nobody waits, or if it was put aside.
pub(crate) fn wait(summary: &Summary, now: Millis) -> Option<Wait> {
    let since = summary.waiting_since?;
    if summary.status != Status::Waiting || summary.snoozed_until.is_some() {
        return None;
    }
    Some(wait_of(since, summary.due, now))
}

/// The wait of somebody who waits since then, and when what was promised to them is broken.
pub(crate) fn wait_of(since: Millis, due: Option<Millis>, now: Millis) -> Wait {
    match due {
        Some(due) if now >= due => Wait { urgency: Urgency::Late, told: Told::LateBy(span(due, now)) },
        Some(due) => {
            let warning = (due.saturating_sub(since) / WARNING_PART).min(WARNING_MOST);
            let urgency = if due - now <= warning { Urgency::Due } else { Urgency::Fresh };
            Wait { urgency, told: Told::DueIn(span(now, due)) }
        }
        None => Wait { urgency: urgency(since, now), told: Told::For(span(since, now)) },
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

fn urgency(since: Millis, now: Millis) -> Urgency {
    match now.saturating_sub(since) {
        ..DUE_AFTER => Urgency::Fresh,
        DUE_AFTER..LATE_AFTER => Urgency::Due,
        LATE_AFTER.. => Urgency::Late,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::summary;

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
    fn where_nothing_was_promised_five_minutes_are_late() {
        let told = |minutes| wait(&summary('a', 1, Status::Waiting, Some(0), 0), minutes * MINUTE);
        for (minutes, urgency) in [(0, Urgency::Fresh), (3, Urgency::Due), (5, Urgency::Late)] {
            let span = span(0, minutes * MINUTE);
            assert_eq!(told(minutes), Some(Wait { urgency, told: Told::For(span) }), "{minutes}");
        }
    }

    #[test]
    fn a_promise_is_due_in_its_last_part_and_late_from_its_end() {
        let check = |due, now, urgency, told| {
            let summary = Summary { due: Some(due), ..summary('a', 1, Status::Waiting, Some(0), 0) };
            assert_eq!(wait(&summary, now), Some(Wait { urgency, told }), "{due} at {now}");
        };
        check(20 * MINUTE, 14 * MINUTE, Urgency::Fresh, Told::DueIn(Span::Minutes(6)));
        check(20 * MINUTE, 15 * MINUTE, Urgency::Due, Told::DueIn(Span::Minutes(5)));
        check(20 * MINUTE, 20 * MINUTE, Urgency::Late, Told::LateBy(Span::Moment));
        check(20 * MINUTE, 22 * MINUTE, Urgency::Late, Told::LateBy(Span::Minutes(2)));
        check(DAY, DAY - 31 * MINUTE, Urgency::Fresh, Told::DueIn(Span::Minutes(31)));
        check(DAY, DAY - 30 * MINUTE, Urgency::Due, Told::DueIn(Span::Minutes(30)));
    }

    #[test]
    fn who_was_answered_or_put_aside_does_not_wait() {
        assert_eq!(wait(&summary('a', 1, Status::Replied, None, 0), HOUR), None);
        assert_eq!(wait(&summary('a', 1, Status::Replied, Some(0), 0), HOUR), None);
        let aside = Summary { snoozed_until: Some(DAY), ..summary('a', 1, Status::Waiting, Some(0), 0) };
        assert_eq!(wait(&aside, HOUR), None);
    }
}
