//! The decision about a message, and what it makes happen.

use super::found::Found;
use super::judge::judge;
use super::rules::Rules;
use super::visitor::VisitorContext;
use crate::conversation::{Draft, State};
use crate::ids::{AnswerId, EventId};
use crate::protocol::{ArticleRef, Author, HandOffReason, Millis, Placement, What};
use serde::{Deserialize, Serialize};

/// The message to decide about.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// Its event.
    pub id: &'a EventId,
    /// What the visitor wrote.
    pub text: &'a str,
}

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

/// What to do about a message, on what is known now. `found` is best first.
pub fn decide(
    state: &State,
    about: &Message<'_>,
    found: &[Found],
    rules: &Rules,
    visitor: &VisitorContext,
    now: Millis,
) -> Decision {
    judge(state, about.text, found, rules, visitor, now).decision
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
