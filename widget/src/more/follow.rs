//! Following a conversation live, over its socket.

use super::identity::is_of_identity;
use crate::io::socket::{Heard, Socket};
use crate::io::{clock, http, json, place, random, task, wire, written};
use crate::panel::Panel;
use shared::client::{Act, HELD_MS, Input, Transcript, is_of_socket};
use shared::ids::ConversationId;
use shared::protocol::{ConversationFrame, ErrorCode, PING, PONG, TYPING_EVERY_MS, VisitorAction, VisitorCommand};

/// Twice as long as agents tell it anew, and a little more.
const TYPES_MS: u64 = 2 * TYPING_EVERY_MS + 1_000;

impl Panel {
    /// Follows this conversation from now on, if it is the one that is open and not followed yet.
    pub(super) fn follow_open(self, conversation: &ConversationId) {
        let open = self.log.peek(|log| log.as_ref().is_some_and(|log| log.id() == conversation));
        let followed = self.connection.borrow().conversation.as_ref() == Some(conversation);
        if open && !followed {
            self.connection.borrow_mut().conversation = Some(conversation.clone());
            self.turn(Input::Follow);
            self.watch_others();
        }
    }

    /// Follows none any more.
    pub(super) fn leave(self) {
        self.connection.borrow_mut().conversation = None;
        self.typing.set(None);
        self.turn(Input::Leave);
    }

    /// Finds out now whether the socket lives, or tries again at once.
    pub(super) fn check(self) {
        self.turn(Input::Check);
    }

    /// Gets what is missing by a request.
    pub(super) fn fetch(self, conversation: ConversationId) {
        let Some(token) = self.token.borrow().clone() else { return };
        let have = self.log.peek(|log| log.as_ref().map_or(0, Transcript::have)).to_string();
        let door = self.door(&["/conversations/", conversation.as_str(), "/events?have=", &have]);
        task::go(async move {
            match http::get(&door, Some(&token)).await {
                Ok(json) => {
                    if let Some(events) = wire::events(&json) {
                        self.take(&conversation, events);
                    }
                }
                Err(http::Trouble::Refused(error)) if !error.passes() => {
                    return self.turned_away(&conversation, &error);
                }
                Err(_) => {
                    self.offline.set(true);
                    // Events that a followed thread lacks come with the next greeting, and the link sees to that.
                    if self.connection.borrow().conversation.as_ref() == Some(&conversation) {
                        self.turn(Input::Follow);
                    }
                }
            }
            self.follow_open(&conversation);
        });
    }

    /// Tells the edge that everything up to a number is read. Only the latest counts, so it is neither kept nor repeated.
    pub(super) fn tell_read(self, up_to: u32) {
        let Some(id) = random::event_id() else { return };
        let command = VisitorCommand { id, action: VisitorAction::Read { up_to } };
        let connection = self.connection.borrow();
        if let (true, Some(socket)) = (connection.link.is_live(), &connection.socket) {
            socket.send(&written::frame(&command));
        } else if let (true, Some(conversation), Some(token)) =
            (connection.link.is_asking(), &connection.conversation, self.token.borrow().clone())
        {
            let door = self.door(&["/conversations/", conversation.as_str(), "/commands"]);
            task::go(async move {
                let _ = http::post(&door, Some(&token), written::request(up_to, &command)).await;
            });
        }
    }

    /// Tells the agents who look that the visitor writes. What they write stays on this device.
    pub(super) fn tell_typing(self) {
        let mut connection = self.connection.borrow_mut();
        let now = clock::now();
        if !connection.link.is_live() || now.abs_diff(connection.told_typing) < TYPING_EVERY_MS {
            return;
        }
        connection.told_typing = now;
        if let Some(socket) = &connection.socket {
            socket.send(written::TYPING);
        }
    }

    /// Holds a request open in the place of a socket.
    fn ask(self) {
        let (Some(conversation), Some(token)) =
            (self.connection.borrow().conversation.clone(), self.token.borrow().clone())
        else {
            return;
        };
        let (have, read) =
            self.log.peek(|log| log.as_ref().map_or_else(Default::default, |log| (log.have(), log.read())));
        let door = self.door(&[
            "/conversations/",
            conversation.as_str(),
            "/events?have=",
            &have.to_string(),
            "&wait=",
            &HELD_MS.to_string(),
            "&read=",
            &read.visitor.to_string(),
            ".",
            &read.agent.to_string(),
        ]);
        task::go(async move {
            let answer = http::held(&door, &token).await;
            let followed = self.connection.borrow().conversation.as_ref() == Some(&conversation);
            match answer {
                Ok(json) => {
                    if let Some(events) = wire::events(&json) {
                        self.take(&conversation, events);
                    }
                    if followed {
                        self.turn(Input::Answered);
                    }
                }
                Err(http::Trouble::Refused(error)) if followed && !error.passes() => {
                    self.turned_away(&conversation, &error);
                }
                Err(_) if followed => self.turn(Input::Unanswered),
                Err(_) => {}
            }
        });
    }

