//! What was typed and not sent.

use super::session::Session;
use crate::io::browser::{self, Shelf};
use crate::model::drafts::Drafts;
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::protocol::Seq;
use std::collections::BTreeMap;

/// The replies that are being written. The tab keeps them.
#[derive(Clone, Copy)]
pub(crate) struct Replies {
    /// What was typed and not sent.
    pub(crate) drafts: RwSignal<Drafts>,
    /// The conversations whose reply was held back, each with the number of the last event that its author had seen.
    pub(crate) held: RwSignal<BTreeMap<ConversationId, Seq>>,
    session: Session,
}

impl Replies {
    /// The replies with what the tab has kept of them.
    pub(super) fn new(session: Session) -> Self {
        let name = session.names.with_value(|names| names.drafts());
        let drafts = browser::kept(Shelf::Tab, &name).map(|json| Drafts::from_json(&json)).unwrap_or_default();
        Self { drafts: RwSignal::new(drafts), held: RwSignal::new(BTreeMap::new()), session }
    }

    /// Changes the drafts and keeps them.
    pub(crate) fn change(self, change: impl FnOnce(&mut Drafts)) {
        self.drafts.update(change);
        let json = self.drafts.with_untracked(|drafts| drafts.to_json());
        self.session.names.with_value(|names| browser::keep(Shelf::Tab, &names.drafts(), &json));
    }
}
