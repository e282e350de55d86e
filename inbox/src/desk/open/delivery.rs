//! Brings what an agent does to the edge: kept on the device before anything else, removed only when the edge has it.

use super::OpenConversations;
use crate::desk::chrome::Done;
use crate::io::browser::{self, Shelf};
use crate::io::http::Failure;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::client::{Command, Outbox, Pending, Verdict, Way, tell_read_again};
use shared::ids::{ConversationId, EventId};
use shared::protocol::{AgentAction, AgentCommand, AgentFrame, ApiError, ErrorCode, Event, Seq};

impl OpenConversations {
    /// Does something in a conversation.
    pub(crate) fn act(self, id: &ConversationId, action: AgentAction) {
        // Nothing is put out of sight over words that are not here.
        let hides = matches!(action, AgentAction::Resolve | AgentAction::Snooze { .. });
        self.act_on(id, action, hides.then(|| self.have(id)));
    }

    /// Does something unless the conversation was put elsewhere since the last event that is here.
    pub(crate) fn act_unless_changed(self, id: &ConversationId, action: AgentAction) {
        self.act_on(id, action, Some(self.have(id)));
    }

    fn act_on(self, id: &ConversationId, action: AgentAction, seen: Option<Seq>) {
        let Some(command_id) = browser::new_event_id() else { return };
        let at = self.outbox.with_untracked(|outbox| outbox.stamp(browser::now()));
        let pending = Pending::new(id.clone(), at, AgentCommand { id: command_id, action, seen });
        self.keep(&pending);
        self.outbox.update(|outbox| outbox.add(pending));
        self.flush();
    }

    /// The edge may be within reach again: what could not reach it goes now.
    pub(crate) fn hurry(self) {
        if self.outbox.with_untracked(|outbox| !outbox.pending().is_empty()) {
            self.outbox.update(|outbox| outbox.reached());
            self.flush();
        }
    }

    /// Takes a refused reply back into the composer.
    pub(crate) fn take_back(self, conversation: &ConversationId, id: &EventId) {
        let Some(pending) = self.forget(id) else { return };
        if let Some(text) = pending.command.words() {
            self.replies.change(|drafts| {
                drafts.insert(conversation, None, text);
            });
        }
    }

    /// The commands of this agent on this device that the edge may not have yet.
    pub(super) fn kept_outbox(self) -> Outbox<AgentCommand> {
        let mut kept: Vec<Pending<AgentCommand>> = browser::all_kept(Shelf::Device, &self.kept_as(""))
            .iter()
            .filter_map(|json| serde_json::from_str(json).ok())
            .collect();
        // Older builds kept a whole outbox under one name, until the tab was closed.
        let name = self.session.names.with_value(|names| names.outbox_of_tab());
        let of_tab = browser::kept(Shelf::Tab, &name).and_then(|json| serde_json::from_str(&json).ok());
        let of_tab: Vec<Pending<AgentCommand>> = of_tab.unwrap_or_default();
        of_tab.iter().for_each(|pending| self.keep(pending));
        browser::forget(Shelf::Tab, &name);
        kept.extend(of_tab);
        Outbox::restored(kept)
    }

    /// Forgets what is kept of this agent on this device.
    pub(in crate::desk) fn forget_outbox(self) {
        browser::forget_all(Shelf::Device, &self.kept_as(""));
    }

    /// Sends what is due, over the socket of its conversation if that is live, else by requests.
    pub(in crate::desk) fn flush(self) {
        while self.session.is_seated() && self.outbox.with_untracked(|outbox| outbox.is_due(browser::now())) {
            let live = self.socket.get_value().filter(|(_, socket)| socket.link().is_live());
            let conversation = live.as_ref().map(|(id, _)| id);
            let next = self.outbox.try_update(|outbox| outbox.next(conversation, browser::now())).flatten();
            match (next, &live) {
                (Some((Way::Socket, pending)), Some((_, socket))) => {
                    if let Ok(frame) = serde_json::to_string(&AgentFrame::Do(pending.command)) {
                        socket.send(&frame);
                        socket.check();
                    }
                }
                (Some((_, pending)), _) => self.post(pending),
                (None, _) => break,
            }
        }
        let wait = self.outbox.with_untracked(|outbox| outbox.deadline()).map(|at| at.saturating_sub(browser::now()));
        let timer = wait.filter(|_| self.session.is_seated()).map(|wait| browser::later(wait, move || self.flush()));
        self.retry_timer.set_value(timer);
    }

