//! The visitor's identity: a person for whom the site has signed one, or the anonymous user of this browser.
//!
//! An identity is used in the place of the browser's secret and never kept. Keys of stored drafts and messages contain the
//! person, so that nobody else sees or sends them.

use super::Panel;
use crate::io::json::Json;
use crate::io::{place, storage};
use crate::model::claims::claims;
use shared::ids::VisitorToken;

impl Panel {
    /// The host page says who the visitor is: at first, and then with each of its pages.
    pub(super) fn identify(self, identity: Option<VisitorToken>, person: &str) {
        // No name of anything that is kept for the browser itself begins like this.
        let person = if identity.is_some() { ["@", person, ":"].concat() } else { String::new() };
        if !self.identified.replace(true) {
            self.place.borrow_mut().person = person;
            self.trust(identity);
            self.go_on();
        } else if self.place.borrow().person != person {
            self.make_room();
        } else if identity.is_some() && *self.token.borrow() != identity {
            // The same person with a new token: the old one may have expired.
            self.trust(identity);
            self.visit();
            self.hurry();
        }
    }

    /// From now on this token says who the visitor is, and which products they use.
    fn trust(self, identity: Option<VisitorToken>) {
        let said = identity.as_ref().and_then(claims).and_then(|said| Json::parse(&said));
        let products = said.and_then(|said| said.get("products").list(Json::text));
        self.products.replace(products.unwrap_or_default());
        self.token.replace(identity);
    }

    /// Somebody else is here, who may be a stranger at a shared computer. All that is shown, open or on its way is dropped with
    /// the page itself, and a person who has signed out leaves nothing behind.
    fn make_room(self) {
        if !self.place.borrow().person.is_empty() {
            storage::remove_all(&self.key(""));
        }
        place::start_over();
    }
}
