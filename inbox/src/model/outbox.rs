//! What an agent has done that the edge has not confirmed. It survives a reload; sending it twice does it once.

use serde::{Deserialize, Serialize};
use shared::ids::{ConversationId, EventId};
use shared::protocol::{AgentAction, AgentCommand, ErrorCode, Millis};

/// A command on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// Where it belongs.
    pub(crate) conversation: ConversationId,
    /// What to do.
    pub(crate) command: AgentCommand,
    /// When it was done, by this device's clock.
    pub(crate) at: Millis,
    /// Why it is not on its way any more.
    #[serde(skip)]
    pub(crate) trouble: Option<Trouble>,
}

/// Why a command stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The edge could not be reached: the same command can be sent again.
    Offline,
    /// The edge refused it and has changed nothing: sending it again would be refused again.
    Refused(ErrorCode),
}

/// The commands on their way, in the order in which they were done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outbox {
    items: Vec<Pending>,
}

impl Outbox {
    /// Puts a command in.
    pub(crate) fn add(&mut self, conversation: ConversationId, command: AgentCommand, at: Millis) {
        self.items.push(Pending { conversation, command, at, trouble: None });
    }

    /// The commands of one conversation.
    pub(crate) fn of<'a>(&'a self, conversation: &'a ConversationId) -> impl Iterator<Item = &'a Pending> {
        self.items.iter().filter(move |item| item.conversation == *conversation)
    }

    /// Those of one conversation that are to be sent now.
    pub(crate) fn due(&self, conversation: &ConversationId) -> Vec<AgentCommand> {
        self.of(conversation).filter(|item| item.trouble.is_none()).map(|item| item.command.clone()).collect()
    }

    /// The conversations that have something to be sent now.
    pub(crate) fn conversations(&self) -> Vec<ConversationId> {
        let mut ids: Vec<_> =
            self.items.iter().filter(|item| item.trouble.is_none()).map(|item| item.conversation.clone()).collect();
        ids.dedup();
        ids
    }

    /// Whether a command is here.
    pub(crate) fn has(&self, id: &EventId) -> bool {
        self.items.iter().any(|item| item.command.id == *id)
    }

    /// The edge has it: it leaves.
    pub(crate) fn settle(&mut self, id: &EventId) {
        self.items.retain(|item| item.command.id != *id);
    }

    /// The edge refused it. What is not a reply has nothing to keep and leaves.
    pub(crate) fn refuse(&mut self, id: &EventId, code: ErrorCode) {
        let keeps = |item: &Pending| matches!(item.command.action, AgentAction::Reply { .. });
        self.items.retain(|item| item.command.id != *id || keeps(item));
        self.items
            .iter_mut()
            .filter(|item| item.command.id == *id)
            .for_each(|item| item.trouble = Some(Trouble::Refused(code)));
    }

    /// The edge could not be reached: everything of that conversation stops, so that the order stays.
    pub(crate) fn stop(&mut self, conversation: &ConversationId) {
        let due = self.items.iter_mut().filter(|item| item.conversation == *conversation && item.trouble.is_none());
        due.for_each(|item| item.trouble = Some(Trouble::Offline));
    }

    /// Everything that stopped for want of a connection goes on.
    pub(crate) fn revive(&mut self) {
        let stopped = self.items.iter_mut().filter(|item| item.trouble == Some(Trouble::Offline));
        stopped.for_each(|item| item.trouble = None);
    }

    /// Takes a reply out and gives its text back.
    pub(crate) fn take_back(&mut self, id: &EventId) -> Option<String> {
        let at = self.items.iter().position(|item| item.command.id == *id)?;
        match self.items.remove(at).command.action {
            AgentAction::Reply { text } => Some(text),
            _ => None,
        }
    }

    /// As it is kept in the browser's storage.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(&self.items).unwrap_or_default()
    }

    /// From the browser's storage; what cannot be read is nothing.
    pub(crate) fn from_json(json: &str) -> Self {
        Self { items: serde_json::from_str(json).unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{conversation, event_id, reply};

    fn outbox() -> Outbox {
        let mut outbox = Outbox::default();
        outbox.add(conversation('a'), reply("r1", "one"), 1);
        outbox.add(conversation('a'), reply("r2", "two"), 2);
        outbox.add(conversation('b'), AgentCommand { id: event_id("x1"), action: AgentAction::Resolve }, 3);
        outbox
    }

    #[test]
    fn it_survives_a_reload_and_goes_on() {
        let mut before = outbox();
        before.stop(&conversation('a'));
        assert!(before.due(&conversation('a')).is_empty());
        let after = Outbox::from_json(&before.to_json());
        assert_eq!(after, outbox());
        assert_eq!(Outbox::from_json("{broken"), Outbox::default());
    }

    #[test]
    fn without_a_connection_a_conversation_stops_in_order_and_goes_on_in_order() {
        let mut outbox = outbox();
        outbox.stop(&conversation('a'));
        assert_eq!(outbox.conversations(), [conversation('b')]);
        outbox.revive();
        assert_eq!(outbox.due(&conversation('a')), [reply("r1", "one"), reply("r2", "two")]);
        outbox.settle(&event_id("r1"));
        assert_eq!(outbox.due(&conversation('a')), [reply("r2", "two")]);
    }

    #[test]
    fn a_refused_reply_keeps_its_text_and_anything_else_leaves() {
        let mut outbox = outbox();
        outbox.refuse(&event_id("r1"), ErrorCode::MessageTooLong);
        outbox.refuse(&event_id("x1"), ErrorCode::UnknownConversation);
        assert!(!outbox.has(&event_id("x1")));
        outbox.revive();
        assert_eq!(outbox.due(&conversation('a')), [reply("r2", "two")], "a refusal is not repeated");
        assert_eq!(outbox.take_back(&event_id("r1")).as_deref(), Some("one"));
        assert!(!outbox.has(&event_id("r1")));
    }
}
