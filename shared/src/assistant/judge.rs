//! The judgement: what is decided about a message, and what speaks against each thing that was found.
//!
//! A found answer or article is said exactly if nothing speaks against it. So the evidence is no second opinion: the decision is
//! read from it.

use super::decision::Decision;
use super::found::Found;
use super::people_first::Cause;
use super::rules::{NothingFound, Rules, is_sure};
use super::visitor::{VisitorContext, just_read};
use super::why_not::WhyNot;
use crate::conversation::State;
use crate::ids::ArticleId;
use crate::protocol::{ArticleRef, HandOffReason, Millis};

/// What is decided about a message, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judgement {
    pub(super) decision: Decision,
    /// For each thing that was found, in the same order, all that speaks against saying it.
    pub(super) against: Vec<Vec<WhyNot>>,
    /// Why the message goes straight to a person, if it does.
    pub(super) people_first: Option<(HandOffReason, Cause)>,
}

/// Judges a message on what is known now. `found` is best first.
pub(super) fn judge(
    state: &State,
    text: &str,
    found: &[Found],
    rules: &Rules,
    visitor: &VisitorContext,
    now: Millis,
) -> Judgement {
    let is_silent = !state.assistant_may_speak();
    let people_first = if is_silent { None } else { rules.people_first.cause(state, text, visitor, now) };
    let for_people = match &people_first {
        _ if is_silent => Some(WhyNot::WithPeople),
        Some((reason, _)) => Some(WhyNot::PeopleFirst { reason: *reason }),
        None => None,
    };
    let scene = Scene { state, rules, read: just_read(state, now), found, for_people };
    let against = scene.against();
    let decision = match &people_first {
        _ if is_silent => Decision::Silent,
        Some((reason, _)) => Decision::HandOff(*reason),
        None => scene.said(&against).unwrap_or_else(|| nothing_found(state, rules)),
    };
    Judgement { decision, against, people_first }
}

/// What a judgement looks at.
struct Scene<'a> {
    state: &'a State,
    rules: &'a Rules,
    /// What was read in the help centre just now.
    read: &'a [ArticleId],
    found: &'a [Found],
    /// Why nothing at all is said, if people have the message.
    for_people: Option<WhyNot>,
}

