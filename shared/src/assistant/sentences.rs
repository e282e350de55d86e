//! An explanation in plain sentences.

use super::decision::Decision;
use super::rules::{NothingFound, Rules};
use super::traces::{CandidateKind, CandidateTrace, PeopleFirstTrace};
use super::why_not::WhyNot;
use crate::conversation::State;
use crate::matching::{Hit, Searched, SearchedDoc, Suggester};
use crate::protocol::HandOffReason;

/// What is said of an answer while typing.
pub(super) const STANDS: &str = "It stands above the articles.";
/// What is said of an answer after sending.
pub(super) const GIVEN: &str = "It is given.";
/// What is said of an article.
pub(super) const SUGGESTED: &str = "It is suggested.";

/// What is suggested while typing, or why nothing is.
pub(super) fn typing_sentence(
    searched: Option<&Searched>,
    answers: &Suggester,
    articles: &[Hit],
    candidates: &[CandidateTrace],
) -> String {
    let Some(searched) = searched else {
        return String::from("Nothing is suggested while typing: no articles are published in this language.");
    };
    let answer = answers.hits().iter().map(|hit| format!("the answer {}", quoted(&hit.id)));
    let titles: Vec<String> = answer.chain(articles.iter().map(|hit| quoted(&hit.title))).collect();
    if !titles.is_empty() {
        return format!("While typing, this is suggested: {}.", joined(&titles));
    }
    if searched.words.is_empty() {
        return String::from("Nothing is suggested while typing: the text has no word.");
    }
    format!("Nothing is suggested while typing{}", because_of_the_best(candidates))
}

/// What is done about a message, and why.
pub(super) fn sent_sentence(
    decision: &Decision,
    people_first: Option<&PeopleFirstTrace>,
    rules: &Rules,
    state: &State,
    candidates: &[CandidateTrace],
) -> String {
    match decision {
        Decision::Answer { answer, .. } => format!("After sending, the answer {} is given.", quoted(answer.as_str())),
        Decision::Suggest(articles) => {
            let titles: Vec<String> = articles.iter().map(|article| quoted(&article.title)).collect();
            format!("After sending, the assistant suggests {}.", joined(&titles))
        }
        Decision::Silent => String::from("After sending, the assistant is silent: people have the conversation."),
        Decision::Ask => format!(
            "After sending, the assistant says that it found nothing and offers a person{}",
            because_of_the_best(candidates)
        ),
        Decision::HandOff(reason) => match people_first {
            Some(PeopleFirstTrace { pattern: Some(pattern), .. }) => format!(
                "After sending, the message goes straight to a person, because {}: it has the words {}.",
                reason_words(*reason),
                quoted(pattern)
            ),
            Some(PeopleFirstTrace { pattern: None, .. }) => {
                format!("After sending, the message goes straight to a person, because {}.", reason_words(*reason))
            }
            None => {
                let rule = match (state.told_nothing, rules.nothing_found) {
                    (true, _) => "the assistant has said once that it found nothing",
                    (false, NothingFound::HandOff | NothingFound::Ask) => "the rules want people when nothing fits",
                };
                format!("After sending, the message goes to people, because {rule}{}", because_of_the_best(candidates))
            }
        },
    }
}

/// What came of one candidate.
pub(super) fn candidate_sentence(said: &str, doc: &SearchedDoc, why_not: &[WhyNot]) -> String {
    let mut sentences: Vec<String> = why_not.iter().map(|reason| why_not_sentence(*reason, doc.confidence)).collect();
    if sentences.is_empty() {
        sentences.push(format!("{said} It is {} likely.", percent(doc.confidence)));
    }
    sentences.push(match doc.words.as_slice() {
        [] => String::from("It has none of the words."),
        words => format!("It has {}.", joined(&words.iter().map(|word| quoted(word)).collect::<Vec<_>>())),
    });
    if let Some(lifted_by) = &doc.lifted_by {
        sentences.push(format!("It belongs to {lifted_by}, which makes it likelier."));
    }
    sentences.join(" ")
}

fn why_not_sentence(reason: WhyNot, likelihood: f32) -> String {
    match reason {
        WhyNot::NotSure { at_least } => {
            format!("It is not likely enough: {}, and it needs {at_least} %.", percent(likelihood))
        }
        WhyNot::Tried => String::from("It was suggested before, or passed over."),
        WhyNot::Opened => String::from("The visitor has opened it."),
        WhyNot::Dismissed => String::from("The visitor has said that it did not help."),
        WhyNot::Read => String::from("The visitor has just read it in the help centre."),
        WhyNot::Given => String::from("It was given in this conversation before."),
        WhyNot::FromHelpCentre => {
            String::from("The visitor comes from the help centre, so no article is suggested at the beginning.")
        }
        WhyNot::AnswerFirst => String::from("An answer is given in its place."),
        WhyNot::EnoughOthers => String::from("Others are likelier, and no more are suggested at once."),
        WhyNot::PeopleFirst { reason } => {
            format!("The message goes straight to a person, because {}.", reason_words(reason))
        }
        WhyNot::WithPeople => String::from("People have the conversation."),
    }
}

/// What speaks against the likeliest answer and article that have any of the words, as the end of a sentence.
fn because_of_the_best(candidates: &[CandidateTrace]) -> String {
    let best = |kind: CandidateKind| {
        let possible = candidates.iter().filter(|one| one.kind == kind && !one.words.is_empty());
        possible.reduce(|best, other| if other.likelihood > best.likelihood { other } else { best })
    };
    let told: Vec<String> = [(CandidateKind::Answer, "answer"), (CandidateKind::Article, "article")]
        .into_iter()
        .filter_map(|(kind, name)| Some((best(kind)?, name)))
        .map(|(best, name)| {
            let reasons = best.why_not.iter().map(|reason| why_not_sentence(*reason, best.likelihood));
            format!(" The likeliest {name} is {}. {}", quoted(&best.title), reasons.collect::<Vec<_>>().join(" "))
        })
        .collect();
    if told.is_empty() {
        String::from(": nothing that is published has any of the words.")
    } else {
        [".", &told.concat()].concat()
    }
}

fn reason_words(reason: HandOffReason) -> &'static str {
    match reason {
        HandOffReason::Asked => "it asks for a person",
        HandOffReason::NotHelped => "it says that the last answer did not help",
        HandOffReason::NothingFound => "nothing fits",
        HandOffReason::PersonJoined => "a person has joined",
        HandOffReason::ByRule => "the site owner wants people for it",
        HandOffReason::Pricing => "it is about prices",
        HandOffReason::Upgrade => "it is about a larger plan",
        HandOffReason::Cancellation => "it is about leaving",
        HandOffReason::Complaint => "it is a complaint",
        HandOffReason::AtRisk => "the visitor may leave",
        HandOffReason::HighTouch => "the visitor has asked many questions",
        HandOffReason::NewCustomer => "the visitor is new or on trial",
    }
}

/// A likelihood as people read it; cut, so that what lacks a little of a threshold does not look as if it reached it.
fn percent(likelihood: f32) -> String {
    let tenths = (f64::from(likelihood) * 1_000.0 + TENTH_SLACK).floor() / 10.0;
    format!("{tenths} %")
}

/// What a number loses between 32 and 64 bits: 0.3 is 29.999 hundredths.
const TENTH_SLACK: f64 = 1e-3;

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
