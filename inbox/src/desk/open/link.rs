//! Keeps the open conversation live.

use super::OpenConversations;
use crate::io::browser;
use crate::io::http::Failure;
use crate::io::socket::{Happened, Socket};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::client::{Side, Taken, Transcript, is_of_socket};
use shared::ids::ConversationId;
use shared::protocol::{
    AgentAction, AgentCommand, AgentFrame, ApiError, ConversationFrame, ErrorCode, Events, Glimpse, ReadMarks, Seq,
};

impl OpenConversations {
    /// Connects the open conversation to the edge and lets go of the one before.
    pub(in crate::desk) fn follow(self, id: Option<ConversationId>) {
        let link = self.leave().map(|socket| socket.link()).unwrap_or_default();
        self.forget_company();
        let Some(id) = id else { return };
        let path = self.session.doors.with_value(|doors| doors.conversation_live(&id));
        let of = id.clone();
        let socket = Socket::connect(&path, link, move |socket, happened| match happened {
            Happened::Open => {
                let hello = AgentFrame::Hello { have: self.have(&of), company: true, glimpse: true };
                socket.send(&serde_json::to_string(&hello).unwrap_or_default());
            }
            Happened::Frame(text) => {
                // A newer edge may say what this page does not know; the next event tells whether anything is missing.
                if let Ok(frame) = serde_json::from_str(&text) {
                    self.take_conversation_frame(&of, socket, frame);
                } else if let Ok(frame) = serde_json::from_str(&text) {
                    self.take_company(frame);
                } else {
                    self.take_glimpse(&of, &text);
                }
            }
            Happened::Live => {
                self.report_again(&of);
                self.hurry();
                self.mark_read();
            }
            Happened::Lost => {
                let is_loaded = self
                    .transcripts
                    .with_untracked(|transcripts| transcripts.get(&of).is_some_and(Transcript::is_loaded));
                if !is_loaded && self.is_followed(&of) {
                    self.fetch_events(&of);
                }
                self.lost();
            }
            Happened::Ask => self.ask(&of, socket.clone()),
        });
        self.socket.set_value(Some((id, socket)));
    }

    /// The open conversation is left, and nothing is tried again.
    pub(in crate::desk) fn stop(self) {
        self.leave();
        self.retry_timer.set_value(None);
    }

    /// Asks the socket of the open conversation whether it still lives.
    pub(in crate::desk) fn check(self) {
        if let Some((_, socket)) = self.socket.get_value() {
            socket.check();
        }
    }

    /// The number of the last event of a conversation that is here; 0 for none.
    pub(crate) fn have(self, id: &ConversationId) -> Seq {
        self.transcripts.with_untracked(|transcripts| transcripts.get(id).map_or(0, Transcript::have))
    }

    /// Joins events to a conversation's transcript and asks for what is missing.
    pub(super) fn take_events(self, id: &ConversationId, events: Events) {
        self.confirm(&events.events);
        self.company_wrote(&events.events);
        let taken = self.change_transcript(id, |transcript| transcript.take(events));
        match taken {
            Some(Taken::Gap) => self.fetch_events(id),
            Some(Taken::Whole) | None => self.mark_read(),
        }
    }