impl Scene<'_> {
    /// What speaks against each thing that was found.
    fn against(&self) -> Vec<Vec<WhyNot>> {
        let mut against: Vec<Vec<WhyNot>> = self.found.iter().map(|found| self.against_itself(found)).collect();
        // One answer is enough, and it takes the place of articles.
        let mut answers = false;
        for (found, against) in self.found.iter().zip(&mut against) {
            if let Found::Answer { .. } = found {
                if answers {
                    against.push(WhyNot::AnswerFirst);
                }
                answers |= against.is_empty();
            }
        }
        // What stood before the visitor's eyes goes before what did not, however likely that is.
        let most = usize::from(self.rules.suggestions);
        let free = self.found.iter().zip(&against).filter(|(_, against)| against.is_empty());
        let standing = free.filter(|(found, _)| self.stands(found)).count();
        let (mut stood, mut others) = (0, 0);
        for (found, against) in self.found.iter().zip(&mut against) {
            if let Found::Article { .. } = found {
                if answers {
                    against.push(WhyNot::AnswerFirst);
                }
                let (said, most) =
                    if self.stands(found) { (&mut stood, most) } else { (&mut others, most.saturating_sub(standing)) };
                if *said >= most {
                    against.push(WhyNot::EnoughOthers);
                }
                *said += usize::from(against.is_empty());
            }
        }
        against
    }

    /// What speaks against a thing, whatever else was found, but that a likelier article lets less likely ones in beside it.
    fn against_itself(&self, found: &Found) -> Vec<WhyNot> {
        let mut against: Vec<WhyNot> = self.for_people.into_iter().collect();
        let at_least = match found {
            Found::Answer { .. } => self.rules.answer_at,
            Found::Article { .. } if self.has_likely_article() => self.rules.beside_at,
            // Alone, the least that both ask for.
            Found::Article { .. } => self.rules.suggest_at.max(self.rules.beside_at),
        };
        let stands = self.stands(found);
        if !stands && (!is_sure(found.confidence(), at_least) || self.lacks_likely_article(found)) {
            against.push(WhyNot::NotSure { at_least });
        }
        match found {
            Found::Answer { id, article, .. } => {
                if self.state.context.answers.contains(id) {
                    against.push(WhyNot::Dismissed);
                } else if self.state.answered.contains(id) {
                    against.push(WhyNot::Given);
                }
                if article.as_ref().is_some_and(|article| self.read.contains(&article.id)) {
                    against.push(WhyNot::Read);
                }
            }
            Found::Article { article, .. } => {
                against.extend(self.tried(&article.id));
                if !stands && !self.read.is_empty() && !self.state.assistant_spoke {
                    against.push(WhyNot::FromHelpCentre);
                }
            }
        }
        against
    }

    /// Whether an article is likely enough to be suggested by itself. One that was tried counts too: the message is about it.
    fn has_likely_article(&self) -> bool {
        let is_likely = |found: &Found| matches!(found, Found::Article { confidence, .. } if is_sure(*confidence, self.rules.suggest_at));
        self.found.iter().any(is_likely)
    }

    fn lacks_likely_article(&self, found: &Found) -> bool {
        matches!(found, Found::Article { .. }) && !self.has_likely_article()
    }

    /// Whether it is an article that stood above the composer when the message was sent. The visitor may mean it, however unsure
    /// the search is, and must not hear that nothing was found while it was on their screen.
    fn stands(&self, found: &Found) -> bool {
        matches!(found, Found::Article { article, .. } if self.is_standing(&article.id))
    }

    fn is_standing(&self, id: &ArticleId) -> bool {
        let shown = &self.state.context.shown;
        shown.iter().any(|shown| shown.article.id == *id && shown.standing && !shown.is_turned_down())
    }

    /// How the visitor knows an article already, if they do. What stands there may be said again for another question, but not
    /// right after it was suggested: who writes on then has seen it.
    fn tried(&self, id: &ArticleId) -> Option<WhyNot> {
        if self.is_standing(id) && self.state.offered.as_ref() != Some(id) {
            return None;
        }
        if self.read.contains(id) {
            return Some(WhyNot::Read);
        }
        if !self.state.tried.contains(id) {
            return None;
        }
        let shown = self.state.context.shown.iter().find(|shown| shown.article.id == *id);
        Some(match shown {
            Some(shown) if shown.helped == Some(false) => WhyNot::Dismissed,
            Some(_) | None => WhyNot::Tried,
        })
    }

    /// What is said: all that nothing speaks against.
    fn said(&self, against: &[Vec<WhyNot>]) -> Option<Decision> {
        let free = || self.found.iter().zip(against).filter(|(_, against)| against.is_empty()).map(|(found, _)| found);
        let answer = free().find_map(|found| match found {
            Found::Answer { id, text, article, .. } => Some(Decision::Answer {
                answer: id.clone(),
                text: text.clone(),
                article: article.clone().filter(|article| self.tried(&article.id).is_none()),
            }),
            Found::Article { .. } => None,
        });
        let articles = || -> Vec<ArticleRef> {
            free()
                .filter_map(|found| match found {
                    Found::Article { article, .. } => Some(article.clone()),
                    Found::Answer { .. } => None,
                })
                .collect()
        };
        answer.or_else(|| Some(articles()).filter(|articles| !articles.is_empty()).map(Decision::Suggest))
    }
}

/// "I found nothing" is said once; a visitor who hears it a second time is in a loop.
fn nothing_found(state: &State, rules: &Rules) -> Decision {
    if state.told_nothing || rules.nothing_found == NothingFound::HandOff {
        Decision::HandOff(HandOffReason::NothingFound)
    } else {
        Decision::Ask
    }
}
