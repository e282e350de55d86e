//! What is explained, as people read it.

use super::super::case::AssistantCase;
use super::super::decision::Decision;
use super::super::explain::explain;
use super::super::library::Library;
use super::super::rules::Rules;
use super::super::traces::{AssistantExplanation, CandidateTrace, TypingTrace};
use super::super::why_not::WhyNot;
use super::{NOW, World};
use crate::ids::{AnswerId, ArticleId};

/// The sentences of a case, before sending and after, and of each of its candidates that are asked about.
fn check(case: AssistantCase, expected: &[&str]) {
    let AssistantExplanation { typing, sent, .. } = World::new().explain(&case, &Rules::default());
    let about: Vec<String> = case.about.iter().map(|id| id.as_str().into()).collect();
    let named = |candidates: Vec<CandidateTrace>| {
        candidates.into_iter().filter(|one| about.contains(&one.id)).map(|one| one.sentence).collect::<Vec<_>>()
    };
    let mut sentences = vec![typing.sentence];
    sentences.extend(named(typing.candidates));
    sentences.push(sent.sentence);
    sentences.extend(named(sent.candidates));
    assert_eq!(sentences, expected);
}

fn about(text: &str, id: &str) -> AssistantCase {
    AssistantCase { text: text.into(), about: vec![ArticleId::parse(id).unwrap()], ..AssistantCase::default() }
}

#[test]
fn nothing_fits() {
    check(
        about("xyzzy", "wifi"),
        &[
            "Nothing is suggested while typing: nothing that is published has any of the words.",
            "It is not likely enough: 0 %, and it needs 12 %. It has none of the words.",
            "After sending, the assistant says that it found nothing and offers a person: nothing that is published has any of \
             the words.",
            "It is not likely enough: 0 %, and it needs 28 %. It has none of the words.",
        ],
    );
}

#[test]
fn an_article_fits() {
    check(
        about("where is my parcel", "track"),
        &[
            "While typing, this is suggested: “Track a parcel”.",
            "It is suggested. It is 69.4 % likely. It has “where”, “is” and “parcel”.",
            "After sending, the assistant suggests “Track a parcel”.",
            "It is suggested. It is 69.4 % likely. It has “where”, “is” and “parcel”.",
        ],
    );
    check(
        AssistantCase { page: "/lamps/7".into(), ..about("lamp", "flicker") },
        &[
            "While typing, this is suggested: “Lamp flickers” and “Connect a lamp to Wi-Fi”.",
            "It is suggested. It is 100 % likely. It has “lamp”. It belongs to /lamps, which makes it likelier.",
            "After sending, the assistant suggests “Lamp flickers” and “Connect a lamp to Wi-Fi”.",
            "It is suggested. It is 100 % likely. It has “lamp”. It belongs to /lamps, which makes it likelier.",
        ],
    );
}

#[test]
fn an_answer_stands_above_the_articles() {
    check(
        about("how much is delivery", "delivery"),
        &[
            "While typing, this is suggested: the answer “delivery-cost”, “How long delivery takes” and “Change your delivery \
             address”.",
            "It is suggested. It is 31.5 % likely. It has “how” and “delivery”.",
            "After sending, the assistant suggests “How long delivery takes” and “Change your delivery address”.",
            "It is suggested. It is 31.5 % likely. It has “how” and “delivery”.",
        ],
    );
    let of_cost = |case: AssistantCase| {
        let typing: TypingTrace = World::new().explain(&case, &Rules::default()).typing;
        assert_eq!(typing.answer, None);
        typing.candidates.into_iter().find(|one| one.id == "delivery-cost").unwrap().sentence
    };
    let text = || about("how much is delivery", "delivery");
    let cost = || vec![AnswerId::parse("delivery-cost").unwrap()];
    assert_eq!(
        of_cost(AssistantCase { dismissed_answers: cost(), ..text() }),
        "The visitor has said that it did not help. It has “how”, “much”, “is” and “delivery”."
    );
    assert_eq!(
        of_cost(AssistantCase { answered: cost(), ..text() }),
        "It was given in this conversation before. It has “how”, “much”, “is” and “delivery”."
    );
    assert_eq!(
        of_cost(about("talk to a person: how much is delivery", "delivery")),
        "It is not likely enough: 11.4 %, and it needs 50 %. The message goes straight to a person, because it asks for a person. \
         It has “how”, “much”, “is” and “delivery”."
    );
}

