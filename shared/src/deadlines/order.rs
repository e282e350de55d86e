//! The order in which people see what waits: the oldest promise first.

use super::watch::Watch;
use crate::protocol::Millis;

/// The place of a conversation in a list; smaller is higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Somebody waits with a promise: by when it is broken, then by how long they wait.
    Promised(Millis, Millis),
    /// Somebody waits without one: by how long.
    Waiting(Millis),
    /// Nobody waits.
    Calm,
    /// It is put away: by when it comes back.
    Snoozed(Millis),
}

impl Watch {
    /// Where it stands.
    pub fn rank(&self) -> Rank {
        match (self.snoozed_until(), self.waiting_since(), self.due()) {
            (Some(until), ..) => Rank::Snoozed(until),
            (None, Some(since), Some(due)) => Rank::Promised(due, since),
            (None, Some(since), None) => Rank::Waiting(since),
            (None, None, _) => Rank::Calm,
        }
    }
}

/// Sorts a list; what is equal keeps its order.
pub fn oldest_promise_first<T>(list: &mut [T], watch: impl Fn(&T) -> &Watch) {
    list.sort_by_key(|item| watch(item).rank());
}
