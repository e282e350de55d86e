//! What the assistant does about a message: answer, offer articles, ask whether a person is wanted, hand off, or be silent.
//!
//! Whether an answer or an offer helped is asked by the event itself: `Answered` and `Suggested` are open questions until
//! the visitor says so, and "no" hands off at once (`conversation::on_visitor`).
//!
//! **Invariant:** it never speaks once a person was asked for or has joined, and never says the same thing twice.

mod keywords;
mod people_first;
mod rules;
mod visitor;

pub use keywords::Keywords;
pub use people_first::PeopleFirst;
use rules::is_sure;
pub use rules::{NothingFound, Rules};
pub use visitor::{HELP_CENTRE_MS, ReadArticle, VisitorContext};

use crate::conversation::{Draft, State};
use crate::ids::{AnswerId, ArticleId, EventId};
use crate::protocol::{ArticleRef, Author, HandOffReason, Millis, Placement, What};
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

/// The message to decide about.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// Its event.
    pub id: &'a EventId,
    /// What the visitor wrote.
    pub text: &'a str,
}

/// What to do about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Give a curated answer, and ask whether it helped.
    Answer {
        /// Which.
        answer: AnswerId,
        /// Its text.
        text: String,
        /// Where to read more, unless that was shown before.
        article: Option<ArticleRef>,
    },
    /// Offer articles, and ask whether one helped.
    Offer(Vec<ArticleRef>),
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
    if !state.assistant_may_speak() {
        return Decision::Silent;
    }
    if let Some(reason) = rules.people_first.reason(state, about.text, visitor, now) {
        return Decision::HandOff(reason);
    }
    let read = visitor::just_read(state, visitor, now);
    let tried = |id: &ArticleId| state.offered.contains(id) || read.contains(&id);
    // Who comes from the help centre has seen articles enough for a beginning.
    let may_offer = read.is_empty() || state.assistant_spoke;
    answer(state, found, rules, &read, &tried)
        .or_else(|| may_offer.then(|| offer(found, rules, &tried)).flatten())
        .unwrap_or_else(|| nothing_found(state, rules))
}

impl Decision {
    /// What it makes happen. The id follows from the message's: deciding twice, as after a crash, does it once.
    pub fn draft(self, about: &EventId) -> Option<Draft> {
        let what = match self {
            Decision::Answer { answer, text, article } => What::Answered { answer, text, article },
            Decision::Offer(articles) => What::Suggested { articles },
            Decision::Ask => What::FoundNothing,
            Decision::HandOff(reason) => What::HandedOff { reason, place: Placement::default() },
            Decision::Silent => return None,
        };
        Some(Draft { id: about.derived("a"), by: Author::Assistant, what })
    }
}

fn answer(
    state: &State,
    found: &[Found],
    rules: &Rules,
    read: &[&ArticleId],
    tried: &impl Fn(&ArticleId) -> bool,
) -> Option<Decision> {
    found.iter().find_map(|found| {
        let Found::Answer { id, text, article, confidence } = found else { return None };
        let in_short_what_was_read = article.as_ref().is_some_and(|article| read.contains(&&article.id));
        let is_new = !state.answered.contains(id) && !in_short_what_was_read;
        (is_new && is_sure(*confidence, rules.answer_at)).then(|| Decision::Answer {
            answer: id.clone(),
            text: text.clone(),
            article: article.clone().filter(|article| !tried(&article.id)),
        })
    })
}

fn offer(found: &[Found], rules: &Rules, tried: &impl Fn(&ArticleId) -> bool) -> Option<Decision> {
    let fits = |found: &Found| match found {
        Found::Article { article, confidence } if is_sure(*confidence, rules.beside_at) && !tried(&article.id) => {
            Some(article.clone())
        }
        _ => None,
    };
    let likely =
        |found: &Found| matches!(found, Found::Article { confidence, .. } if is_sure(*confidence, rules.offer_at));
    if !found.iter().any(likely) {
        return None;
    }
    let articles: Vec<ArticleRef> = found.iter().filter_map(fits).take(usize::from(rules.suggestions)).collect();
    (!articles.is_empty()).then_some(Decision::Offer(articles))
}

/// "I have nothing on this" is said once; who hears it a second time is in a loop.
fn nothing_found(state: &State, rules: &Rules) -> Decision {
    if state.told_nothing || rules.nothing_found == NothingFound::HandOff {
        Decision::HandOff(HandOffReason::NothingFound)
    } else {
        Decision::Ask
    }
}

#[cfg(test)]
mod tests;
