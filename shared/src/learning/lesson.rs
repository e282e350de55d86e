//! One lesson: a message of a visitor, and what came of it.

use crate::ids::{ArticleId, EventId};
use crate::protocol::Solution;
use serde::{Deserialize, Serialize};

/// A longer text, in characters, is a story and no question: who asks again would not write it like that, and more of it is personal.
pub const MAX_QUESTION_CHARS: usize = 300;

/// What a conversation teaches about one message of its visitor. The text is as it was sent: who takes it masks it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// The event of the message: its lesson is told again under the same name.
    pub message: EventId,
    /// What the visitor asked.
    pub text: String,
    /// The language of the panel.
    pub locale: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The visitor said that this has solved it.
    Solved(Solution),
    /// An agent answered with these addresses, of which one may be an article's.
    Linked {
        /// As they were written, in order.
        addresses: Vec<String>,
        /// If nothing that the assistant had was an answer.
        missed: Option<Missed>,
    },
    /// Nothing that the assistant had was an answer, and no agent has answered with an address.
    Unanswered(Missed),
}

/// What the assistant had when it had no answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// The articles that the visitor had seen by then: none of them is the answer.
    pub in_vain: Vec<ArticleId>,
}

/// Whether a text can be a question by its length.
pub fn is_question(text: &str) -> bool {
    // A character has four bytes at most: what is long is not counted to its end.
    text.len() <= MAX_QUESTION_CHARS * 4 && text.chars().count() <= MAX_QUESTION_CHARS
}
