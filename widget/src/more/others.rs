//! The visitor's other threads: somebody may write in one that is not followed live.

use crate::io::{clock, place, task};
use crate::panel::{Panel, Screen};
use shared::client::{Side, Transcript};

/// How often the list is looked at while somebody may write in another thread.
const EVERY_MS: u64 = 10_000;

impl Panel {
    /// Looks at the list again after a while, if that can bring anything. A page that nobody sees looks when it is seen again.
    pub(super) fn watch_others(self) {
        let followed = self.connection.borrow().conversation.clone();
        let wanted = place::is_visible() && self.list.peek(|list| list.may_grow(followed.as_ref(), clock::now()));
        self.others_timer.replace(wanted.then(|| task::later(EVERY_MS, move || self.visit())));
    }

    /// While no thread is on the screen, follows the one that has something new, else the current one.
    pub(super) fn follow_what_matters(self) {
        if self.screen.now() == Screen::Thread {
            return;
        }
        let (followed, is_fresh) = self.log.peek(|log| {
            let log = log.as_ref();
            (log.map(|log| log.id().clone()), log.is_some_and(|log| log.unread() > 0))
        });
        let wanted = self.list.peek(|list| match list.fresh() {
            Some(thread) => Some(thread.id.clone()),
            None if followed.is_none() => list.current().cloned(),
            None => None,
        });
        if let Some(wanted) = wanted.filter(|wanted| followed.as_ref() != Some(wanted) && !is_fresh) {
            self.leave();
            self.log.set(Some(Transcript::new(wanted.clone(), Side::Visitor)));
            self.fetch(wanted);
        }
    }
}
