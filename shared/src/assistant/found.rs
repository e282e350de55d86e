//! What the search finds for a message.

use crate::ids::AnswerId;
use crate::protocol::ArticleRef;
use serde::{Deserialize, Serialize};

/// An answer or an article that fits a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Found {
    /// A curated answer.
    Answer {
        /// Which.
        id: AnswerId,
        /// What to say.
        text: String,
        /// Where to read more.
        article: Option<ArticleRef>,
        /// How sure the search is, from 0 to 1.
        confidence: f32,
    },
    /// An article.
    Article {
        /// Which.
        article: ArticleRef,
        /// How sure the search is, from 0 to 1.
        confidence: f32,
    },
}

impl Found {
    /// How sure the search is, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        match self {
            Found::Answer { confidence, .. } | Found::Article { confidence, .. } => *confidence,
        }
    }
}
