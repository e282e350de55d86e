//! What is known of a visitor beside the conversation.

use crate::conversation::State;
use crate::ids::ArticleId;
use crate::protocol::{Millis, Profile};
use serde::{Deserialize, Serialize};

/// How long what was read in the help centre counts as just read.
pub const HELP_CENTRE_MS: Millis = 15 * 60 * 1_000;

/// What the site says of a visitor, signed, and what earlier conversations say. All of it may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VisitorContext {
    /// Whether they are on trial.
    pub trial: bool,
    /// Since when they are a customer.
    pub customer_since: Option<Millis>,
    /// Which products they use.
    pub products: Vec<String>,
    /// Whether the site thinks that they may leave.
    pub at_risk: bool,
    /// The audiences to which they belong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// How many questions they have asked before this conversation.
    pub questions: u32,
}

impl VisitorContext {
    /// What the site has said, if it did, and how many questions were asked before.
    pub fn of(profile: Option<Profile>, questions: u32) -> Self {
        let Profile { name: _, plan: _, company_type: _, trial, customer_since, products, at_risk, audience } =
            profile.unwrap_or_default();
        Self { trial, customer_since, products, at_risk, audience, questions }
    }
}

/// What was read in the help centre in the last 15 minutes, as the visitor's device told with the message.
pub(super) fn just_read(state: &State, now: Millis) -> &[ArticleId] {
    let is_recent = now.saturating_sub(state.context_at) < HELP_CENTRE_MS;
    if is_recent { &state.context.recent } else { &[] }
}
