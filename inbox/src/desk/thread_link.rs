//! Keeps the open conversation live.

use super::Desk;
use crate::io::browser;
use crate::io::http::Failure;
use crate::io::socket::{Happened, Socket};
use crate::model::thread::Joined;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::ConversationId;
use shared::protocol::{AgentAction, AgentCommand, AgentFrame, ConversationFrame, ErrorCode, Events};

impl Desk {
    /// Connects the open conversation to the edge and lets go of the one before.
    pub(super) fn follow_thread(self, id: Option<ConversationId>) {
        self.thread_socket.set_value(None);
        let Some(id) = id else { return };
        let path = self.doors.with_value(|doors| doors.conversation_live(&id));
        let socket = Socket::connect(&path, move |happened| match happened {
            Happened::Opened => {
                self.greet(&id);
                self.deliver(&id);
                self.mark_read();
            }
            Happened::Frame(text) => {
                if let Ok(frame) = serde_json::from_str(&text) {
                    self.take_conversation_frame(&id, frame);
                }
            }
            Happened::Lost { was_open } => {
                let is_loaded =
                    self.threads.with_untracked(|threads| threads.get(&id).is_some_and(|thread| thread.loaded));
                if !was_open || !is_loaded {
                    self.fetch_events(&id);
                }
                self.deliver(&id);
            }
        });
        self.thread_socket.set_value(Some(socket));
    }

    /// Joins events to a conversation's log and asks again where something is missing.
    pub(super) fn take_events(self, id: &ConversationId, events: Events) {
        let ids: Vec<_> = events.events.iter().map(|event| event.id.clone()).collect();
        let mut joined = Joined::Whole;
        self.threads.update(|threads| joined = threads.entry(id.clone()).or_default().take(events));
        self.settle(&ids);
        match joined {
            Joined::Whole => self.mark_read(),
            Joined::Gap => self.greet(id),
        }
    }

    /// Tells the edge that the open conversation is read, if somebody can see it.
    pub(super) fn mark_read(self) {
        if !browser::is_visible() {
            return;
        }
        let Some(id) = self.place.with_untracked(|place| place.open.clone()) else { return };
        let unread = self.threads.with_untracked(|threads| threads.get(&id).and_then(|thread| thread.unread()));
        let (Some(up_to), Some(command_id)) = (unread, browser::new_event_id()) else { return };
        let command = AgentCommand { id: command_id, action: AgentAction::Read { up_to } };
        // A mark that is lost is sent again with the next event; nothing waits for it.
        if self.send(&AgentFrame::Do(command.clone())) {
            return;
        }
        spawn_local(async move {
            let doors = self.doors.get_value();
            if let Ok(events) = doors.command(&id, up_to, command).await {
                self.threads.update(|threads| {
                    threads.entry(id).or_default().take(events);
                });
            }
        });
    }

    /// Sends a frame on the open conversation's socket; false if it is not open.
    pub(super) fn send(self, frame: &AgentFrame) -> bool {
        let Ok(text) = serde_json::to_string(frame) else { return false };
        self.thread_socket
            .try_with_value(|socket| socket.as_ref().is_some_and(|socket| socket.send(&text)))
            .unwrap_or(false)
    }

    fn greet(self, id: &ConversationId) {
        let have = self.threads.with_untracked(|threads| threads.get(id).map_or(0, |thread| thread.have()));
        self.send(&AgentFrame::Hello { have });
    }

    fn take_conversation_frame(self, id: &ConversationId, frame: ConversationFrame) {
        match frame {
            ConversationFrame::Events(events) => self.take_events(id, events),
            ConversationFrame::Accepted { id } => self.settle(&[id]),
            ConversationFrame::Refused { id: Some(command), error } => self.refused(&command, &error),
            ConversationFrame::Refused { id: None, error } => self.refused_at_all(id, error.code),
        }
    }

    /// The edge refuses the greeting, or a frame that it could not read.
    fn refused_at_all(self, id: &ConversationId, code: ErrorCode) {
        match code {
            ErrorCode::UnknownConversation => self.let_go(id.clone()),
            ErrorCode::NotSignedIn => self.expired.set(true),
            _ => {}
        }
    }

    /// There is no such conversation: trying again would not make one.
    fn let_go(self, id: ConversationId) {
        if self.place.with_untracked(|place| place.open.as_ref() == Some(&id)) {
            self.thread_socket.set_value(None);
        }
        self.gone.update(|gone| {
            gone.insert(id);
        });
    }

    fn fetch_events(self, id: &ConversationId) {
        let id = id.clone();
        let have = self.threads.with_untracked(|threads| threads.get(&id).map_or(0, |thread| thread.have()));
        spawn_local(async move {
            let doors = self.doors.get_value();
            match doors.events(&id, have).await {
                Ok(events) => self.take_events(&id, events),
                Err(Failure::Refused(error)) if error.code == ErrorCode::UnknownConversation => self.let_go(id),
                Err(failure) => self.failed(&failure),
            }
        });
    }
}
