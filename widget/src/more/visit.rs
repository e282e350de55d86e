//! The visitor's threads: the list of them, opening one, and reading marks.

use super::identity::is_of_identity;
use crate::io::http::{self, Trouble};
use crate::io::{task, wire};
use crate::model::threads::List;
use crate::panel::{Panel, Screen};
use shared::client::{Side, Transcript};
use shared::ids::ConversationId;
use shared::protocol::{Thread, Threads};

impl Panel {
    /// Asks for the threads of a visitor who has been here before, and keeps the current one up to date.
    pub(super) fn visit(self) {
        let Some(token) = self.token.borrow().clone() else { return self.listed.set(true) };
        let door = self.door(&["/conversations"]);
        task::go(async move {
            match http::get(&door, Some(&token)).await {
                Ok(json) => {
                    if let Some(Threads { threads }) = wire::threads(&json) {
                        self.took_list(threads);
                    }
                }
                Err(Trouble::Refused(error)) if is_of_identity(&error) => self.sign_in_again(&error),
                Err(_) => {}
            }
            self.watch_others();
        });
    }

    fn took_list(self, threads: Vec<Thread>) {
        let mut list = List::new(threads);
        self.log.peek(|log| {
            if let Some(log) = log {
                list.follow(log);
            }
        });
        self.list.set(list);
        self.listed.set(true);
        self.search();
        self.follow_what_matters();
    }

    /// Brings a thread on the screen.
    pub(super) fn open_thread(self, id: ConversationId) {
        self.turn_to(|| {
            let open_already = self.log.peek(|log| log.as_ref().is_some_and(|log| *log.id() == id));
            if !open_already {
                self.leave();
                self.log.set(Some(Transcript::new(id.clone(), Side::Visitor)));
                self.fetch(id);
            }
            self.log.change(|log| {
                if let Some(log) = log {
                    log.opened();
                }
            });
            self.screen.set(Screen::Thread);
        });
        self.remember_open();
        self.to_composer();
    }

    /// Goes back from the thread or the article.
    pub(super) fn go_back(self) {
        if self.reading.peek(|reading| reading.is_some()) {
            return self.leave_article();
        }
        self.turn_to(|| self.screen.set(Screen::Home));
        self.remember_open();
        self.visit();
        self.to_composer();
    }

    /// A thread is not there any more, or is not this visitor's.
    pub(super) fn lost_thread(self, id: &ConversationId) {
        // A command that is still to be sent may begin the conversation.
        if self.outbox.peek(|outbox| outbox.of(id).next().is_some()) {
            return;
        }
        let is_on_screen = self.thread_on_screen().as_ref() == Some(id);
        self.list.change(|list| list.forget(id));
        self.log.set(None);
        if is_on_screen {
            // The text that is being written goes on from the first screen.
            let text = self.composer.peek(|composer| String::from(composer.text()));
            self.screen.set(Screen::Home);
            self.show_draft();
            self.composer.change(|composer| composer.put_back(&text));
            self.keep_draft_now();
            self.remember_open();
        }
    }

    /// Everything on the screen is read, if somebody sees the screen and the end of the thread is on it.
    pub(super) fn mark_read(self) {
        let seen = self.shown.get() && self.visible.get() && self.at_end.get();
        let on_screen = seen && self.screen.get() == Screen::Thread && self.reading.with(Option::is_none);
        let behind = self.log.with(|log| log.as_ref().is_some_and(Transcript::is_behind));
        if !on_screen || !behind {
            return;
        }
        if let Some(up_to) = self.log.change(|log| log.as_mut().and_then(Transcript::read_all)) {
            self.tell_read(up_to);
        }
    }
}
