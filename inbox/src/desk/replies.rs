//! What was typed and not sent.

use super::session::Session;
use crate::io::browser::{self, Shelf};
use crate::model::drafts::Drafts;
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::protocol::Seq;
use std::collections::BTreeMap;

/// The replies that are being written. The device keeps each under its agent's name, until it is sent or the agent signs out; all
/// of that agent's tabs have the same.
#[derive(Clone, Copy)]
pub(crate) struct Replies {
    /// What was typed and not sent.
    pub(crate) drafts: RwSignal<Drafts>,
    /// The conversations whose reply was held back, each with the number of the last event that its author had seen.
    pub(crate) held: RwSignal<BTreeMap<ConversationId, Seq>>,
    session: Session,
}

impl Replies {
    /// The replies with what the device has kept of them.
    pub(super) fn new(session: Session) -> Self {
        let replies = Self { drafts: RwSignal::default(), held: RwSignal::new(BTreeMap::new()), session };
        let kept = browser::names_kept(Shelf::Device, &replies.beginning());
        replies.drafts.update(|drafts| {
            for name in kept {
                let text = browser::kept(Shelf::Device, &name).unwrap_or_default();
                if let Some(id) = replies.conversation_of(&name) {
                    drafts.set(&id, text);
                }
            }
            drafts.take_changed();
        });
        replies.take_over_from_tab();
        replies
    }

    /// Changes the drafts and keeps them.
    pub(crate) fn change(self, change: impl FnOnce(&mut Drafts)) {
        let changed = self.drafts.try_update(|drafts| {
            change(drafts);
            let changed = drafts.take_changed();
            changed.into_iter().map(|id| (String::from(drafts.get(&id)), id)).collect::<Vec<_>>()
        });
        for (text, id) in changed.into_iter().flatten() {
            let name = self.name(&id);
            if text.is_empty() {
                browser::forget(Shelf::Device, &name);
            } else {
                browser::keep(Shelf::Device, &name, &text);
            }
        }
    }

    /// Another tab has changed what the device keeps: what was sent there is not to be sent here again.
    pub(super) fn take_from_other_tab(self, name: &str, text: Option<String>) {
        if let Some(id) = self.conversation_of(name) {
            self.drafts.update(|drafts| {
                drafts.set(&id, text.unwrap_or_default());
                drafts.take_changed();
            });
        }
    }

    /// Forgets what is kept of this agent on this device.
    pub(super) fn forget(self) {
        browser::forget_all(Shelf::Device, &self.beginning());
    }

    /// Earlier builds kept all drafts under one name, until the tab was closed.
    fn take_over_from_tab(self) {
        let name = self.session.names.with_value(|names| names.drafts_of_tab());
        let Some(json) = browser::kept(Shelf::Tab, &name) else { return };
        browser::forget(Shelf::Tab, &name);
        self.change(|drafts| {
            for (id, text) in Drafts::texts_of(&json) {
                if drafts.get(&id).is_empty() {
                    drafts.set(&id, text);
                }
            }
        });
    }

    fn beginning(self) -> String {
        let me = self.session.my_id();
        self.session.names.with_value(|names| names.draft(&me, ""))
    }

    fn name(self, id: &ConversationId) -> String {
        let me = self.session.my_id();
        self.session.names.with_value(|names| names.draft(&me, id.as_str()))
    }

    fn conversation_of(self, name: &str) -> Option<ConversationId> {
        ConversationId::parse(name.strip_prefix(&self.beginning())?).ok()
    }
}
