//! What a conversation can be asked.

use crate::names::{AddressName, SessionDigest};
use serde::{Deserialize, Serialize};
use shared::ids::{AgentId, ConversationId, VisitorId, VisitorToken, WorkspaceId};
use shared::protocol::{AgentCommand, Author, ConversationExport, Events, Millis, ReadMarks, Seq, VisitorCommand};

calls! {
    /// Holds one conversation.
    Conversation:
    /// A visitor looks or does something; the first command begins the conversation.
    AsVisitor {
        workspace: WorkspaceId,
        conversation: ConversationId,
        token: VisitorToken,
        keys: Vec<String>,
        address: AddressName,
        look: Look,
        command: Option<VisitorCommand>,
    } -> Events;
    /// An agent, proven by the worker, looks or does something.
    AsAgent { agent: Author, look: Look, command: Option<AgentCommand> } -> Events;
    /// Somebody of its team may have room for it.
    Seek -> Sought;
    /// The agent whom the rules have given it to is gone: if they have not answered, it goes back into its list.
    Vacate { agent: AgentId } -> ();
    /// Whose it is.
    Whose -> VisitorId;
    /// A copy of it, if it is this visitor's.
    Export { visitor: VisitorId } -> Option<ConversationExport>;
    /// Ends it, if it is this visitor's.
    Erase { visitor: VisitorId } -> ();
    /// A session has ended: its sockets are closed.
    EndSession { session: SessionDigest } -> ();
}

/// What the caller has, and how long it would wait for more.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Look {
    /// The last event.
    pub(crate) have: Seq,
    /// The read marks, if the caller wants to be told when they move.
    pub(crate) read: Option<ReadMarks>,
    /// The longest wait; 0 for an answer at once.
    pub(crate) wait_ms: Millis,
}

impl Look {
    pub(crate) fn at_once(have: Seq) -> Self {
        Self { have, read: None, wait_ms: 0 }
    }
}

/// What the search for an agent with room found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sought {
    /// An agent has it now.
    Given,
    /// No agent of the team has room.
    Full,
    /// It does not wait for one: it was taken, or the rules leave it in the list.
    Elsewhere,
}
