//! What a visitor's outbox says about a conversation, beside its log.

use super::{Outbox, Progress};
use crate::ids::{ConversationId, EventId};
use crate::protocol::{Survey, VisitorAction, VisitorCommand};

impl Outbox<VisitorCommand> {
    /// The last score for a survey that the edge does not have yet.
    pub fn rated(&self, conversation: &ConversationId, wanted: Survey) -> Option<u8> {
        let scores = self.of(conversation).filter_map(|pending| match pending.command.action {
            VisitorAction::Rate { survey, score, .. } if survey == wanted => Some(score),
            _ => None,
        });
        scores.last()
    }

    /// Whether the visitor has asked for a person here and that is still on its way.
    pub fn asks_person(&self, conversation: &ConversationId) -> bool {
        self.of(conversation).any(|pending| {
            let asks = matches!(
                pending.command.action,
                VisitorAction::AskPerson { .. } | VisitorAction::Helped { yes: false, .. }
            );
            asks && !matches!(pending.progress, Progress::Refused(_))
        })
    }

    /// Whether the visitor has left an address here and that is still on its way.
    pub fn leaves_address(&self, conversation: &ConversationId) -> bool {
        self.of(conversation).any(|pending| {
            let leaves = matches!(pending.command.action, VisitorAction::LeaveAddress { .. });
            leaves && !matches!(pending.progress, Progress::Refused(_))
        })
    }

    /// Whether the visitor has answered this question and that is still on its way.
    pub fn answers(&self, question: &EventId) -> bool {
        let answers =
            |action: &VisitorAction| matches!(action, VisitorAction::Helped { about, .. } if about == question);
        self.pending().iter().any(|pending| answers(&pending.command.action))
    }
}
