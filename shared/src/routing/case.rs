//! What routing looks at: one message and what is known about who sent it.

use super::phrase::Message;
use crate::ids::{AgentId, TeamId};
use serde::{Deserialize, Serialize};

/// A conversation as rules see it. What is not known stays empty, and no condition on it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// What the visitor wrote.
    pub text: String,
    /// The address of the page where they wrote it.
    pub page: Option<String>,
    /// Products that they use.
    pub products: Vec<String>,
    /// The kind of company they are from.
    pub company: Option<String>,
    /// Days since they became a customer.
    pub tenure_days: Option<u32>,
    /// Their plan.
    pub plan: Option<String>,
    /// Their language, as a tag.
    pub language: Option<String>,
    /// Who helped them before, the latest first.
    pub helped_by: Vec<Helped>,
}

/// Somebody who helped before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Helped {
    /// In which team.
    pub team: Option<TeamId>,
    /// Who.
    pub agent: AgentId,
}

/// A case whose message was cut into words, once for all rules.
pub(super) struct Read<'a> {
    pub(super) case: &'a Case,
    pub(super) message: Message<'a>,
}

impl<'a> Read<'a> {
    pub(super) fn new(case: &'a Case) -> Self {
        Self { case, message: Message::new(&case.text) }
    }
}
