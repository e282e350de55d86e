//! What the doors say of questions that came from conversations.

use crate::protocol::{ArticleRef, Millis};
use serde::{Deserialize, Serialize};

/// The most groups that are dismissed at once.
pub const MAX_DISMISSALS: usize = 500;

/// Who has written a proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A language model.
    #[default]
    Model,
    /// Visitors, who said that the article or answer has solved it.
    Visitors,
    /// Visitors, whom an agent answered with the article.
    Agents,
}

impl Source {
    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Visitors => "visitors",
            Self::Agents => "agents",
        }
    }
}

/// `GET /api/w/{workspace}/unanswered`: a page of what was asked and not answered, what was asked most first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnansweredPage {
    /// In order.
    pub groups: Vec<UnansweredGroup>,
    /// Where the next page begins, for `after`; none behind the last one.
    pub next: Option<String>,
    /// How many groups were forgotten because there were too many.
    pub forgotten: u64,
}

/// Questions that are alike and that nothing answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnansweredGroup {
    /// Its number.
    pub group: u64,
    /// The language in which it was asked.
    pub locale: String,
    /// The question that the others are like.
    pub question: String,
    /// Others of them, the latest first.
    pub examples: Vec<String>,
    /// How many visitors have asked it.
    pub asked: u64,
    /// When it was asked last.
    pub last: Millis,
    /// The article that is found for it by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_now: Option<ArticleRef>,
}

/// `POST /api/w/{workspace}/unanswered`: what needs no article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissals {
    /// The numbers of groups, at most 500.
    pub dismissed: Vec<u64>,
}
