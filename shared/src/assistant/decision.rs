//! A decision about a message, and what it makes happen.

use crate::conversation::Draft;
use crate::ids::{AnswerId, EventId};
use crate::protocol::{ArticleRef, Author, HandOffReason, Placement, What};
use serde::{Deserialize, Serialize};

/// What to do about a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Give a curated answer, and ask whether it helped.
    Answer {
        /// The answer's id.
        answer: AnswerId,
        /// Its text.
        text: String,
        /// Where to read more, unless that was shown before.
        article: Option<ArticleRef>,
    },
    /// Suggest articles, and ask whether one helped.
    Suggest(Vec<ArticleRef>),
    /// Say that there is nothing that fits, and ask whether a person is wanted.
    Ask,
    /// Leave it to people.
    HandOff(HandOffReason),
    /// People have it: say nothing.
    Silent,
}

impl Decision {
    /// What it makes happen. The id follows from the message's: deciding twice, as after a crash, does it once.
    pub fn draft(self, about: &EventId) -> Option<Draft> {
        let what = match self {
            Decision::Answer { answer, text, article } => What::Answered { answer, text, article },
            Decision::Suggest(articles) => What::Suggested { articles },
            Decision::Ask => What::FoundNothing,
            Decision::HandOff(reason) => What::HandedOff { reason, place: Placement::default() },
            Decision::Silent => return None,
        };
        Some(Draft { id: about.derived("a"), by: Author::Assistant, what })
    }
}
