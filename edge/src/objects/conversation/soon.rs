//! Telling the lists of what came over a socket: what changes nobody's turn may wait for a while.

use super::Conversation;
use super::after::Lists;
use crate::failure::Failure;
use crate::platform::now;
use shared::conversation::{Store, Target};

impl Conversation {
    /// Does all that is owed, or leaves it for a while. The lines of a list may show the last words but one for so long; the
    /// panel and the agents who have the conversation open do not see it by the lists.
    pub(super) async fn settle_soon(&self) {
        if self.due().is_ok_and(|due| due.is_empty()) {
            return;
        }
        self.settle_or_log(Lists::Due).await;
    }

    /// The same when the alarm has rung, which rings again as long as something waits. When nobody talks any more, no list
    /// waits for more.
    pub(super) async fn settle_in_time(&self) {
        let owes = self.log.owed().is_ok_and(|owed| owed.is_some());
        if self.is_quiet() {
            self.settle_or_log(Lists::All).await;
        } else if owes || self.due().map_or(true, |due| !due.is_empty()) {
            self.settle_or_log(Lists::Due).await;
        } else {
            // Nothing has failed.
            self.machine.borrow_mut().settled();
        }
    }

    /// Whether the inbox has everything, so that nobody has talked since it was told, and another list has not.
    fn is_quiet(&self) -> bool {
        let quiet = |untold: Vec<(Target, u32)>| {
            !untold.is_empty() && untold.iter().all(|(target, _)| *target != Target::Inbox)
        };
        self.log.untold().is_ok_and(quiet)
    }

    /// Whoever has slept remembers what the lists know. If that cannot be found out, they are told at once.
    pub(super) fn recall_told(&self) {
        if let Err(failure) = self.machine.borrow_mut().recall_told(&self.log, now()) {
            failure.log();
        }
    }

    /// The lists that may not wait.
    pub(super) fn due(&self) -> Result<Vec<Target>, Failure> {
        let visitor_looks = self.listeners.has_visitors(&self.state);
        self.machine.borrow_mut().due(&self.log, visitor_looks, now())
    }
}