    /// The edge has this command, or knows it from before.
    pub(super) fn accepted(self, id: &EventId) {
        self.forget(id);
        self.hurry();
    }

    /// Somebody has written since. A reply goes back into the composer, beneath what is new; of what would have put the conversation
    /// out of sight it is said that it was not done.
    fn hold_back(self, id: &EventId) {
        let of =
            |outbox: &Outbox<AgentCommand>| outbox.pending().iter().find(|pending| pending.command.id == *id).cloned();
        let Some(Pending { conversation, command, .. }) = self.outbox.with_untracked(of) else { return };
        if let AgentAction::Reply { seen, .. } = command.action {
            self.take_back(&conversation, id);
            self.replies.held.update(|held| {
                held.insert(conversation.clone(), seen.unwrap_or_default());
            });
        } else if matches!(command.action, AgentAction::Assign { .. }) {
            // It followed from beginning to write, and a colleague was quicker.
            self.forget(id);
            self.chrome.done.set(None);
        } else {
            self.forget(id);
            let text = String::from(words::t("error_unseen"));
            self.chrome
                .say_done(text.clone(), Done { text, conversation: conversation.clone(), undo: None, made: None });
        }
        self.fetch_events(&conversation);
        self.flush();
    }

    /// The edge refused a command, for now or for good.
    pub(super) fn refused(self, id: &EventId, error: ApiError) {
        if error.code == ErrorCode::Unseen {
            return self.hold_back(id);
        }
        let (code, read_again) = (error.code, tell_read_again(&error));
        let refuse = |outbox: &mut Outbox<AgentCommand>| outbox.refused(id, error, browser::now(), browser::random());
        let verdict = self.outbox.try_update(refuse).flatten();
        if verdict == Some(Verdict::Dropped) {
            browser::forget(Shelf::Device, &self.kept_as(id.as_str()));
        }
        match verdict {
            Some(Verdict::Dropped | Verdict::Kept) => self.chrome.notice.set(String::from(words::of_error(code))),
            Some(Verdict::Later) => {}
            // It is of a read mark, which is kept nowhere.
            None => {
                if let Some(wait) = read_again {
                    browser::later(wait, move || self.read_again()).forget();
                }
            }
        }
        if code == ErrorCode::NotSignedIn {
            return self.session.expired.set(true);
        }
        self.flush();
    }

    /// Takes out what these events confirm.
    pub(super) fn confirm(self, events: &[Event]) {
        for id in self.outbox.with_untracked(|outbox| outbox.confirmed_by(events)) {
            self.forget(&id);
        }
    }

    /// The socket is lost, and perhaps what it carried.
    pub(super) fn lost(self) {
        if self.outbox.with_untracked(|outbox| outbox.carried().is_some()) {
            self.outbox.update(|outbox| outbox.lost());
        }
        self.flush();
    }

    fn post(self, pending: Pending<AgentCommand>) {
        let Pending { conversation, command, .. } = pending;
        spawn_local(async move {
            let id = command.id.clone();
            let have = self.have(&conversation);
            let doors = self.session.doors.get_value();
            match doors.command(&conversation, have, command).await {
                Ok(events) => {
                    self.take_events(&conversation, events);
                    self.accepted(&id);
                }
                Err(Failure::Refused(error)) => self.refused(&id, error),
                Err(Failure::Offline) => {
                    self.outbox.update(|outbox| outbox.unreached(&id, browser::now(), browser::random()));
                    self.flush();
                }
            }
        });
    }

    fn keep(self, pending: &Pending<AgentCommand>) {
        if let Ok(json) = serde_json::to_string(pending) {
            browser::keep(Shelf::Device, &self.kept_as(pending.command.id.as_str()), &json);
        }
    }

    fn forget(self, id: &EventId) -> Option<Pending<AgentCommand>> {
        if !self.outbox.with_untracked(|outbox| outbox.has(id)) {
            return None;
        }
        browser::forget(Shelf::Device, &self.kept_as(id.as_str()));
        self.outbox.try_update(|outbox| outbox.forget(id)).flatten()
    }

    /// Under what a command is kept: another agent at the same computer has other names, and sends nothing of this one's.
    fn kept_as(self, id: &str) -> String {
        let me = self.session.my_id();
        self.session.names.with_value(|names| names.undelivered(&me, id))
    }
}
