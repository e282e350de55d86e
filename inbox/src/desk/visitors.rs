//! What the site says of its visitors.

use super::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::ConversationId;
use shared::protocol::Profile;
use std::collections::BTreeMap;

/// The visitors of the conversations that were opened.
#[derive(Clone, Copy)]
pub(crate) struct Visitors {
    /// What the site says of them, if it has said anything.
    pub(crate) profiles: RwSignal<BTreeMap<ConversationId, Profile>>,
    session: Session,
}

impl Visitors {
    /// Nothing is known of anybody yet.
    pub(super) fn new(session: Session) -> Self {
        Self { profiles: RwSignal::default(), session }
    }

    /// Asks what the site says of the visitor, who may have become known, or another customer, since it was asked last.
    pub(super) fn fetch_profile(self, conversation: ConversationId) {
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let profile = doors.visitor_of(&conversation).await.ok().and_then(|of| of.profile);
            if let Some(profile) = profile {
                self.profiles.try_update(|profiles| profiles.insert(conversation, profile));
            }
        });
    }
}
