//! Forgetting: the host page says that the visitor is gone, as at a log-out on a shared computer.

use super::Panel;
use crate::io::{host, place, storage};

impl Panel {
    /// Forgets all of the visitor that this browser keeps for the workspace, or only where they were. The screen and what is on
    /// its way go with the page itself.
    pub(super) fn forget_visitor(self, all: bool) {
        // Without a person, the names of all persons begin like this.
        self.place.borrow_mut().person.clear();
        if all {
            storage::remove_all(&self.key(""));
        } else {
            storage::set_for_tab(&self.key("open"), None);
        }
        if let Some(host) = self.host() {
            host::tell(&host, "forgotten");
        }
        if self.identified.get() {
            self.start_over();
        }
    }

    /// Goes, and comes anew. The loader waits for that as for the first time, since an empty frame is nothing to look at.
    pub(crate) fn start_over(self) {
        self.leaving.set(true);
        if let Some(host) = self.host() {
            host::tell(&host, "again");
        }
        place::start_over();
    }
}
