//! Curated answers while a visitor types: how they travel, and what comes of one that was read.

use serde_json::{Value, json};
use shared::assistant::{Answers, AssistantExplanation, Decision};
use shared::ids::AnswerId;
use shared::matching::{Query, Suggester};
use shared::protocol::*;
use shared::report::Rate;
use tests::edge::PUBLISH_TOKEN;
use tests::people::{context, conversation, id};
use tests::{Agent, Edge, Visitor};

/// What the demo surely has an answer on, and its name.
const QUESTION: &str = "what are your opening hours";
const ANSWER: &str = "opening-hours";

fn boot(edge: &Edge, locale: &str) -> Boot {
    edge.client().get(&format!("/api/w/demo/boot?locale={locale}")).send().ok()
}

/// The answer that a panel would show for a text.
fn shown(answers: &Answers, text: &str) -> Option<String> {
    let mut shown = Suggester::of_answers();
    shown.found(answers.search(&Query { text, limit: Suggester::LOOK_AT, ..Query::default() }, &shown));
    shown.hits().first().map(|hit| hit.id.clone())
}

fn load(edge: &Edge, place: &str) -> Answers {
    let file = edge.client().get(place).send();
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    Answers::open(file.body).unwrap()
}

fn with_settings(edge: &Edge, change: impl Fn(&mut Value)) {
    let mut content = edge.content();
    change(&mut content);
    edge.publish(&content);
}

#[test]
fn answers_travel_beside_the_articles_under_an_address_of_their_own() {
    let edge = Edge::start();
    let place = boot(&edge, "en").answers.unwrap();
    let answers = load(&edge, &place);
    assert_eq!(shown(&answers, QUESTION).as_deref(), Some(ANSWER));
    assert_eq!(shown(&answers, &format!("talk to a human: {QUESTION}")), None, "people come first");
    assert_eq!(boot(&edge, "en").answers, Some(place.clone()), "it is the same as long as nothing changes");
    assert_eq!(boot(&edge, "tr").answers, None, "none are written in Turkish");

    // Other words for people are another file.
    with_settings(&edge, |content| {
        content["settings"]["assistant"]["people_first"]["other"]["en"] = json!(["opening hours"]);
    });
    let other = boot(&edge, "en").answers.unwrap();
    assert_ne!(other, place);
    assert_eq!(shown(&load(&edge, &other), QUESTION), None);
    assert_eq!(edge.client().get(&place).send().refusal(), (404, ErrorCode::UnknownDoor));
    for name in ["en", "en.bin", "en..bin", "en.%2e%2e.bin", "xx.aaaaaaaaaaaaaaaa.bin"] {
        let refused = edge.client().get(&format!("/w/demo/answers/{name}")).send();
        assert_eq!(refused.refusal(), (404, ErrorCode::UnknownDoor), "{name}");
    }
    with_settings(&edge, |content| content["answers"] = json!([]));
    assert_eq!(boot(&edge, "en").answers, None, "a site without answers pays nothing for them");
}

#[test]
fn an_answer_is_read_whole_and_leads_to_its_article_for_who_may_read_that() {
    let edge = Edge::start();
    let read = |path: &str| edge.client().get(&format!("/api/w/demo/answers/{path}?read=1")).send();
    let answer: AnswerToRead = read("en/where-we-ship").ok();
    assert_eq!((answer.locale.as_str(), answer.id.as_str()), ("en", "where-we-ship"));
    let text = serde_json::to_string(&answer.blocks).unwrap();
    assert!(text.contains("We ship to 36 countries") && text.contains("countries-we-ship-to"), "{text}");
    for path in ["en/nothing", "en/Not%20A%20Slug", "not%20a%20tag/where-we-ship"] {
        assert_eq!(read(path).refusal(), (404, ErrorCode::UnknownAnswer), "{path}");
    }
    let source = edge.client().get("/api/w/demo/answers/en/where-we-ship");
    assert_eq!(source.send().refusal().1, ErrorCode::NotSignedIn, "as it was written, it is the publisher's");
    let source = edge.client().get("/api/w/demo/answers/en/where-we-ship").bearer(PUBLISH_TOKEN).send();
    assert_eq!(source.ok::<AnswerSource>().article.unwrap().as_str(), "countries-we-ship-to");

    with_settings(&edge, |content| {
        for article in content["articles"].as_array_mut().unwrap() {
            if article["id"] == "countries-we-ship-to" {
                article["audience"] = json!(["staff"]);
            }
        }
    });
    let answer: AnswerToRead = read("en/where-we-ship").ok();
    assert!(!serde_json::to_string(&answer.blocks).unwrap().contains("countries-we-ship-to"));
}

#[test]
fn an_answer_that_helped_before_sending_is_counted_once_as_solved_by_an_answer() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let tell = |body: &Value| edge.client().post("/api/w/demo/resolutions").json(body).send();
    let said =
        |number: u8, helped: bool| json!({ "id": id(number), "answer": ANSWER, "locale": "en-GB", "helped": helped });
    for body in [said(1, true), said(1, true), said(2, false)] {
        assert_eq!(tell(&body).status, 204);
    }
    let unknown = json!({ "id": id(3), "answer": "nothing", "locale": "en", "helped": true });
    assert_eq!(tell(&unknown).refusal(), (404, ErrorCode::UnknownAnswer));
    let mut both = said(4, true);
    both["article"] = json!("track-a-parcel");
    let neither = json!({ "id": id(5), "locale": "en", "helped": true });
    for body in [both, neither] {
        assert_eq!(tell(&body).refusal().1, ErrorCode::InvalidRequest, "{body}");
    }
    let report = agent.report();
    let counters = &report.now[ANSWER];
    assert_eq!(counters.roar().answers, Rate { part: 1, whole: 1 }, "{report:#?}");
    assert_eq!(counters.roar().suggestions.part, 0);
    assert_eq!(agent.inbox(), [], "it opens nothing");
}

#[test]
fn an_answer_that_did_not_help_before_sending_is_not_given_after_it() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let answered = |number: u8, answers: Vec<AnswerId>| {
        let visitor = Visitor::new(&edge, number);
        let context = Context { shown: Vec::new(), answers, ..context() };
        let action = VisitorAction::Say { text: QUESTION.into(), context };
        let events = visitor.command(&conversation(number), 0, id(number), action);
        events.iter().any(|event| matches!(&event.what, What::Answered { answer, .. } if answer.as_str() == ANSWER))
    };
    let answer = AnswerId::parse(ANSWER).unwrap();
    assert!(answered(1, Vec::new()));
    assert!(!answered(2, vec![answer.clone()]));

    let explain = |case: Value| -> AssistantExplanation {
        agent.request("POST", "/api/w/demo/assistant/explain").json(&json!({ "case": case })).send().ok()
    };
    let plain = explain(json!({ "text": QUESTION, "locale": "en" }));
    assert_eq!(plain.typing.answer, Some(answer.clone()));
    assert!(plain.typing.sentence.contains("the answer “opening-hours”"), "{}", plain.typing.sentence);
    assert_eq!((plain.typing.thresholds.answer_at, plain.typing.thresholds.keep_answer_at), (50, 30));
    assert!(matches!(plain.sent.decision, Decision::Answer { .. }));
    let in_vain = explain(json!({ "text": QUESTION, "locale": "en", "dismissed_answers": [ANSWER] }));
    assert_eq!(in_vain.typing.answer, None);
    assert!(!matches!(in_vain.sent.decision, Decision::Answer { .. }));
}
