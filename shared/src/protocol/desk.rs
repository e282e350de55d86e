//! What agents see of their own team: who is there, and how it goes.

use super::Millis;
use crate::assistant::AssistantCase;
use crate::deadlines::Promises;
use crate::ids::{AgentId, ArticleId, TeamId};
use crate::report::{Counters, Fall};
use crate::routing::Case;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /api/w/{workspace}/team`, with the session cookie: who can be given a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Every agent, by name.
    pub agents: Vec<Colleague>,
    /// The published teams, in the site owner's order.
    pub teams: Vec<TeamLine>,
}

/// An agent as the others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who; rules and teams name them by this.
    pub id: AgentId,
    /// Their name.
    pub name: String,
    /// Whether they look at the inbox now, and have not said that they are away.
    pub present: bool,
    /// Whether they have said that they are away.
    #[serde(default)]
    pub away: bool,
    /// How many open conversations are theirs.
    pub open: u32,
}

/// `POST /api/w/{workspace}/away`, with the session cookie: whether the caller is away, though their page is open. An agent who is
/// away is given nothing, and visitors are not told that somebody is here for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// True until the agent says that they are back.
    pub away: bool,
}

/// A team as it can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLine {
    /// What rules call it.
    pub id: TeamId,
    /// What people call it.
    pub name: String,
    /// Who is in it.
    pub members: Vec<AgentId>,
}

/// One of the answer to `GET /api/w/{workspace}/inbox/articles?locale=`, with the session cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedArticle {
    /// Its slug.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The audiences that may read it; everybody if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
}

/// The answer to `POST /api/w/{workspace}/invitations`, with the session cookie: it makes one agent, once, by
/// `POST setup`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Goes into the fragment of the set-up link, which is not sent to anybody.
    pub token: String,
    /// Until when it can be used.
    pub expires_at: Millis,
}

/// `GET /api/w/{workspace}/report?days=28`, with the session cookie: the last days, today included, beside those before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many days each of the two times has.
    pub days: u32,
    /// What happened in the last of them, by topic.
    pub now: BTreeMap<String, Counters>,
    /// What happened in the same number of days before.
    pub before: BTreeMap<String, Counters>,
    /// Automated topics that people like less than before.
    pub falls: Vec<Fall>,
    /// How many visitors wait now whose promise has passed.
    #[serde(default)]
    pub late: u64,
    /// What is promised, to be held against what was kept.
    pub promises: Promises,
}

/// `POST /api/w/{workspace}/routing/explain`, with the session cookie: a dry run of the published rules, which changes nothing.
/// The answer is a `routing::Explanation`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// A sample conversation.
    pub case: Case,
}

/// `POST /api/w/{workspace}/assistant/explain`, with the session cookie or the publish token: a dry run of what is suggested and
/// said for a text, which changes nothing. The answer is an `assistant::AssistantExplanation`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssistantExplainRequest {
    /// A sample of what a visitor writes.
    pub case: AssistantCase,
}

/// The longest time that a report covers, in days: as long as counters are kept.
pub const MAX_REPORT_DAYS: u32 = 400;
