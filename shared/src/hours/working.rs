//! Time as it counts for those who work.

use crate::protocol::Millis;
use serde::{Deserialize, Serialize};
use std::fmt;

/// When the doors change next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// They are closed, and open then.
    Opens(Millis),
    /// They are open, and close then.
    Closes(Millis),
}

/// Reckons in the time when somebody is there. All spans are in milliseconds.
pub trait WorkingTime: fmt::Debug + Send + Sync {
    /// Whether somebody is there.
    fn is_open(&self, now: Millis) -> bool;

    /// When that changes; none if not within the year that is looked ahead.
    fn next_change(&self, now: Millis) -> Option<Change>;

    /// The working time from one instant to another; nothing if they are the wrong way round.
    fn between(&self, from: Millis, to: Millis) -> Millis;

    /// The first instant with so much working time behind it; none if not within the year that is looked ahead.
    fn after(&self, from: Millis, work: Millis) -> Option<Millis>;

    /// The time zone that the days of reports are in, by its name; none if nobody has named one.
    fn zone(&self) -> Option<&str> {
        None
    }

    /// The first instant from `now` on when somebody is there.
    fn opens_at(&self, now: Millis) -> Option<Millis> {
        if self.is_open(now) {
            return Some(now);
        }
        self.next_change(now).and_then(|change| match change {
            Change::Opens(at) => Some(at),
            Change::Closes(_) => None,
        })
    }
}

/// Somebody is always there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AroundTheClock;

impl WorkingTime for AroundTheClock {
    fn is_open(&self, _: Millis) -> bool {
        true
    }

    fn next_change(&self, _: Millis) -> Option<Change> {
        None
    }

    fn between(&self, from: Millis, to: Millis) -> Millis {
        to.saturating_sub(from)
    }

    fn after(&self, from: Millis, work: Millis) -> Option<Millis> {
        from.checked_add(work)
    }
}
