//! Samples at random: what is explained is what is decided and suggested, and all that is said has nothing against it.

use super::super::case::AssistantCase;
use super::super::decide::{Message, decide};
use super::super::decision::Decision;
use super::super::found::Found;
use super::super::judge::judge;
use super::super::rules::{NothingFound, Rules};
use super::super::traces::{AssistantExplanation, CandidateKind, CandidateTrace};
use super::super::visitor::VisitorContext;
use super::{ARTICLES, NOW, World};
use crate::conversation::State;
use crate::dice::Dice;
use crate::ids::{AnswerId, ArticleId, EventId};
use crate::protocol::{ArticleRef, HandOffReason};
use std::collections::BTreeSet;

/// Enough that every reason and every decision comes up many times.
const CASES: u64 = 600;

const TEXTS: [&str; 24] = [
    "change my delivery address",
    "addr",
    "where is my parcel",
    "track my ord",
    "lamp",
    "the lamp flickers and the wifi is lost",
    "refund",
    "when does my refund arrive",
    "cancel order",
    "how much is delivery",
    "are you open on sunday",
    "delivery",
    "order",
    "parcel",
    "xyzzy",
    "qwertz uiop",
    "",
    "the of and",
    "can I get a quote for lamps",
    "let me talk to a person",
    "this is unacceptable",
    "no",
    "connect lamp",
    "how long does delivery of a parcel take",
];

fn case(dice: &mut Dice) -> AssistantCase {
    let some = |dice: &mut Dice, times: u64| -> Vec<ArticleId> {
        let chosen = ARTICLES.iter().filter(|_| dice.one_in(times));
        chosen.map(|(id, ..)| ArticleId::parse(id).unwrap()).collect()
    };
    let visitor = VisitorContext {
        trial: dice.one_in(30),
        products: if dice.one_in(3) { vec!["smart".into()] } else { Vec::new() },
        questions: dice.under(11) as u32,
        ..VisitorContext::default()
    };
    AssistantCase {
        text: String::from(*dice.pick(&TEXTS)),
        page: String::from(*dice.pick(&["", "https://shop.example/lamps/7?a=1", "/cart"])),
        locale: "en".into(),
        visitor,
        showing: some(dice, 5).into_iter().take(3).collect(),
        shown: some(dice, 8),
        opened: some(dice, 12),
        dismissed: some(dice, 12),
        read: if dice.one_in(4) { some(dice, 6) } else { Vec::new() },
        suggested: some(dice, 10),
        answered: if dice.one_in(4) { vec![AnswerId::parse("hours").unwrap()] } else { Vec::new() },
        found_nothing: dice.one_in(4),
        with_people: dice.one_in(12),
        about: some(dice, 6),
        showing_answer: dice.one_in(3).then(|| AnswerId::parse("hours").unwrap()),
        dismissed_answers: if dice.one_in(5) { vec![AnswerId::parse("delivery-cost").unwrap()] } else { Vec::new() },
    }
}

fn rules(dice: &mut Dice) -> Rules {
    Rules {
        answer_at: *dice.pick(&[30, 50, 70]),
        suggest_at: *dice.pick(&[5, 20, 40]),
        beside_at: *dice.pick(&[2, 10, 45]),
        suggestions: *dice.pick(&[0, 1, 3, 3]),
        nothing_found: *dice.pick(&[NothingFound::Ask, NothingFound::Ask, NothingFound::HandOff]),
        ..Rules::default()
    }
}

/// The rules of a decision once more and without evidence, as a list of questions.
fn by_the_book(state: &State, text: &str, found: &[Found], rules: &Rules, visitor: &VisitorContext) -> Decision {
    let reaches = |confidence: f32, at: u8| (confidence * 100.0).round() as u8 >= at;
    if !state.assistant_may_speak() {
        return Decision::Silent;
    }
    if let Some((reason, _)) = rules.people_first.cause(state, text, visitor, NOW) {
        return Decision::HandOff(reason);
    }
    let read = &state.context.recent;
    let stood = |id: &ArticleId| {
        let shown = &state.context.shown;
        shown.iter().any(|one| one.article.id == *id && one.standing && one.helped.is_none() && !one.passed_over)
    };
    let tried = |id: &ArticleId| {
        let is_new = stood(id) && state.offered.as_ref() != Some(id);
        !is_new && (state.tried.contains(id) || read.contains(id))
    };
    for one in found {
        if let Found::Answer { id, text, article, confidence } = one {
            let in_short_what_was_read = article.as_ref().is_some_and(|article| read.contains(&article.id));
            if reaches(*confidence, rules.answer_at) && !state.answered.contains(id) && !in_short_what_was_read {
                let article = article.clone().filter(|article| !tried(&article.id));
                return Decision::Answer { answer: id.clone(), text: text.clone(), article };
            }
        }
    }
    let articles: Vec<(&ArticleRef, f32)> = found
        .iter()
        .filter_map(|found| match found {
            Found::Article { article, confidence } => Some((article, *confidence)),
            Found::Answer { .. } => None,
        })
        .collect();
    let may_suggest = read.is_empty() || state.assistant_spoke;
    let is_any_likely = articles.iter().any(|(_, confidence)| reaches(*confidence, rules.suggest_at));
    let others_fit = |confidence: f32| may_suggest && is_any_likely && reaches(confidence, rules.beside_at);
    let fit: Vec<&ArticleRef> = articles
        .iter()
        .filter(|(article, confidence)| !tried(&article.id) && (stood(&article.id) || others_fit(*confidence)))
        .map(|(article, _)| *article)
        .collect();
    let (most, standing) = (usize::from(rules.suggestions), fit.iter().filter(|article| stood(&article.id)).count());
    let (mut first, mut then) = (most.min(standing), most.saturating_sub(standing));
    let said: Vec<ArticleRef> = fit
        .into_iter()
        .filter(|article| {
            let left = if stood(&article.id) { &mut first } else { &mut then };
            let is_said = *left > 0;
            *left = left.saturating_sub(1);
            is_said
        })
        .cloned()
        .collect();
    if !said.is_empty() {
        return Decision::Suggest(said);
    }
    if state.told_nothing || rules.nothing_found == NothingFound::HandOff {
        Decision::HandOff(HandOffReason::NothingFound)
    } else {
        Decision::Ask
    }
}

