//! What the assistant says after a message, decided from what was found and what was already tried.
//!
//! **Invariant:** it never speaks once a person was asked for or has joined, and never offers the same thing twice.

use crate::conversation::{Draft, State};
use crate::ids::{AnswerId, EventId};
use crate::matching::{ANSWER, OFFER, SUGGEST};
use crate::protocol::{ArticleRef, Author, What};
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

/// What fits on a phone beside the question, and as many as people read.
const MAX_SUGGESTIONS: usize = 3;

/// What the assistant says to the message `about`; nothing if it must be silent.
///
/// `found` is best first. The draft's id follows from the message's id: deciding twice, as after a crash, says it once.
pub fn decide(state: &State, about: &EventId, found: &[Found]) -> Option<Draft> {
    if !state.assistant_may_speak() {
        return None;
    }
    let what = answer(state, found).or_else(|| suggestions(state, found)).unwrap_or(What::FoundNothing);
    Some(Draft { id: about.derived("a"), by: Author::Assistant, what })
}

fn answer(state: &State, found: &[Found]) -> Option<What> {
    found.iter().find_map(|found| match found {
        Found::Answer { id, text, article, confidence } if *confidence >= ANSWER && !state.answered.contains(id) => {
            Some(What::Answered { answer: id.clone(), text: text.clone(), article: article.clone() })
        }
        _ => None,
    })
}

fn suggestions(state: &State, found: &[Found]) -> Option<What> {
    let fits = |found: &Found| match found {
        Found::Article { article, confidence } if *confidence >= SUGGEST && !state.offered.contains(&article.id) => {
            Some(article.clone())
        }
        _ => None,
    };
    let likely = |found: &Found| matches!(found, Found::Article { confidence, .. } if *confidence >= OFFER);
    if !found.iter().any(likely) {
        return None;
    }
    let articles: Vec<ArticleRef> = found.iter().filter_map(fits).take(MAX_SUGGESTIONS).collect();
    (!articles.is_empty()).then_some(What::Suggested { articles })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ArticleId;
    use crate::protocol::{Event, HandOffReason};

    fn article(id: &str, confidence: f32) -> Found {
        Found::Article { article: ArticleRef { id: ArticleId::parse(id).unwrap(), title: id.into() }, confidence }
    }

    fn fixed_answer(confidence: f32) -> Found {
        Found::Answer { id: AnswerId::parse("hours").unwrap(), text: "Nine to five.".into(), article: None, confidence }
    }

    fn id() -> EventId {
        EventId::parse("m1").unwrap()
    }

    fn after(events: Vec<(Author, What)>) -> State {
        let number = |(i, (by, what)): (usize, (Author, What))| Event {
            seq: i as u32 + 1,
            id: EventId::parse(&i.to_string()).unwrap(),
            at: 0,
            by,
            what,
        };
        State::replay(&events.into_iter().enumerate().map(number).collect::<Vec<_>>())
    }

    #[test]
    fn a_sure_answer_comes_before_articles_and_an_unsure_one_does_not_come() {
        let sure = decide(&State::default(), &id(), &[article("a", 0.9), fixed_answer(0.9)]).unwrap();
        assert!(matches!(sure.what, What::Answered { .. }));
        let unsure = decide(&State::default(), &id(), &[article("a", 0.9), fixed_answer(0.5)]).unwrap();
        assert!(matches!(unsure.what, What::Suggested { articles } if articles.len() == 1));
    }

    #[test]
    fn nothing_is_offered_twice_and_nothing_found_offers_a_person() {
        let state =
            after(vec![(Author::Assistant, decide(&State::default(), &id(), &[article("a", 0.9)]).unwrap().what)]);
        assert_eq!(decide(&state, &id(), &[article("a", 0.9)]).unwrap().what, What::FoundNothing);
        assert_eq!(decide(&state, &id(), &[article("b", 0.1)]).unwrap().what, What::FoundNothing);
    }

    #[test]
    fn the_assistant_is_silent_once_a_person_was_asked_for() {
        let state = after(vec![(Author::Visitor, crate::conversation::hand_off_to_escalations(HandOffReason::Asked))]);
        assert_eq!(decide(&state, &id(), &[fixed_answer(1.0)]), None);
    }
}
