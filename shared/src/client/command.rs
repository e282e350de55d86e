//! What an outbox has to know of a command.

use crate::ids::EventId;
use crate::protocol::{AgentAction, AgentCommand, VisitorAction, VisitorCommand};

/// One thing that a person does in a conversation. The edge does it once, however often it is sent.
pub trait Command: Clone {
    /// Its id, by which the edge knows it again.
    fn id(&self) -> &EventId;

    /// The text in it that a person typed; none if there is none. Typed text is never lost to a refusal.
    fn words(&self) -> Option<&str>;

    /// Whether it stays in the outbox after a refusal that will not pass, until its person lets go of it.
    fn stays(&self) -> bool {
        self.words().is_some()
    }
}

impl Command for VisitorCommand {
    fn id(&self) -> &EventId {
        &self.id
    }

    fn words(&self) -> Option<&str> {
        match &self.action {
            VisitorAction::Say { text, .. } => Some(text),
            VisitorAction::Rate { comment, .. } => Some(comment.as_str()).filter(|comment| !comment.is_empty()),
            VisitorAction::LeaveAddress { address } => Some(address),
            VisitorAction::AskPerson { .. } | VisitorAction::Helped { .. } | VisitorAction::Read { .. } => None,
        }
    }

    /// A visitor who asked for a person waits for one, and has to see that nobody was told.
    fn stays(&self) -> bool {
        self.words().is_some() || matches!(self.action, VisitorAction::AskPerson { .. })
    }
}

impl Command for AgentCommand {
    fn id(&self) -> &EventId {
        &self.id
    }

    fn words(&self) -> Option<&str> {
        match &self.action {
            AgentAction::Reply { text, .. } => Some(text),
            AgentAction::Resolve
            | AgentAction::Reopen
            | AgentAction::Assign { .. }
            | AgentAction::Snooze { .. }
            | AgentAction::Wake
            | AgentAction::Read { .. } => None,
        }
    }
}
