//! Brings what an agent does to the edge: once, in order, over whatever way is open.

use super::Desk;
use crate::io::browser::{self, Shelf};
use crate::io::http::Failure;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::{ConversationId, EventId};
use shared::protocol::{AgentAction, AgentCommand, AgentFrame, ApiError, ErrorCode};

impl Desk {
    /// Does something in a conversation.
    pub(crate) fn act(self, id: &ConversationId, action: AgentAction) {
        let Some(command_id) = browser::new_event_id() else { return };
        let command = AgentCommand { id: command_id, action };
        self.change_outbox(|outbox| outbox.add(id.clone(), command, browser::now()));
        self.deliver(id);
    }

    /// Sends again what had stopped for want of a connection.
    pub(crate) fn revive(self) {
        self.change_outbox(|outbox| outbox.revive());
        for id in self.outbox.with_untracked(|outbox| outbox.conversations()) {
            self.deliver(&id);
        }
    }

    /// Takes a refused reply back into the composer.
    pub(crate) fn take_back(self, conversation: &ConversationId, id: &EventId) {
        let mut text = None;
        self.change_outbox(|outbox| text = outbox.take_back(id));
        if let Some(text) = text {
            self.change_drafts(|drafts| {
                drafts.insert(conversation, None, &text);
            });
        }
    }

    /// Sends everything that is due in a conversation. Sending a command twice does it once, so nothing is remembered of
    /// what a lost socket may have carried.
    pub(super) fn deliver(self, id: &ConversationId) {
        let due = self.outbox.with_untracked(|outbox| outbox.due(id));
        let is_open = self.place.with_untracked(|place| place.open.as_ref() == Some(id));
        if is_open && due.iter().all(|command| self.send(&AgentFrame::Do(command.clone()))) {
            return;
        }
        self.post(id);
    }

    /// The edge has these commands, or knows them from before.
    pub(super) fn settle(self, ids: &[EventId]) {
        if self.outbox.with_untracked(|outbox| ids.iter().any(|id| outbox.has(id))) {
            self.change_outbox(|outbox| ids.iter().for_each(|id| outbox.settle(id)));
        }
    }

    /// The edge refused a command.
    pub(super) fn refused(self, id: &EventId, error: &ApiError) {
        if error.code == ErrorCode::NotSignedIn {
            return self.expired.set(true);
        }
        if self.outbox.with_untracked(|outbox| outbox.has(id)) {
            self.change_outbox(|outbox| outbox.refuse(id, error.code));
            self.notice.set(String::from(words::of_error(error.code)));
        }
    }

    /// What a failure means for the desk as a whole.
    pub(super) fn failed(self, failure: &Failure) {
        if failure.is_signed_out() {
            self.expired.set(true);
        }
    }

    /// Posts what is due, one after the other: two posts at once could change places.
    fn post(self, id: &ConversationId) {
        let is_first = self.posting.try_update_value(|posting| posting.insert(id.clone())).unwrap_or(false);
        if !is_first {
            return;
        }
        let id = id.clone();
        spawn_local(async move {
            while let Some(command) = self.outbox.with_untracked(|outbox| outbox.due(&id).into_iter().next()) {
                self.post_one(&id, command).await;
            }
            self.posting.update_value(|posting| {
                posting.remove(&id);
            });
        });
    }

    async fn post_one(self, id: &ConversationId, command: AgentCommand) {
        let command_id = command.id.clone();
        let have = self.threads.with_untracked(|threads| threads.get(id).map_or(0, |thread| thread.have()));
        let doors = self.doors.get_value();
        match doors.command(id, have, command).await {
            Ok(events) => {
                self.settle(&[command_id]);
                self.take_events(id, events);
            }
            Err(Failure::Refused(error)) if error.code == ErrorCode::NotSignedIn => {
                self.change_outbox(|outbox| outbox.stop(id));
                self.expired.set(true);
            }
            // The edge's own trouble and a full queue pass; what it refuses for good does not.
            Err(Failure::Refused(error)) if !matches!(error.code, ErrorCode::Internal | ErrorCode::TooMany) => {
                self.refused(&command_id, &error);
            }
            Err(_) => self.change_outbox(|outbox| outbox.stop(id)),
        }
    }

    fn change_outbox(self, change: impl FnOnce(&mut crate::model::outbox::Outbox)) {
        self.outbox.update(change);
        let json = self.outbox.with_untracked(|outbox| outbox.to_json());
        self.names.with_value(|names| browser::keep(Shelf::Tab, &names.outbox, &json));
    }

    /// Changes the drafts and keeps them.
    pub(crate) fn change_drafts(self, change: impl FnOnce(&mut crate::model::drafts::Drafts)) {
        self.drafts.update(change);
        let json = self.drafts.with_untracked(|drafts| drafts.to_json());
        self.names.with_value(|names| browser::keep(Shelf::Tab, &names.drafts, &json));
    }
}