    /// Tells the edge that the open conversation is read, if somebody can see it. Only the latest mark counts, so none is
    /// kept: one that may be lost is told again when there is news or the socket is live again.
    pub(in crate::desk) fn mark_read(self) {
        let open =
            self.conversations.place.with_untracked(|place| place.open.clone()).filter(|_| browser::is_visible());
        let Some(id) = open.filter(|id| self.have(id) > 0) else { return };
        let is_behind =
            self.transcripts.with_untracked(|transcripts| transcripts.get(&id).is_some_and(Transcript::is_behind));
        let Some(command_id) = browser::new_event_id().filter(|_| is_behind) else { return };
        let Some(up_to) = self.change_transcript(&id, Transcript::read_all).flatten() else { return };
        let command = AgentCommand { id: command_id, action: AgentAction::Read { up_to }, seen: None };
        let live = self.socket.get_value().filter(|(of, socket)| *of == id && socket.link().is_live());
        if let Some((_, socket)) = live {
            return socket.send(&serde_json::to_string(&AgentFrame::Do(command)).unwrap_or_default());
        }
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            match doors.command(&id, up_to, command).await {
                Ok(events) => drop(self.change_transcript(&id, |transcript| transcript.take(events))),
                Err(_) => self.report_again(&id),
            }
        });
    }

    /// A mark of the open conversation may be lost: it is told again.
    pub(super) fn read_again(self) {
        if let Some(id) = self.conversations.place.with_untracked(|place| place.open.clone()) {
            self.report_again(&id);
            self.mark_read();
        }
    }

    /// Closes the open conversation's socket, and gives what is left of it.
    fn leave(self) -> Option<Socket> {
        let (_, socket) = self.socket.try_update_value(Option::take).flatten()?;
        socket.leave();
        Some(socket)
    }

    /// Holds a request open in the place of the socket.
    fn ask(self, id: &ConversationId, socket: Socket) {
        let id = id.clone();
        let read = self
            .transcripts
            .with_untracked(|transcripts| transcripts.get(&id).map_or_else(ReadMarks::default, Transcript::read));
        let have = self.have(&id);
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let answer = doors.held_events(&id, have, read).await;
            let is_ok = answer.is_ok();
            self.take_answer(&id, answer);
            socket.answered(is_ok);
        });
    }

    /// The end of a long log is shown until all of it is here.
    fn take_glimpse(self, id: &ConversationId, text: &str) {
        let Ok(Glimpse { glimpse }) = serde_json::from_str(text) else { return };
        let is_new = self.transcripts.with_untracked(|all| all.get(id).is_none_or(|known| !known.is_loaded()));
        self.glimpse.set(is_new.then(|| Transcript::glimpse(id.clone(), Side::Agent, glimpse)));
    }

    pub(super) fn fetch_events(self, id: &ConversationId) {
        let id = id.clone();
        let have = self.have(&id);
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let answer = doors.events(&id, have).await;
            self.take_answer(&id, answer);
        });
    }

    fn take_answer(self, id: &ConversationId, answer: Result<Events, Failure>) {
        match answer {
            Ok(events) => self.take_events(id, events),
            Err(Failure::Refused(error)) if error.code == ErrorCode::UnknownConversation => self.let_go(id),
            Err(failure) => self.session.failed(&failure),
        }
    }

    fn take_conversation_frame(self, id: &ConversationId, socket: &Socket, frame: ConversationFrame) {
        match frame {
            ConversationFrame::Events(events) => self.take_events(id, events),
            ConversationFrame::Accepted { id } => self.accepted(&id),
            ConversationFrame::Refused { id: Some(command), error } => self.refused(&command, error),
            ConversationFrame::Refused { id: None, error } => self.refused_at_all(id, socket, error),
            // It is for visitors; agents hear of it as company.
            ConversationFrame::Typing { .. } => {}
        }
    }

    /// The edge refuses the socket, or a frame of which it could not read the id.
    fn refused_at_all(self, id: &ConversationId, socket: &Socket, error: ApiError) {
        match error.code {
            ErrorCode::UnknownConversation => self.let_go(id),
            ErrorCode::NotSignedIn => self.session.expired.set(true),
            code if is_of_socket(code) => socket.refused(),
            _ => {
                if let Some(carried) = self.outbox.with_untracked(|outbox| outbox.carried().cloned()) {
                    self.refused(&carried, error);
                }
            }
        }
    }

    /// There is no such conversation: trying again would not make one.
    fn let_go(self, id: &ConversationId) {
        if self.is_followed(id) {
            self.leave();
        }
        self.gone.update(|gone| {
            gone.insert(id.clone());
        });
    }

    fn is_followed(self, id: &ConversationId) -> bool {
        self.socket.with_value(|followed| followed.as_ref().is_some_and(|(of, _)| of == id))
    }

    fn report_again(self, id: &ConversationId) {
        if self.transcripts.with_untracked(|transcripts| transcripts.contains_key(id)) {
            self.change_transcript(id, Transcript::report_again);
        }
    }

    fn change_transcript<T>(self, id: &ConversationId, change: impl FnOnce(&mut Transcript) -> T) -> Option<T> {
        let begin = || Transcript::new(id.clone(), Side::Agent);
        self.transcripts.try_update(|transcripts| change(transcripts.entry(id.clone()).or_insert_with(begin)))
    }
}
