//! The dry run: what is suggested and said for a sample, and why nothing else.

use super::case::AssistantCase;
use super::found::Found;
use super::judge::{Judgement, judge};
use super::library::{Library, Sought, closed, query};
use super::people_first::Cause;
use super::rules::Rules;
use super::sentences::{GIVEN, SUGGESTED, sent_sentence};
use super::traces::{
    AssistantExplanation, CandidateKind, CandidateTrace, PeopleFirstTrace, SentThresholds, SentTrace, TypingTrace,
};
use super::typing::{Typing, TypingAnswers, candidate, explain_typing, words};
use super::why_not::WhyNot;
use crate::ids::{AnswerId, ArticleId};
use crate::matching::{Searched, SearchedDoc, Suggester};
use crate::protocol::{ArticleRef, Millis};

/// Explains what the panel suggests and the assistant does for a case. `found` is what the library gives for it, as for `decide`.
pub fn explain<B: AsRef<[u8]>>(
    case: &AssistantCase,
    library: &Library<'_, B>,
    found: &[Found],
    rules: &Rules,
    now: Millis,
) -> AssistantExplanation {
    let typing = typing(case, library, rules);
    let mut sending = case.clone();
    if sending.shown.is_empty() {
        sending.shown.clone_from(&typing.suggested);
    }
    let sent = sent(&sending, library, found, rules, now);
    AssistantExplanation { locale: String::from(library.locale), typing, sent }
}

fn typing<B: AsRef<[u8]>>(case: &AssistantCase, library: &Library<'_, B>, rules: &Rules) -> TypingTrace {
    let because =
        |ids: &[AnswerId], reason: WhyNot| ids.iter().map(|id| (String::from(id.as_str()), reason)).collect::<Vec<_>>();
    let answers_left_out =
        [because(&case.dismissed_answers, WhyNot::Dismissed), because(&case.answered, WhyNot::Given)].concat();
    explain_typing(
        library.articles,
        library.answers,
        &Typing {
            text: &case.text,
            page: case.path(),
            products: &case.visitor.products,
            before: &Suggester::default().showing(strings(&case.showing)),
            left_out: &left_out(case),
            about: &strings(&case.about),
            answers: TypingAnswers {
                before: &Suggester::of_answers().showing(case.showing_answer.iter().map(|id| id.as_str().into())),
                left_out: &answers_left_out,
                people_first: rules.people_first.subject_of(&case.text),
            },
        },
    )
}

/// What the panel does not suggest any more: what was opened in it, and what was read in the help centre.
fn left_out(case: &AssistantCase) -> Vec<(String, WhyNot)> {
    let because = |ids: &[ArticleId], reason: WhyNot| strings(ids).into_iter().map(move |id| (id, reason));
    because(&case.dismissed, WhyNot::Dismissed)
        .chain(because(&case.opened, WhyNot::Opened))
        .chain(because(&case.read, WhyNot::Read))
        .collect()
}

fn sent<B: AsRef<[u8]>>(
    case: &AssistantCase,
    library: &Library<'_, B>,
    found: &[Found],
    rules: &Rules,
    now: Millis,
) -> SentTrace {
    let state = case.state(now);
    let judged = |found: &[Found]| judge(&state, &case.text, found, rules, &case.visitor, now);
    let Judgement { decision, against, people_first } = judged(found);
    let seen = Seen::of(case, library, found);
    let mut candidates: Vec<CandidateTrace> =
        found.iter().zip(against).map(|(found, against)| seen.candidate(found, against)).collect();
    for one in seen.beside(found) {
        // Behind the others, so that it changes nothing for them.
        let mut against = judged(&[found, std::slice::from_ref(&one)].concat()).against.pop().unwrap_or_default();
        if against.is_empty() {
            against.push(WhyNot::EnoughOthers);
        }
        candidates.push(seen.candidate(&one, against));
    }
    let people_first = people_first.map(|(reason, cause)| PeopleFirstTrace {
        reason,
        pattern: match cause {
            Cause::Words(pattern) => Some(pattern),
            Cause::Visitor => None,
        },
    });
    SentTrace {
        sentence: sent_sentence(&decision, people_first.as_ref(), rules, &state, &candidates),
        decision,
        people_first,
        candidates,
        nothing: seen.articles.as_ref().map_or(1.0, |searched| searched.nothing),
        words: seen.articles.as_ref().map(words).unwrap_or_default(),
        thresholds: SentThresholds {
            answer_at: rules.answer_at,
            suggest_at: rules.suggest_at,
            beside_at: rules.beside_at,
            suggestions: rules.suggestions,
            nothing_found: rules.nothing_found,
        },
    }
}

