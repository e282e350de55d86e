//! A routing rule as a site owner writes it.

use crate::ids::{AgentId, TeamId};
pub use crate::protocol::Priority;
use serde::{Deserialize, Serialize};

/// If all conditions of `when` hold, `then` happens, and no later rule is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Names the rule in reports and in the dry run; not blank, and no other rule has it.
    pub id: String,
    /// The conditions.
    pub when: When,
    /// What follows.
    pub then: Then,
}

/// Conditions. A list that is left out is no condition; all that are there must hold, each by any one of its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// True for a rule without conditions, so that nobody writes one by leaving something out.
    #[serde(skip_serializing_if = "is_false")]
    pub everything: bool,
    /// Words or phrases of the message, whatever their case and accents: `refund`, `money back`. A star at the end
    /// stands for any ending: `cancel*`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Pages: `/billing` is that path and all below it; with stars the whole path has to fit, as in `/*/checkout`. One
    /// that does not begin with `/` begins with a host: `shop.example.com/cart`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub page: Vec<String>,
    /// Products that the visitor uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Kinds of company.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub company: Vec<String>,
    /// How long they have been a customer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tenure: Vec<Tenure>,
    /// Plans.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<String>,
    /// Languages: `pt` also takes `pt-BR`, and not the other way round.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub language: Vec<String>,
    /// Who helped this visitor before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub helped_by: Vec<Helper>,
}

/// A span of days since somebody became a customer. A bound that is left out does not bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenure {
    /// At least this many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_days: Option<u32>,
    /// Fewer than this many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_days: Option<u32>,
}

/// Somebody who may have helped before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helper {
    /// Anybody of the team.
    Team(TeamId),
    /// This agent.
    Agent(AgentId),
    /// Anybody at all.
    Anyone,
}

/// What follows from a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Then {
    /// The team; without one it goes to escalations, with the priority and the tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Who in the team.
    #[serde(skip_serializing_if = "Assign::is_default")]
    pub assign: Assign,
    /// How soon; normal if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Labels for the conversation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether people get it at once, before the assistant answers. If it is left out, they get what is urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_assistant: Option<bool>,
}

impl Then {
    /// Whether people get it before the assistant answers.
    pub fn is_before_assistant(&self) -> bool {
        self.before_assistant.unwrap_or(self.priority == Some(Priority::Urgent))
    }
}

/// Who in a team gets a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assign {
    /// The agent with the most room.
    #[default]
    Balance,
    /// Nobody yet: they take it themselves.
    Queue,
    /// The team's agent who helped this visitor last; else the one with the most room.
    Previous,
    /// This agent, who is in the team; while they are away or full, the one with the most room.
    Agent(AgentId),
}

impl Assign {
    fn is_default(&self) -> bool {
        *self == Self::Balance
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
