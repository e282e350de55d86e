//! What a language model has written about articles, judged by the engine: a proposal is kept only where it pays.
//!
//! A model works once, when something is published, and proposes keywords and questions for each article. Here they are asked of
//! the index, half typed and whole, and what is not found well tells which words each article lacks (`pull.rs`). In a few rounds,
//! keywords first, each article takes the proposals that bring most (`rounds.rs`); then what is over the budget goes again
//! (`budget.rs`), and questions become lessons of the model's judge where that pays (`lessons.rs`). The judge sees documents and
//! proposals alone, so that a proposal is measured by how well the *others* of its article are found.
//!
//! **Invariant:** the same documents and proposals get the same verdicts.

mod asked;
mod budget;
mod lessons;
mod listed;
mod priced;
mod prompt;
mod pull;
mod reply;
mod rounds;
mod trial;
mod with_kept;
mod words;

pub use budget::Budget;
pub use listed::{Decision, DecisionAbout, Decisions, Listed, ListedProposal, MAX_DECISIONS, Missed};
pub use prompt::{Prompt, Wanted, wanted};
pub use reply::{Unreadable, proposals_in};
pub use with_kept::{add_kept, with_kept};

use crate::matching::Doc;
use crate::turns::Turns;
use asked::asked;
use budget::Room;
use serde::{Deserialize, Serialize};
use trial::Trial;
use words::Field;

/// What a model proposes for an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The article's id.
    pub article: String,
    /// What it is.
    pub kind: Kind,
    /// The text, as it was written.
    pub text: String,
}

/// What a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A question as a visitor asks it.
    Question,
    /// Other words that people use for what the article is about.
    Keyword,
}

/// What becomes of a proposal, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict", content = "article")]
pub enum Verdict {
    /// Its words are found with the article, like keywords.
    KeptAsWords,
    /// It is an example for the model's judge, too.
    KeptAsLesson,
    /// Its article is found by it without it, and it helps nothing else.
    AlreadyFound,
    /// It would take more from this article than it brings to its own.
    NearerTo(String),
    /// It brings something, but too little for what it costs.
    TooDear,
    /// An earlier one of the same article has the same words.
    Repeated,
    /// No word of it tells anything.
    SaysNothing,
    /// No such article is here.
    NoArticle,
}

impl Verdict {
    /// Whether it is a part of the index.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::KeptAsWords | Self::KeptAsLesson)
    }
}

/// What becomes of each proposal, in their order. `docs` are all documents of one language, without proposals.
pub async fn judged(docs: &[Doc], proposals: &[Proposal], locale: &str, budget: Budget, turns: &Turns) -> Vec<Verdict> {
    let field = Field::of(docs, proposals, locale, turns).await;
    let asked = asked(&field, docs, proposals, turns).await;
    let trial = Trial { docs, proposals, field: &field, asked: &asked, locale, turns };
    let room = Room::of(&trial, budget).await;
    let mut standing = rounds::chosen(&trial).await;
    budget::trim(&trial, &mut standing, room).await;
    lessons::teach(&trial, &mut standing, room).await;
    standing.into_iter().map(|verdict| verdict.unwrap_or(Verdict::SaysNothing)).collect()
}

#[cfg(test)]
mod tests;
