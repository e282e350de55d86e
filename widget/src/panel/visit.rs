//! The visitor's threads: the list of them, opening one, and reading marks.

use super::{Panel, Screen};
use crate::io::{http, task, wire};
use crate::model::threads::List;
use shared::client::{Side, Transcript};
use shared::ids::ConversationId;
use shared::protocol::Threads;

impl Panel {
    /// Asks for the threads of a visitor who has been here before, and keeps the current one up to date.
    pub(super) fn visit(self) {
        let Some(token) = self.token.borrow().clone() else { return };
        let door = self.door(&["/conversations"]);
        task::go(async move {
            let Ok(json) = http::get(&door, Some(&token)).await else { return };
            let Some(Threads { threads }) = wire::threads(&json) else { return };
            self.list.set(List::new(threads));
            self.log.peek(|log| {
                if let Some(log) = log {
                    self.list.change(|list| list.follow(log));
                }
            });
            if self.log.peek(Option::is_none) {
                self.follow_current();
            }
        });
    }

    fn follow_current(self) {
        if let Some(current) = self.list.peek(|list| list.current().cloned()) {
            self.log.set(Some(Transcript::new(current.clone(), Side::Visitor)));
            self.fetch(current);
        }
    }

    /// Brings a thread on the screen.
    pub(crate) fn open_thread(self, id: ConversationId) {
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
        self.remember_open();
        self.to_composer();
    }

    /// Goes back from the thread or the article.
    pub(crate) fn back(self) {
        if self.reading.peek(|reading| reading.is_some()) {
            return self.close_article();
        }
        self.screen.set(Screen::Home);
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
        self.list.change(|list| list.forget(id));
        self.log.set(None);
        self.screen.set(Screen::Home);
        self.remember_open();
    }

    /// Everything on the screen is read.
    pub(super) fn mark_read(self) {
        let on_screen = self.shown.get() && self.screen.get() == Screen::Thread && self.reading.with(Option::is_none);
        let behind = self.log.with(|log| log.as_ref().is_some_and(Transcript::is_behind));
        if !on_screen || !behind {
            return;
        }
        if let Some(up_to) = self.log.change(|log| log.as_mut().and_then(Transcript::read_all)) {
            self.tell_read(up_to);
        }
    }
}
