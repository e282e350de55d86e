//! What the doors say of proposals, and what people decide about them.

use super::{Kind, Verdict};
use crate::ids::ArticleId;
use crate::learning::Source;
use crate::protocol::Solution;
use serde::{Deserialize, Serialize};

/// The most decisions that come at once.
pub const MAX_DECISIONS: usize = 500;

/// `GET /api/w/{workspace}/written`: a page of proposals, by language and article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// In order.
    pub proposals: Vec<ListedProposal>,
    /// Where the next page begins, for `after`; none behind the last one.
    pub next: Option<String>,
    /// How many articles the model is still to be asked about.
    pub waiting: u64,
    /// Articles about which it gave nothing of use, on the first page.
    pub missed: Vec<Missed>,
}

/// A proposal as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListedProposal {
    /// The language of the article or answer.
    pub locale: String,
    /// The article, or the answer, as the field `article` or `answer`.
    #[serde(flatten)]
    pub about: Solution,
    /// What it is.
    pub kind: Kind,
    /// Who has written it.
    #[serde(default)]
    pub source: Source,
    /// How many visitors have asked it; 0 of what a model has written.
    #[serde(default)]
    pub asked: u64,
    /// As it was written, without what looks personal.
    pub text: String,
    /// As a person has changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
    /// What the engine says of it; none while it is not judged.
    pub judged: Option<Verdict>,
    /// What people say of it.
    pub decision: Decision,
}

/// An article without proposals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missed {
    /// Its language.
    pub locale: String,
    /// The article.
    pub article: ArticleId,
    /// Why, for people.
    pub sentence: String,
}

/// What people say of a proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Nothing: the engine's word counts.
    #[default]
    Open,
    /// It is found with its article, whatever the engine says.
    Accepted,
    /// It is not.
    Rejected,
}

impl Decision {
    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

/// `POST /api/w/{workspace}/written`: what people decide, all or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// At most 500.
    pub decisions: Vec<DecisionAbout>,
}

/// A decision about one proposal, which is named by what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionAbout {
    /// The language of the article or answer.
    pub locale: String,
    /// The article, or the answer, as the field `article` or `answer`.
    #[serde(flatten)]
    pub about: Solution,
    /// What it is.
    pub kind: Kind,
    /// As it was written.
    pub text: String,
    /// The decision.
    pub decision: Decision,
    /// Another text in its place, for one that is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_names_one_piece_and_nothing_unknown() {
        let read = |more: &str| {
            let text = [r#"{"locale":"en","kind":"keyword","text":"x","decision":"accepted""#, more, "}"].concat();
            serde_json::from_str::<DecisionAbout>(&text)
        };
        let article = Solution::Article(ArticleId::parse("refunds").unwrap());
        assert_eq!(read(r#","article":"refunds""#).unwrap().about, article);
        assert!(matches!(read(r#","answer":"hours""#).unwrap().about, Solution::Answer(_)));
        for wrong in
            ["", r#","article":"Not a slug""#, r#","article":"refunds","more":1"#, r#","article":"a","answer":"b""#]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let written = serde_json::to_value(read(r#","article":"refunds""#).unwrap()).unwrap();
        assert_eq!(written["article"], "refunds");
    }
}
