//! Delivering what the visitor did: kept in the browser before anything else, removed only when the edge has it.

use super::{Panel, Screen};
use crate::io::http::{self, Trouble};
use crate::io::{clock, json, random, storage, task, wire};
use crate::model::log::{Log, Taken};
use crate::model::outbox::Entry;
use shared::ids::{ConversationId, EventId, VisitorToken};
use shared::protocol::{CommandRequest, Events, Millis, VisitorAction, VisitorCommand, VisitorFrame};

/// How long the edge's own trouble is given to pass: a restart takes about as long.
const PASSES_MS: Millis = 2_000;

impl Panel {
    /// Keeps, shows and sends something that the visitor did. False if the browser cannot make an id for it.
    pub(super) fn commit(self, conversation: ConversationId, action: VisitorAction) -> bool {
        let Some(id) = random::event_id() else { return false };
        let at = self.outbox.peek(|outbox| outbox.stamp(clock::now()));
        let entry = Entry { conversation: conversation.clone(), at, command: VisitorCommand { id, action } };
        storage::set(&self.kept_as(&entry.command.id), &json::written(&entry));
        self.outbox.change(|outbox| outbox.add(entry));
        if self.screen.now() == Screen::Home {
            self.log.set(Some(Log::new(conversation)));
            self.screen.set(Screen::Thread);
        }
        self.remember_open();
        self.flush();
        true
    }

    /// Sends what waits, if nothing is on its way: over the socket if it is live, else by a request.
    pub(super) fn flush(self) {
        if !self.outbox.peek(|outbox| outbox.is_stuck() && !outbox.is_held(clock::now())) {
            return;
        }
        let Some(token) = self.token_or_new() else { return };
        let Some(entry) = self.outbox.change(|outbox| outbox.send_next()) else { return };
        if !self.carry(&entry) {
            task::go(self.post(token, entry));
        }
    }

    async fn post(self, token: VisitorToken, entry: Entry) {
        let Entry { conversation, command, .. } = entry;
        let id = command.id.clone();
        let have = self.log.peek(|log| log.as_ref().filter(|log| *log.id() == conversation).map_or(0, Log::have));
        let door = self.door(&["/conversations/", conversation.as_str(), "/commands"]);
        let answer = http::post(&door, Some(&token), &CommandRequest { have, command }).await;
        match answer.and_then(|json| wire::events(&json).ok_or(Trouble::Away)) {
            Ok(events) => {
                self.retry.borrow_mut().backoff.succeeded();
                self.offline.set(false);
                self.take(&conversation, events);
                self.accepted(&id);
                self.follow_open(&conversation);
            }
            Err(Trouble::Refused(error)) => {
                self.offline.set(false);
                self.refused(Some(id), error);
            }
            Err(Trouble::TooMany(wait)) => self.hold(wait),
            Err(Trouble::Away) => {
                self.outbox.change(|outbox| outbox.lost());
                self.offline.set(true);
                self.retry_later();
            }
        }
    }

    /// The edge has no time for what waits: it is sent when the edge has said, not sooner, and not by all panels at once.
    fn hold(self, wait: Millis) {
        let wait = wait + wait * Millis::from(random::number() % 100) / 400;
        self.outbox.change(|outbox| outbox.hold(clock::now() + wait));
        self.retry.borrow_mut().timer = Some(task::later(wait, move || self.flush()));
    }

    fn retry_later(self) {
        let mut retry = self.retry.borrow_mut();
        let wait = retry.backoff.failed(random::number());
        retry.timer = Some(task::later(wait, move || self.flush()));
    }

    /// Takes events of a conversation, from wherever they came.
    pub(super) fn take(self, conversation: &ConversationId, events: Events) {
        for id in self.outbox.peek(|outbox| outbox.confirmed_by(&events.events)) {
            self.forget(&id);
        }
        let taken = self.log.change(|log| match log {
            Some(log) if log.id() == conversation => {
                let first = log.have() == 0;
                let taken = log.take(events);
                if first {
                    log.opened();
                }
                taken
            }
            _ => Taken::Whole,
        });
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
        self.flush();
    }

    /// The edge refuses it.
    pub(super) fn refused(self, id: Option<EventId>, error: shared::protocol::ApiError) {
        if error.passes() {
            return self.hold(error.retry_after_ms.unwrap_or(PASSES_MS));
        }
        if let Some(id) = self.outbox.change(|outbox| outbox.refused(id, error)) {
            storage::remove(&self.kept_as(&id));
        }
        self.flush();
    }

    /// The visitor wants it tried again.
    pub(crate) fn try_again(self, id: &EventId) {
        self.outbox.change(|outbox| outbox.retry(id));
        self.flush();
    }

    /// The visitor takes a message back that could not be sent: its text returns to the composer.
    pub(crate) fn take_back(self, id: &EventId) {
        let Some(entry) = self.forget(id) else { return };
        if let VisitorAction::Say { text, .. } = &entry.command.action {
            self.composer.change(|composer| composer.put_back(text));
            let text = self.composer.peek(|composer| String::from(composer.text()));
            self.typed(text);
            self.to_composer();
        }
    }

    fn forget(self, id: &EventId) -> Option<Entry> {
        let entry = self.outbox.change(|outbox| outbox.forget(id));
        if entry.is_some() {
            storage::remove(&self.kept_as(id));
        }
        entry
    }

    /// Sends over the socket, if it is live and belongs to the same conversation.
    fn carry(self, entry: &Entry) -> bool {
        let mut line = self.line.borrow_mut();
        if !line.link.is_live() || line.conversation.as_ref() != Some(&entry.conversation) {
            return false;
        }
        let Some(socket) = &line.socket else { return false };
        socket.send(&json::written(&VisitorFrame::Do(entry.command.clone())));
        line.carrying = Some(entry.command.id.clone());
        drop(line);
        self.check();
        true
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
        self.token.replace(Some(token.clone()));
        Some(token)
    }

    /// The secret of this browser, if it has one. Nothing is kept under this name for whom the site has signed an identity.
    pub(super) fn kept_token(self) -> Option<VisitorToken> {
        VisitorToken::parse(&storage::get(&self.key("token"))?).ok()
    }
}
