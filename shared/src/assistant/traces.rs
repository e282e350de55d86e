//! What an explanation is made of: what was considered, how likely it was, and why it was not said, as data and in sentences.

use super::decision::Decision;
use super::rules::NothingFound;
use super::why_not::WhyNot;
use crate::ids::{AnswerId, ArticleId};
use crate::protocol::HandOffReason;
use serde::{Deserialize, Serialize};

/// Why something is suggested or said for a text, or nothing is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssistantExplanation {
    /// The language whose articles and answers are searched.
    pub locale: String,
    /// Before sending: what stands above the composer while the text is typed.
    pub typing: TypingTrace,
    /// After sending: what the assistant does about the text as a message.
    pub sent: SentTrace,
}

/// What is suggested while a text is typed, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypingTrace {
    /// In one sentence.
    pub sentence: String,
    /// The answer that stands above the articles.
    #[serde(default)]
    pub answer: Option<AnswerId>,
    /// The articles that are suggested, best first.
    pub suggested: Vec<ArticleId>,
    /// The answers and articles that were considered: answers first, each kind with the likeliest first.
    pub candidates: Vec<CandidateTrace>,
    /// How likely it is that no article answers the text, from 0 to 1.
    pub nothing: f32,
    /// The words of the text.
    pub words: Vec<WordTrace>,
    /// What is asked of an article.
    pub thresholds: TypingThresholds,
}

/// What the assistant does about a message, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentTrace {
    /// In one sentence.
    pub sentence: String,
    /// The same as `decide` says.
    pub decision: Decision,
    /// Why it goes straight to a person, if it does.
    pub people_first: Option<PeopleFirstTrace>,
    /// The answers and articles that were considered: answers first, each kind with the likeliest first.
    pub candidates: Vec<CandidateTrace>,
    /// How likely it is that no article answers the message, from 0 to 1.
    pub nothing: f32,
    /// The words of the message.
    pub words: Vec<WordTrace>,
    /// What is asked of an answer and of an article.
    pub thresholds: SentThresholds,
}

/// What came of one answer or article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CandidateTrace {
    /// Which of the two it is.
    pub kind: CandidateKind,
    /// Its id.
    pub id: String,
    /// Its title; an answer's id again.
    pub title: String,
    /// How likely it is the right one, from 0 to 1, page and products included.
    pub likelihood: f32,
    /// The words of the text that it has.
    pub words: Vec<String>,
    /// The page or product of the visitor to which it belongs, if that makes it likelier.
    pub lifted_by: Option<String>,
    /// All that speaks against saying it; it is said if nothing does.
    pub why_not: Vec<WhyNot>,
    /// In one sentence or a few.
    pub sentence: String,
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CandidateKind {
    /// A curated answer.
    Answer,
    /// An article.
    Article,
}

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordTrace {
    /// As it was typed.
    pub word: String,
    /// How many articles have it, or something that it can mean.
    pub articles: u32,
}

/// What leads a message straight to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFirstTrace {
    /// Why.
    pub reason: HandOffReason,
    /// The pattern of the list that is in the message; none if it is what is known of the visitor.
    pub pattern: Option<String>,
}

/// What is asked of an answer and of an article while typing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypingThresholds {
    /// From how many per cent on it is suggested.
    pub suggest_at: u8,
    /// Down to how many per cent one that is shown stays.
    pub keep_at: u8,
    /// From how many per cent on an answer stands above the articles.
    #[serde(default)]
    pub answer_at: u8,
    /// Down to how many per cent one that is shown stays.
    #[serde(default)]
    pub keep_answer_at: u8,
    /// By which factor another one has to be likelier to take its place.
    pub stay_factor: f32,
    /// How many are suggested at once.
    pub suggestions: u8,
}

/// What the workspace's rules ask of an answer and of an article after sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentThresholds {
    /// From how many per cent on an answer is given.
    pub answer_at: u8,
    /// From how many per cent on an article is suggested.
    pub suggest_at: u8,
    /// From how many per cent on others are suggested beside it.
    pub beside_at: u8,
    /// How many are suggested at once.
    pub suggestions: u8,
    /// What is done when nothing fits.
    pub nothing_found: NothingFound,
}
