//! The visitor's identity: a person for whom the site has signed one, or the anonymous user of this browser.
//!
//! An identity is used in the place of the browser's secret and never kept. Keys of stored drafts and messages contain a digest
//! of the person's name, so that nobody else sees or sends them.

use super::Panel;
use crate::io::json::Json;
use crate::io::{digest, storage, task};
use crate::model::claims::claims;
use shared::ids::VisitorToken;

impl Panel {
    /// The host page says who the visitor is: at first, and then with each of its pages.
    pub(super) fn identify(self, identity: Option<VisitorToken>) {
        let who = identity.as_ref().map(subject);
        if !self.identified.replace(true) {
            self.who.replace(who.clone());
            self.trust(identity);
            let Some(who) = who else { return self.go_on() };
            // No name of anything that is kept for the browser itself begins like this.
            self.place.borrow_mut().person = String::from("@:");
            task::go(async move {
                let name = digest::of(&who).await.unwrap_or(who);
                self.place.borrow_mut().person = ["@", &name, ":"].concat();
                self.go_on();
            });
        } else if *self.who.borrow() != who {
            self.make_room();
        } else if identity.is_some() && *self.token.borrow() != identity {
            // The same person with a new token: the old one may have expired.
            self.trust(identity);
            self.then(move |more| (more.renewed)(self));
        }
    }

    /// From now on this token says who the visitor is, which products they use, and whether there is more for them to read.
    fn trust(self, identity: Option<VisitorToken>) {
        let said = identity.as_ref().and_then(claims).and_then(|said| Json::parse(&said));
        let products = said.as_ref().and_then(|said| said.get("products").list(Json::text));
        self.products.replace(products.unwrap_or_default());
        let reads_more = said.is_some_and(|said| said.get("audience").maybe(Json::text) != Some(None));
        self.reader.replace(identity.clone().filter(|_| reads_more));
        self.token.replace(identity);
        if reads_more {
            self.boot_as_reader();
        }
    }

    /// Somebody else is here, who may be a stranger at a shared computer. All that is shown, open or on its way is dropped with
    /// the page itself, and a person who has signed out leaves nothing behind.
    fn make_room(self) {
        if !self.place.borrow().person.is_empty() {
            storage::remove_all(&self.key(""));
        }
        self.start_over();
    }
}

/// The site's name for its user, as the token says it: some sites count their users.
fn subject(token: &VisitorToken) -> String {
    let said = claims(token).and_then(|said| Json::parse(&said)).map(|said| said.get("sub"));
    said.and_then(|said| said.text().or_else(|| Some(said.number()?.to_string()))).unwrap_or_default()
}
