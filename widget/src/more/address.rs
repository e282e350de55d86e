//! A way back to a visitor who cannot wait: an address for the team to see.

use crate::io::{focus, storage};
use crate::panel::Panel;
use shared::email::is_address;
use shared::protocol::VisitorAction;

impl Panel {
    /// Whether an address is to be asked for: nobody is there, the site has not said who the visitor is, and they have not declined.
    pub(super) fn wants_address(self) -> bool {
        !self.online.get() && self.who.borrow().is_none() && !self.address_declined.get()
    }

    /// The visitor gives their address. False if it is none.
    pub(super) fn leave_address(self, address: &str) -> bool {
        let address = address.trim();
        let is_one = is_address(address);
        if let (true, Some(conversation)) = (is_one, self.thread_on_screen()) {
            self.commit(conversation, VisitorAction::LeaveAddress { address: String::from(address) });
            focus::soon(focus::COMPOSER);
        }
        is_one
    }

    /// They do not want to, in this browser's session.
    pub(super) fn decline_address(self) {
        storage::set_for_tab(&self.key("no-address"), Some("1"));
        self.address_declined.set(true);
        focus::soon(focus::COMPOSER);
    }

    /// What was declined before, in this tab.
    pub(super) fn remember_declined(self) {
        self.address_declined.set(storage::get_for_tab(&self.key("no-address")).is_some());
    }
}
