//! Telling the lists of what came over a socket: at once when something in them would change colour, and otherwise not for
//! each of several messages in a row. Two objects are called for every telling, and both write; a message is one row.

use super::super::sockets::VISITORS;
use super::Conversation;
use crate::failure::Failure;
use crate::platform::now;
use shared::conversation::{Standing, State, Store};
use shared::protocol::Millis;

/// For so long. Who looks at a list sees who waits and since when at once; the last line of a busy conversation can follow.
/// Shorter than the ten seconds after which an object with nothing to do is put to sleep: it need not be woken for this.
const LISTS_LAG_MS: Millis = 8_000;

/// What was told last, as far as somebody must see it at once.
#[derive(Debug)]
pub(super) struct Told {
    at: Millis,
    standing: Standing,
}

impl Told {
    /// What is told now.
    fn of(state: &State) -> Self {
        Self { at: now(), standing: state.standing() }
    }
}

impl Conversation {
    /// Does all that is owed, or leaves it for a while. The lines of a list may show the last words but one for so long; the
    /// panel and the agents who have the conversation open do not see it by the lists.
    pub(super) async fn settle_soon(&self) {
        if !self.may_wait() {
            self.settle_or_log().await;
        }
    }

    /// The same when the alarm has rung, which rings again as long as something waits.
    pub(super) async fn settle_in_time(&self) {
        let owes = self.log.owed().is_ok_and(|owed| owed.is_some());
        if owes || !self.may_wait() {
            self.settle_or_log().await;
        } else {
            // Nothing has failed.
            self.machine.borrow_mut().settled();
        }
    }

    /// The lists are told of everything up to now, or just being told.
    pub(super) fn note_told(&self) -> Result<(), Failure> {
        let mut machine = self.machine.borrow_mut();
        let told = Told::of(machine.state(&self.log)?);
        machine.lists_may_wait(told.at + LISTS_LAG_MS);
        self.told.replace(Some(told));
        Ok(())
    }

    /// What was told did not arrive: it is told again soon.
    pub(super) fn forget_told(&self) {
        self.machine.borrow_mut().lists_may_wait(0);
        self.told.replace(None);
    }

    /// Whoever has slept and owes the lists nothing has told them everything. If that cannot be found out, they are told at
    /// once.
    pub(super) fn recall_told(&self) {
        if self.told.borrow().is_some() {
            return;
        }
        let recalled = self.log.meta().and_then(|meta| match meta {
            Some(_) if self.log.untold()?.is_empty() => self.note_told(),
            _ => Ok(()),
        });
        if let Err(failure) = recalled {
            failure.log();
        }
    }

    fn may_wait(&self) -> bool {
        let told = self.told.borrow();
        let Some(told) = told.as_ref() else { return false };
        let mut machine = self.machine.borrow_mut();
        let Ok(state) = machine.state(&self.log) else { return false };
        // None if the clock was put back.
        let lately = now().checked_sub(told.at).is_some_and(|since| since < LISTS_LAG_MS);
        // While the assistant may speak, there may be something for it to look at.
        let is_calm = told.standing == state.standing() && !state.assistant_may_speak();
        // A visitor who is not connected counts what is unread by the list.
        lately && is_calm && !self.state.get_websockets_with_tag(VISITORS).is_empty()
    }
}
