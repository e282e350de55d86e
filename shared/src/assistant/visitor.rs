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
    /// What they pay for, as the site calls it.
    pub plan: Option<String>,
    /// Whether that is a trial.
    pub trial: bool,
    /// Since when they are a customer.
    pub customer_since: Option<Millis>,
    /// Which products they use.
    pub products: Vec<String>,
    /// What kind of company they work for.
    pub company_type: Option<String>,
    /// Whether the site thinks that they may leave.
    pub at_risk: bool,
    /// How many questions they have asked before this conversation.
    pub questions: u32,
    /// What they read in the help centre, and when.
    pub read: Vec<ReadArticle>,
}

impl VisitorContext {
    /// What the site has said, if it did, and how many questions were asked before.
    pub fn of(profile: Option<Profile>, questions: u32) -> Self {
        let Profile { name: _, plan, trial, customer_since, products, company_type, at_risk } =
            profile.unwrap_or_default();
        Self { plan, trial, customer_since, products, company_type, at_risk, questions, read: Vec::new() }
    }
}

/// An article that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadArticle {
    /// Which.
    pub article: ArticleId,
    /// When.
    pub at: Millis,
}

/// What was read in the last 15 minutes: as the site knows it, and as the visitor's device told with the message.
pub(super) fn just_read<'a>(state: &'a State, visitor: &'a VisitorContext, now: Millis) -> Vec<&'a ArticleId> {
    let is_recent = |at: Millis| now.saturating_sub(at) < HELP_CENTRE_MS;
    let known = visitor.read.iter().filter(|read| is_recent(read.at)).map(|read| &read.article);
    let told = state.context.recent.iter().filter(|_| is_recent(state.context_at));
    known.chain(told).collect()
}
