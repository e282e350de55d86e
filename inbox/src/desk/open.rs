//! The conversations that were opened: their logs, and what is on its way to them.

mod company;
mod delivery;
mod link;

use super::chrome::Chrome;
use super::conversations::Conversations;
use super::replies::Replies;
use super::session::Session;
use crate::io::socket::Socket;
use crate::model::company::Company;
use crate::words::tag;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use shared::client::{Outbox, Transcript};
use shared::conversation::State;
use shared::ids::ConversationId;
use shared::protocol::{AgentCommand, Millis};
use std::collections::{BTreeMap, BTreeSet};

/// The conversations that were opened. One of them at most is open now, and has a socket.
#[derive(Clone, Copy)]
pub(crate) struct OpenConversations {
    /// What is on its way to the edge.
    pub(crate) outbox: RwSignal<Outbox<AgentCommand>>,
    /// Conversations that the edge does not know, as from an old link.
    pub(crate) gone: RwSignal<BTreeSet<ConversationId>>,
    /// Who else is at the open conversation.
    pub(crate) company: RwSignal<Company>,
    /// When it was last told that this agent writes.
    told_typing: StoredValue<Millis>,
    /// The logs of the conversations that were opened.
    transcripts: RwSignal<BTreeMap<ConversationId, Transcript>>,
    /// The end of a long log of which the rest is on its way.
    glimpse: RwSignal<Option<Transcript>>,
    /// The open conversation and its socket.
    socket: StoredValue<Option<(ConversationId, Socket)>, LocalStorage>,
    /// The next try to deliver what waits.
    retry_timer: StoredValue<Option<Timeout>, LocalStorage>,
    session: Session,
    chrome: Chrome,
    conversations: Conversations,
    replies: Replies,
}

impl OpenConversations {
    /// No conversation was opened yet; on its way is what this agent had kept.
    pub(super) fn new(session: Session, chrome: Chrome, conversations: Conversations, replies: Replies) -> Self {
        let open = Self {
            transcripts: RwSignal::default(),
            glimpse: RwSignal::default(),
            outbox: RwSignal::default(),
            gone: RwSignal::default(),
            company: RwSignal::default(),
            told_typing: StoredValue::default(),
            socket: StoredValue::new_local(None),
            retry_timer: StoredValue::new_local(None),
            session,
            chrome,
            conversations,
            replies,
        };
        open.outbox.set(open.kept_outbox());
        open
    }

    /// Reads something of the open conversation's transcript; none if nothing is open or nothing has come.
    pub(crate) fn of_open<T>(self, read: impl FnOnce(&ConversationId, &Transcript) -> T) -> Option<T> {
        let id = self.conversations.open_id()?;
        let loaded = |transcript: &&Transcript| transcript.is_loaded();
        self.transcripts.with(|transcripts| transcripts.get(&id).filter(loaded).map(|transcript| read(&id, transcript)))
    }

    /// Reads what is to be drawn of the open conversation: its transcript, or the end of it while the rest is on its way.
    pub(crate) fn of_drawn<T>(self, read: impl Fn(&ConversationId, &Transcript) -> T) -> Option<T> {
        self.of_open(&read).or_else(|| {
            let id = self.conversations.open_id()?;
            self.glimpse.with(|glimpse| glimpse.as_ref().filter(|one| *one.id() == id).map(|one| read(&id, one)))
        })
    }

    /// Reads something of what the open conversation amounts to; none before it has begun or come.
    pub(crate) fn of_state<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.of_open(|_, transcript| Some(transcript.state()).filter(|state| state.is_open()).map(read)).flatten()
    }

    /// The visitor's language, for a title is put into a reply to them.
    pub(super) fn locale(self) -> String {
        let of_visitor = self.of_state(|state| state.context.locale.clone()).filter(|locale| !locale.is_empty());
        of_visitor.unwrap_or_else(|| String::from(tag()))
    }
}
