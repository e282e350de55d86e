//! Delivering what the visitor did: kept in the browser before anything else, removed only when the edge has it.

use super::identity::is_of_identity;
use crate::io::http::{self, Trouble};
use crate::io::{clock, random, storage, task, wire, written};
use crate::panel::{Panel, Screen};
use shared::client::{Command, Pending, Side, Taken, Transcript, Verdict, Way, tell_read_again};
use shared::ids::{ConversationId, EventId, VisitorToken};
use shared::protocol::{ApiError, Events, VisitorAction, VisitorCommand};

impl Panel {
    /// Keeps, shows and sends something that the visitor did. False if the browser cannot make an id for it.
    pub(super) fn commit(self, conversation: ConversationId, action: VisitorAction) -> bool {
        let Some(id) = random::event_id() else { return false };
        let at = self.outbox.peek(|outbox| outbox.stamp(clock::now()));
        let pending = Pending::new(conversation.clone(), at, VisitorCommand { id, action });
        storage::set(&self.kept_as(&pending.command.id), &written::pending(&pending));
        self.outbox.change(|outbox| outbox.add(pending));
        if self.screen.now() != Screen::Thread {
            self.log.set(Some(Transcript::new(conversation, Side::Visitor)));
            self.screen.set(Screen::Thread);
        }
        self.remember_open();
        self.flush();
        true
    }

    /// Sends what is due, over the socket of its conversation if that is live, else by requests.
    pub(super) fn flush(self) {
        while self.outbox.peek(|outbox| outbox.is_due(clock::now())) {
            let Some(token) = self.token_or_new() else { return };
            let live = {
                let connection = self.connection.borrow();
                connection.conversation.clone().filter(|_| connection.link.is_live())
            };
            match self.outbox.change(|outbox| outbox.next(live.as_ref(), clock::now())) {
                Some((Way::Socket, pending)) => self.carry(pending.command),
                Some((Way::Request, pending)) => task::go(self.post(token, pending)),
                None => return,
            }
        }
        let wait = self.outbox.peek(|outbox| outbox.deadline()).map(|at| at.saturating_sub(clock::now()));
        self.retry_timer.replace(wait.map(|wait| task::later(wait, move || self.flush())));
    }

    /// The edge may be within reach again: what could not reach it goes now.
    pub(super) fn hurry(self) {
        if !self.outbox.peek(|outbox| outbox.pending().is_empty()) {
            self.outbox.change(|outbox| outbox.reached());
            self.flush();
        }
    }

    async fn post(self, token: VisitorToken, pending: Pending<VisitorCommand>) {
        let Pending { conversation, command, .. } = pending;
        let id = command.id.clone();
        let have =
            self.log.peek(|log| log.as_ref().filter(|log| *log.id() == conversation).map_or(0, Transcript::have));
        let door = self.door(&["/conversations/", conversation.as_str(), "/commands"]);
        let answer = http::post(&door, Some(&token), written::request(have, &command)).await;
        match answer.and_then(|json| wire::events(&json).ok_or(Trouble::Away)) {
            Ok(events) => {
                self.offline.set(false);
                self.take(&conversation, events);
                self.accepted(&id);
                self.follow_open(&conversation);
            }
            Err(Trouble::Refused(error)) => {
                self.offline.set(false);
                if is_of_identity(&error) {
                    self.sign_in_again(&error);
                }
                self.refused(&id, error);
            }
            Err(Trouble::Away) => {
                self.outbox.change(|outbox| outbox.unreached(&id, clock::now(), random::number()));
                self.offline.set(true);
                self.flush();
            }
        }
    }

    /// Takes events of a conversation, from wherever they came.
    pub(super) fn take(self, conversation: &ConversationId, events: Events) {
        if !events.events.is_empty() && self.typing.peek(Option::is_some) {
            self.typing.set(None);
        }
        for id in self.outbox.peek(|outbox| outbox.confirmed_by(&events.events)) {
            self.forget(&id);
        }
        let mut news = Vec::new();
        let taken = self.log.change(|log| match log {
            Some(log) if log.id() == conversation => {
                let first = log.have() == 0;
                let have = log.have();
                // What was there before the panel is no news.
                if !first {
                    news = events.events.iter().filter(|event| event.seq > have).cloned().collect();
                }
                let taken = log.take(events);
                if first {
                    log.opened();
                }
                taken
            }
            _ => Taken::Whole,
        });
        self.tell_events(&news);
        self.log.peek(|log| {
            if let Some(log) = log.as_ref().filter(|log| log.id() == conversation) {
                self.list.change(|list| list.follow(log));
            }
        });
        if taken == Taken::Gap {
            self.fetch(conversation.clone());
        }
    }

    /// The edge has it.
    pub(super) fn accepted(self, id: &EventId) {
        self.forget(id);
        self.hurry();
    }

    /// The edge refuses it, for now or for good.
    pub(super) fn refused(self, id: &EventId, error: ApiError) {
        let read_again = tell_read_again(&error);
        match self.outbox.change(|outbox| outbox.refused(id, error, clock::now(), random::number())) {
            Some(Verdict::Dropped) => storage::remove(&self.kept_as(id)),
            Some(Verdict::Later | Verdict::Kept) => {}
            // It is of a read mark, which is kept nowhere.
            None => {
                if let Some(wait) = read_again {
                    task::later(wait, move || self.report_again()).forget();
                }
            }
        }
        self.flush();
    }

    /// The visitor wants it tried again.
    pub(super) fn try_again(self, id: &EventId) {
        self.outbox.change(|outbox| outbox.retry(id));
        self.flush();
    }

    /// The visitor takes a message back that could not be sent: its text returns to the composer.
    pub(super) fn take_back(self, id: &EventId) {
        let Some(pending) = self.forget(id) else { return };
        if let Some(text) = pending.command.words() {
            self.composer.change(|composer| composer.put_back(text));
            let text = self.composer.peek(|composer| String::from(composer.text()));
            self.typed(text);
            self.to_composer();
        }
    }

    fn forget(self, id: &EventId) -> Option<Pending<VisitorCommand>> {
        if !self.outbox.peek(|outbox| outbox.has(id)) {
            return None;
        }
        storage::remove(&self.kept_as(id));
        self.outbox.change(|outbox| outbox.forget(id))
    }

    /// Sends over the socket.
    fn carry(self, command: VisitorCommand) {
        self.send_text(&written::frame(&command));
        self.check();
    }

    fn kept_as(self, id: &EventId) -> String {
        self.key(&["out:", id.as_str()].concat())
    }

    /// The visitor's secret; it is made when there is first something to send.
    fn token_or_new(self) -> Option<VisitorToken> {
        if let Some(token) = self.token.borrow().clone() {
            return Some(token);
        }
        // Another tab may have made it since this one started.
        let token = self.kept_token().or_else(random::token)?;
        storage::set(&self.key("token"), token.as_str());
        self.forgetful.set(self.kept_token().is_none());
        self.token.replace(Some(token.clone()));
        Some(token)
    }
}