/// The ids of the candidates of a kind that nothing speaks against.
fn free(candidates: &[CandidateTrace], kind: CandidateKind) -> Vec<&str> {
    let free = candidates.iter().filter(|one| one.kind == kind && one.why_not.is_empty());
    free.map(|one| one.id.as_str()).collect()
}

#[test]
fn what_is_explained_is_what_is_decided_and_suggested() {
    let world = World::new();
    let mut dice = Dice::new(13);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut answered_while_typing = 0;
    for _ in 0..CASES {
        let (case, rules) = (case(&mut dice), rules(&mut dice));
        let found = world.found(&case);
        let state = world.sending(&case).state(NOW);
        let AssistantExplanation { typing, sent, .. } = world.explain(&case, &rules);

        let id = EventId::parse("m").unwrap();
        let message = Message { id: &id, text: &case.text };
        let decision = decide(&state, &message, &found, &rules, &case.visitor, NOW);
        assert_eq!(decision, by_the_book(&state, &case.text, &found, &rules, &case.visitor), "{case:?} {rules:?}");
        assert_eq!(sent.decision, decision, "{case:?}");
        let answers = free(&sent.candidates, CandidateKind::Answer);
        let articles = free(&sent.candidates, CandidateKind::Article);
        match &decision {
            Decision::Answer { answer, .. } => assert_eq!((answers, articles), (vec![answer.as_str()], vec![])),
            Decision::Suggest(said) => {
                let said: Vec<&str> = said.iter().map(|article| article.id.as_str()).collect();
                assert_eq!((answers, articles), (vec![], said), "{case:?}");
            }
            Decision::Ask | Decision::HandOff(_) | Decision::Silent => {
                assert!(answers.is_empty() && articles.is_empty(), "{case:?} {sent:?}");
            }
        }

        let shown = world.answer(&case);
        let shown: Vec<&str> = shown.hits().iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(typing.answer.iter().map(AnswerId::as_str).collect::<Vec<_>>(), shown, "{case:?}");
        assert_eq!(free(&typing.candidates, CandidateKind::Answer), shown, "{case:?} {typing:?}");
        answered_while_typing += shown.len();
        let suggested = world.suggested(&case);
        let told: Vec<&str> = typing.suggested.iter().map(ArticleId::as_str).collect();
        assert_eq!(told, suggested, "{case:?}");
        let mut free = free(&typing.candidates, CandidateKind::Article);
        let mut suggested: Vec<&str> = suggested.iter().map(String::as_str).collect();
        free.sort_unstable();
        suggested.sort_unstable();
        assert_eq!(free, suggested, "{case:?} {typing:?}");

        for about in &case.about {
            for candidates in [&typing.candidates, &sent.candidates] {
                let told =
                    candidates.iter().filter(|one| one.kind == CandidateKind::Article && one.id == about.as_str());
                assert_eq!(told.count(), 1, "{about} is told of once: {case:?}");
            }
        }
        seen.extend(typing.candidates.iter().chain(&sent.candidates).flat_map(|one| &one.why_not).map(name));
        seen.insert(name(&decision));
    }
    assert!(answered_while_typing > 20, "{answered_while_typing}");
    let expected = [
        "AnswerFirst",
        "Answer",
        "Ask",
        "Dismissed",
        "EnoughOthers",
        "FromHelpCentre",
        "Given",
        "HandOff",
        "NotSure",
        "Opened",
        "PeopleFirst",
        "Read",
        "Silent",
        "Suggest",
        "Tried",
        "WithPeople",
    ];
    assert_eq!(seen, expected.map(String::from).into(), "every reason and every decision comes up");
}

/// The name of a variant.
fn name(of: &impl std::fmt::Debug) -> String {
    format!("{of:?}").split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().into()
}

#[test]
fn a_judgement_has_evidence_for_each_thing_that_was_found() {
    let world = World::new();
    let mut dice = Dice::new(14);
    for _ in 0..200 {
        let case = case(&mut dice);
        let found = world.found(&case);
        let judgement = judge(&case.state(NOW), &case.text, &found, &rules(&mut dice), &case.visitor, NOW);
        assert_eq!(judgement.against.len(), found.len());
    }
}
