//! How it was: asked at most once a week, and of one conversation to its end.

use crate::io::{clock, storage};
use crate::model::survey::may_ask;
use crate::panel::Panel;
use shared::ids::ConversationId;

impl Panel {
    /// Whether the visitor may be asked about this conversation.
    pub(super) fn may_ask_how_it_was(self, about: &ConversationId) -> bool {
        may_ask(storage::get(&self.key("asked")).as_deref(), about.as_str(), clock::now())
    }

    /// They are asked now.
    pub(super) fn asks_how_it_was(self, about: &ConversationId) {
        let kept = storage::get(&self.key("asked"));
        if kept.is_none_or(|kept| !kept.starts_with(about.as_str())) {
            storage::set(&self.key("asked"), &[about.as_str(), " ", &clock::now().to_string()].concat());
        }
    }
}
