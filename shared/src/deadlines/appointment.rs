//! When a wait comes back, and when a promise is broken.

use super::promise::{Kind, Promises};
use crate::hours::{AroundTheClock, WorkingTime};
use crate::protocol::{Millis, Priority};
use std::sync::Arc;

/// Of the promised time, this part is left when a conversation comes back: enough to read it and to answer.
const WARNING_PART: Millis = 4;
/// But no more than this is needed, however long the promise is.
const WARNING_MOST_MS: Millis = 30 * 60 * 1_000;

/// What waiting is measured by: the workspace's promises, and the time that counts.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How soon.
    pub promises: Promises,
    /// In which time.
    pub working: Arc<dyn WorkingTime>,
}

/// The instants of one wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointment {
    /// When it comes back before people's eyes.
    pub back_at: Millis,
    /// When the promise is broken; none if nothing was promised.
    pub due: Option<Millis>,
}

impl Default for Terms {
    /// Nothing is promised, and somebody is always there.
    fn default() -> Self {
        Self { promises: Promises::default(), working: Arc::new(AroundTheClock) }
    }
}

impl Terms {
    /// The appointment with a visitor who waits since then.
    pub fn appointment(&self, since: Millis, kind: Kind, priority: Priority) -> Appointment {
        let forgotten = self.promises.forgotten_after();
        let after = |work: Millis| self.working.after(since, work);
        let (due, back_at) = match self.promises.target(priority, kind) {
            Some(target) => {
                let span = target.span();
                let warning = (span / WARNING_PART).min(WARNING_MOST_MS);
                (after(span), after(span.saturating_sub(warning)))
            }
            None => (None, after(forgotten)),
        };
        // With no working time in sight, nobody would ever see it: then all time counts.
        Appointment { back_at: back_at.unwrap_or_else(|| since.saturating_add(forgotten)), due }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Millis = 1_000;
    const HOUR: Millis = 3_600 * SECOND;

    fn promises() -> Promises {
        let text = r#"{"targets": {"normal": {"first": {"share": 90, "within": 300}, "next": {"share": 90, "within": 36000}}}}"#;
        serde_json::from_str(text).unwrap()
    }

    fn check(
        working: impl WorkingTime + 'static,
        since: Millis,
        kind: Kind,
        priority: Priority,
        at: (Millis, Option<Millis>),
    ) {
        let terms = Terms { promises: promises(), working: Arc::new(working) };
        let (back_at, due) = at;
        assert_eq!(
            terms.appointment(since, kind, priority),
            Appointment { back_at, due },
            "{since} {kind:?} {priority:?}"
        );
    }

    #[test]
    fn what_waits_comes_back_when_a_quarter_of_the_promise_is_left_and_half_an_hour_at_most() {
        check(AroundTheClock, 0, Kind::First, Priority::Normal, (225 * SECOND, Some(300 * SECOND)));
        check(AroundTheClock, HOUR, Kind::Next, Priority::Urgent, (HOUR + 34_200 * SECOND, Some(11 * HOUR)));
    }

    #[test]
    fn without_a_promise_nothing_is_due_but_nothing_is_forgotten() {
        check(AroundTheClock, HOUR, Kind::First, Priority::Low, (5 * HOUR, None));
        check(AroundTheClock, Millis::MAX - 1, Kind::First, Priority::Low, (Millis::MAX, None));
    }

    #[cfg(feature = "hours")]
    mod in_office_hours {
        use super::*;
        use crate::hours::Office;

        /// Monday to Friday, nine to five, in UTC. The instants count from Thursday, 1 January 1970.
        const OFFICE: &str = r#"{"zone": "UTC", "week": {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"],
            "wed": ["09:00-17:00"], "thu": ["09:00-17:00"], "fri": ["09:00-17:00"]}}"#;
        const FRIDAY_EVENING: Millis = 24 * HOUR + 16 * HOUR + 56 * 60 * SECOND;
        const MONDAY: Millis = 4 * 24 * HOUR + 9 * HOUR;

        fn office(schedule: &str) -> Office {
            Office::new(&serde_json::from_str(schedule).unwrap()).unwrap().0
        }

        #[test]
        fn a_promise_counts_only_while_somebody_is_there() {
            // Of five minutes four pass on Friday; the warning comes when three and three quarters are over.
            let at = (FRIDAY_EVENING + 225 * SECOND, Some(MONDAY + 60 * SECOND));
            check(office(OFFICE), FRIDAY_EVENING, Kind::First, Priority::Normal, at);
        }

        #[test]
        fn what_came_on_a_weekend_is_due_on_monday() {
            let at = (MONDAY + 225 * SECOND, Some(MONDAY + 300 * SECOND));
            check(office(OFFICE), 60 * HOUR, Kind::First, Priority::Normal, at);
        }

        #[test]
        fn even_an_office_that_never_opens_forgets_nobody() {
            check(office(r#"{"zone": "UTC"}"#), HOUR, Kind::First, Priority::Normal, (5 * HOUR, None));
        }
    }
}
