//! Where a conversation lies, and why it is there.

use crate::ids::{AgentId, TeamId};
use serde::{Deserialize, Serialize};

/// Why a conversation went to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOffReason {
    /// The visitor asked for a person.
    Asked,
    /// An article or an answer did not help.
    NotHelped,
    /// The assistant had nothing to say.
    NothingFound,
    /// A person had already joined, or the visitor wrote again after it was resolved by one.
    PersonJoined,
    /// The site's owner wants people for this. Visitors are told this in place of what follows.
    ByRule,
    /// It is about prices.
    Pricing,
    /// It is about a larger plan.
    Upgrade,
    /// It is about leaving.
    Cancellation,
    /// It is a complaint.
    Complaint,
    /// The visitor may leave.
    AtRisk,
    /// The visitor has asked many questions.
    HighTouch,
    /// The visitor is new, or on trial.
    NewCustomer,
}

/// The list that a conversation is put into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// For what no rule could place.
    #[default]
    Escalations,
    /// A team's.
    Team(TeamId),
}

/// How soon it wants an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// When there is time.
    Low,
    /// In its turn.
    #[default]
    Normal,
    /// Before the others.
    High,
    /// Now.
    Urgent,
}

/// Where a conversation lies, who has it, and how it is sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// In which inbox.
    pub to: Destination,
    /// Whose it is; nobody's yet if none.
    #[serde(default)]
    pub assignee: Option<AgentId>,
    /// How soon it wants an answer.
    #[serde(default)]
    pub priority: Priority,
    /// What it is about, in the team's own words.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Why a conversation came back into sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resurface {
    /// The time until which it was snoozed has come.
    SnoozeOver,
    /// An agent wants it back before that.
    Woken,
    /// The promised reply is due soon.
    ReplyDue,
    /// The promised time is over, and the visitor still waits.
    ReplyLate,
    /// Nothing was promised, but the visitor has waited for long.
    Forgotten,
}

/// What a visitor can be asked about a conversation that is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Survey {
    /// How satisfied they are (CSAT), after a person has helped.
    Satisfaction,
    /// How easy it was (CES), after it was solved without one.
    Effort,
}
