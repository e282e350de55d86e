//! What is under way: several loops drive one machine at once, and no two of them may do the same work.

use crate::conversation::Mirror;
use crate::ids::EventId;
use crate::protocol::Millis;
use std::collections::{BTreeMap, BTreeSet};

/// No call between objects takes longer. One that has not come back by then is lost, and made again.
const LOST_AFTER_MS: Millis = 30_000;

/// Something that is done by one loop at a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Errand<F> {
    /// What follows from this event.
    Debt(EventId),
    /// A mirror learns of a change.
    Tell(Mirror),
    /// Messages are asked for.
    Draw,
    /// The terms are asked for.
    Terms,
    /// The visitor's object learns what the site says.
    Introduce,
    /// A feed gets events.
    Feed(F),
    /// The library is taught.
    Teach,
    /// The conversation ends.
    End,
}

/// A call that has not come back.
#[derive(Debug, Clone, Copy)]
struct Flight {
    since: Millis,
    /// Tells the answer to this call from a late one to an earlier call.
    mark: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Flights<F> {
    under_way: BTreeMap<Errand<F>, Flight>,
    /// What has failed since the last command or alarm: the next one tries it again.
    in_vain: BTreeSet<Errand<F>>,
}

impl<F> Default for Flights<F> {
    fn default() -> Self {
        Self { under_way: BTreeMap::new(), in_vain: BTreeSet::new() }
    }
}

impl<F: Ord> Flights<F> {
    pub(super) fn start(&mut self, errand: Errand<F>, mark: u32, now: Millis) {
        self.under_way.insert(errand, Flight { since: now, mark });
    }

    /// Whether somebody does it just now.
    pub(super) fn has(&self, errand: &Errand<F>, now: Millis) -> bool {
        self.under_way.get(errand).is_some_and(|flight| flight.lives(now))
    }

    /// Whether it has failed and is left to the next command or alarm.
    pub(super) fn failed(&self, errand: &Errand<F>) -> bool {
        self.in_vain.contains(errand)
    }

    /// Whether a loop may do it now.
    pub(super) fn may_start(&self, errand: &Errand<F>, now: Millis) -> bool {
        !self.has(errand, now) && !self.failed(errand)
    }

    /// An answer has come. Tells whether it is the one to what is under way.
    pub(super) fn land(&mut self, errand: &Errand<F>, mark: u32) -> bool {
        let is_of_it = self.under_way.get(errand).is_some_and(|flight| flight.mark == mark);
        if is_of_it {
            self.under_way.remove(errand);
        }
        is_of_it
    }

    /// It came to nothing.
    pub(super) fn fail(&mut self, errand: Errand<F>, mark: u32) {
        self.land(&errand, mark);
        self.in_vain.insert(errand);
    }

    /// Work that has failed may be tried again.
    pub(super) fn try_again(&mut self) {
        self.in_vain.clear();
    }

    /// Whether nothing is under way, and nothing has failed.
    pub(super) fn is_calm(&self, now: Millis) -> bool {
        self.in_vain.is_empty() && !self.under_way.values().any(|flight| flight.lives(now))
    }

    /// Whether something but the end is under way.
    pub(super) fn has_others_than_end(&self, now: Millis) -> bool {
        self.under_way.iter().any(|(errand, flight)| !matches!(errand, Errand::End) && flight.lives(now))
    }
}

impl Flight {
    /// A clock that was put back makes nobody wait for long.
    fn lives(self, now: Millis) -> bool {
        now.checked_sub(self.since).is_some_and(|since| since < LOST_AFTER_MS)
    }
}