#[test]
fn the_visitor_knows_what_fits_already() {
    let track = vec![ArticleId::parse("track").unwrap()];
    check(
        AssistantCase { read: track.clone(), ..about("where is my parcel", "track") },
        &[
            "Nothing is suggested while typing. The likeliest answer is “delivery-cost”. It is not likely enough: 0.1 %, and it \
             needs 50 %. The likeliest article is “Track a parcel”. The visitor has just read it in the help centre.",
            "The visitor has just read it in the help centre. It has “where”, “is” and “parcel”.",
            "After sending, the assistant says that it found nothing and offers a person. The likeliest answer is \
             “delivery-cost”. It is not likely enough: 0.1 %, and it needs 90 %. The likeliest article is “Track a parcel”. The \
             visitor has just read it in the help centre. The visitor comes from the help centre, so no article is suggested at \
             the beginning.",
            "The visitor has just read it in the help centre. The visitor comes from the help centre, so no article is \
             suggested at the beginning. It has “where”, “is” and “parcel”.",
        ],
    );
    check(
        AssistantCase { dismissed: track, ..about("where is my parcel", "track") },
        &[
            "Nothing is suggested while typing. The likeliest answer is “delivery-cost”. It is not likely enough: 0.1 %, and it \
             needs 50 %. The likeliest article is “Track a parcel”. The visitor has said that it did not help.",
            "The visitor has said that it did not help. It has “where”, “is” and “parcel”.",
            "After sending, the assistant says that it found nothing and offers a person. The likeliest answer is \
             “delivery-cost”. It is not likely enough: 0.1 %, and it needs 90 %. The likeliest article is “Track a parcel”. The \
             visitor has said that it did not help.",
            "The visitor has said that it did not help. It has “where”, “is” and “parcel”.",
        ],
    );
}

#[test]
fn people_have_it() {
    check(
        about("can I get a quote for lamps", "flicker"),
        &[
            "While typing, this is suggested: “Lamp flickers”.",
            "It is suggested. It is 14.3 % likely. It has “a” and “lamps”.",
            "After sending, the message goes straight to a person, because it is about prices: it has the words “a quote”.",
            "The message goes straight to a person, because it is about prices. It has “a” and “lamps”.",
        ],
    );
    check(
        AssistantCase { with_people: true, ..about("lamp", "flicker") },
        &[
            "While typing, this is suggested: “Lamp flickers” and “Connect a lamp to Wi-Fi”.",
            "It is suggested. It is 76.2 % likely. It has “lamp”.",
            "After sending, the assistant is silent: people have the conversation.",
            "People have the conversation. It has “lamp”.",
        ],
    );
}

#[test]
fn without_an_index_nothing_is_published() {
    let library: Library<'_, Vec<u8>> = Library { locale: "en", articles: None, answers: None };
    let case = about("where is my parcel", "track");
    let AssistantExplanation { typing, sent, .. } = explain(&case, &library, &[], &Rules::default(), NOW);
    assert_eq!(typing.sentence, "Nothing is suggested while typing: no articles are published in this language.");
    assert_eq!((typing.candidates, typing.nothing), (Vec::new(), 1.0));
    assert_eq!(sent.decision, Decision::Ask);
    assert!(sent.candidates.is_empty());
}

#[test]
fn a_reason_says_what_a_threshold_lacks() {
    let world = World::new();
    let explained = world.explain(&about("how long does it take", "flicker"), &Rules::default());
    let one = explained.sent.candidates.iter().find(|one| one.id == "flicker").unwrap();
    assert!(one.why_not.iter().any(|why| matches!(why, WhyNot::NotSure { at_least: 12 | 28 })), "{one:?}");
}