    /// An agent types; they have stopped if nothing is heard of it for a while.
    fn types(self, name: String) {
        self.typing.set(Some(name));
        let stop = task::later(TYPES_MS, move || self.typing.set(None));
        self.typing_timer.replace(Some(stop));
    }

    fn turn(self, input: Input) {
        let acts = self.connection.borrow_mut().link.handle(input, clock::now(), random::number());
        for act in acts {
            self.act(act);
        }
        let mut connection = self.connection.borrow_mut();
        connection.timer = connection.link.deadline().map(|deadline| {
            let wait = deadline.saturating_sub(clock::now());
            task::later(wait, move || self.turn(Input::Time))
        });
        if connection.link.is_down() || connection.link.is_live() || connection.link.is_asking() {
            self.offline.set(connection.link.is_down());
        }
    }

    fn act(self, act: Act) {
        match act {
            Act::Open => self.open_socket(),
            Act::Greet => self.greet(),
            Act::Ping => self.send_text(PING),
            Act::Ask => self.ask(),
            Act::Close => {
                // Dropped outside of the borrow: closing may call back.
                let socket = self.connection.borrow_mut().socket.take();
                drop(socket);
            }
            Act::Live => {
                self.report_again();
                self.hurry();
            }
            Act::Lost => {
                if self.outbox.peek(|outbox| outbox.carried().is_some()) {
                    self.outbox.change(|outbox| outbox.lost());
                    self.flush();
                }
            }
        }
    }

    /// A read mark that was sent may be lost.
    pub(super) fn report_again(self) {
        self.log.change(|log| {
            if let Some(log) = log {
                log.report_again();
            }
        });
    }

    fn open_socket(self) {
        let Some(conversation) = self.connection.borrow().conversation.clone() else { return };
        let path = self.door(&["/conversations/", conversation.as_str(), "/live"]);
        let socket =
            place::socket_address(&path).and_then(|address| Socket::open(&address, move |heard| self.heard(heard)));
        if socket.is_none() {
            // Told later: this is called while the link is turning.
            task::later(0, move || self.turn(Input::Closed)).forget();
        }
        self.connection.borrow_mut().socket = socket;
    }

    fn greet(self) {
        let Some(token) = self.token.borrow().clone() else { return };
        let have = self.log.peek(|log| log.as_ref().map_or(0, Transcript::have));
        self.send_text(&written::hello(&token, have));
    }

    pub(super) fn send_text(self, text: &str) {
        if let Some(socket) = &self.connection.borrow().socket {
            socket.send(text);
        }
    }

    fn heard(self, heard: Heard) {
        match heard {
            Heard::Open => self.turn(Input::Opened),
            Heard::Closed => self.turn(Input::Closed),
            Heard::Text(text) => {
                // The greeting's answer is taken before what waits is sent, so that nothing is sent twice.
                let is_refused = text != PONG && !self.frame(&text);
                self.turn(if is_refused { Input::Closed } else { Input::Heard });
            }
        }
    }

    /// Takes a frame. False if by it the edge has refused the socket.
    fn frame(self, text: &str) -> bool {
        let Some(conversation) = self.connection.borrow().conversation.clone() else { return true };
        match json::Json::parse(text).and_then(|json| wire::frame(&json)) {
            Some(ConversationFrame::Events(events)) => self.take(&conversation, events),
            Some(ConversationFrame::Typing { name }) => self.types(name),
            Some(ConversationFrame::Accepted { id }) => self.accepted(&id),
            Some(ConversationFrame::Refused { id: None, error })
                if error.code == ErrorCode::UnknownConversation || is_of_identity(&error) =>
            {
                self.turned_away(&conversation, &error);
            }
            Some(ConversationFrame::Refused { id: None, error }) if is_of_socket(error.code) => return false,
            Some(ConversationFrame::Refused { id, error }) => {
                if let Some(id) = id.or_else(|| self.outbox.peek(|outbox| outbox.carried().cloned())) {
                    self.refused(&id, error);
                }
            }
            // A newer edge may say what this panel does not know; the next event tells whether anything is missing.
            None => {}
        }
        true
    }
}