/// What the search says of what it found.
struct Seen {
    articles: Option<Searched>,
    answers: Option<Searched>,
    /// Articles that are told of in any case.
    about: Vec<String>,
}

impl Seen {
    fn of<B: AsRef<[u8]>>(case: &AssistantCase, library: &Library<'_, B>, found: &[Found]) -> Self {
        let text = closed(&case.text);
        let sought = Sought { text: &case.text, page: case.path(), products: &case.visitor.products };
        let about = strings(&case.about);
        let ids = |kind: CandidateKind| found.iter().filter(move |one| kind_of(one) == kind).map(id_of);
        let named: Vec<String> = ids(CandidateKind::Article).chain(about.iter().cloned()).collect();
        let answers: Vec<String> = ids(CandidateKind::Answer).collect();
        let asked = query(&text, &sought, 0);
        Self {
            articles: library.articles.map(|index| index.explain(&asked, &named)),
            answers: library.answers.map(|index| index.explain(&asked, &answers)),
            about,
        }
    }

    /// The articles that are told of in any case and were not found.
    fn beside(&self, found: &[Found]) -> Vec<Found> {
        let is_missing = |doc: &&SearchedDoc| {
            self.about.contains(&doc.id)
                && found.iter().all(|found| kind_of(found) != CandidateKind::Article || id_of(found) != doc.id)
        };
        let docs = self.articles.iter().flat_map(|searched| &searched.docs).filter(is_missing);
        docs.filter_map(|doc| {
            let article = ArticleRef { id: ArticleId::parse(&doc.id).ok()?, title: doc.title.clone() };
            Some(Found::Article { article, confidence: doc.confidence })
        })
        .collect()
    }

    fn candidate(&self, found: &Found, why_not: Vec<WhyNot>) -> CandidateTrace {
        let kind = kind_of(found);
        let id = id_of(found);
        let searched = if kind == CandidateKind::Answer { &self.answers } else { &self.articles };
        let seen = searched.iter().flat_map(|searched| &searched.docs).find(|doc| doc.id == id);
        let title = match found {
            Found::Answer { .. } => id.clone(),
            Found::Article { article, .. } => article.title.clone(),
        };
        let doc = SearchedDoc {
            confidence: found.confidence(),
            words: seen.map(|doc| doc.words.clone()).unwrap_or_default(),
            lifted_by: seen.and_then(|doc| doc.lifted_by.clone()),
            id,
            title,
        };
        candidate(&doc, kind, why_not, if kind == CandidateKind::Answer { GIVEN } else { SUGGESTED })
    }
}

fn kind_of(found: &Found) -> CandidateKind {
    match found {
        Found::Answer { .. } => CandidateKind::Answer,
        Found::Article { .. } => CandidateKind::Article,
    }
}

fn id_of(found: &Found) -> String {
    String::from(match found {
        Found::Answer { id, .. } => id.as_str(),
        Found::Article { article, .. } => article.id.as_str(),
    })
}

fn strings(ids: &[ArticleId]) -> Vec<String> {
    ids.iter().map(|id| String::from(id.as_str())).collect()
}
