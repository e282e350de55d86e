//! What conversations teach the library: proposals, what nobody could answer, and that all of it goes with them.

use serde_json::{Value, json};
use shared::matching::{Index, Query};
use shared::protocol::*;
use tests::people::{context, conversation, id, reply};
use tests::publisher::{article, request};
use tests::{Agent, Edge, Visitor, eventually};

/// A help centre of four articles and one answer.
fn help_centre() -> Edge {
    let edge = Edge::start_empty();
    edge.make("demo");
    let articles = [
        article("refunds", "Refunds", "We send money back within five days."),
        article("opening-hours", "Opening hours", "Our shop is open from nine to five."),
        article("passwords", "Passwords", "Choose a new password in your account."),
        article("invoices", "Invoices", "Invoices for the iPhone 15 holder are in your account."),
    ];
    assert_eq!(request(&edge, "PUT", "articles", Some(&json!({ "articles": articles }))).status, 200);
    let answer = |id: &str, text: &str, examples: [&str; 4]| json!({ "id": id, "locale": "en", "text": text, "examples": examples });
    let answers = [
        answer(
            "parking",
            "Park in the yard behind the shop.",
            ["where can I park my car", "is there a parking place", "parking for a car near you", "car park"],
        ),
        answer(
            "gifts",
            "We wrap gifts for free.",
            ["do you wrap gifts", "gift wrapping", "is wrapping a present free", "wrap it as a present"],
        ),
        answer(
            "jobs",
            "Write to our team about jobs.",
            ["are you hiring", "open jobs", "how do I apply for a job", "do you have a job for me"],
        ),
    ];
    assert_eq!(request(&edge, "PUT", "answers", Some(&json!({ "answers": answers }))).status, 200);
    edge
}

/// What a visitor says in a conversation of their own, and what the assistant makes of it.
fn asks(edge: &Edge, number: u8, text: &str) -> (Visitor, Vec<Event>) {
    asks_as(edge, number, number, text)
}

/// The same in a conversation of this number.
fn asks_as(edge: &Edge, visitor: u8, number: u8, text: &str) -> (Visitor, Vec<Event>) {
    let visitor = Visitor::new(edge, visitor);
    let context = Context { shown: Vec::new(), ..context() };
    visitor.command(&conversation(number), 0, id(number), VisitorAction::Say { text: text.into(), context });
    let events = eventually("the assistant to look at it", || {
        let events = visitor.events(&conversation(number)).events;
        let is_looked_at = events.iter().any(|event| event.by == Author::Assistant);
        is_looked_at.then_some(events)
    });
    (visitor, events)
}

/// A visitor asks in a conversation of their own, and it helped.
fn solves(edge: &Edge, number: u8, text: &str) -> Visitor {
    solves_as(edge, number, number, text)
}

/// The same in a conversation of this number.
fn solves_as(edge: &Edge, visitor: u8, number: u8, text: &str) -> Visitor {
    let (visitor, events) = asks_as(edge, visitor, number, text);
    let about = events.last().unwrap();
    let is_offered = matches!(&about.what, What::Suggested { articles } if articles.len() == 1)
        || matches!(about.what, What::Answered { .. });
    assert!(is_offered, "{text}: {about:?}");
    let helped = VisitorAction::Helped { about: about.id.clone(), yes: true, article: None };
    visitor.command(&conversation(number), 0, id(100 + number), helped);
    visitor
}

fn proposals(edge: &Edge) -> Vec<Value> {
    let all: Value = request(edge, "GET", "written", None).ok();
    all["proposals"].as_array().unwrap().clone()
}

fn unanswered(edge: &Edge) -> Vec<Value> {
    let all: Value = request(edge, "GET", "unanswered", None).ok();
    all["groups"].as_array().unwrap().clone()
}

/// The proposal with a text, once it was asked so often.
fn learnt(edge: &Edge, text: &str, asked: u64) -> Value {
    eventually(&format!("{text:?} to be asked {asked} times"), || {
        proposals(edge).into_iter().find(|one| one["text"] == text && one["asked"] == asked)
    })
}

/// How likely visitors find an article while they type.
fn found(edge: &Edge, text: &str) -> Option<(String, f32)> {
    let index = eventually("the index", || {
        let boot: Boot = edge.client().get("/api/w/demo/boot?locale=en").send().ok();
        Index::open(edge.client().get(&boot.index?).send().body).ok()
    });
    let hit = index.search(&Query { text, limit: 1, ..Query::default() }).into_iter().next()?;
    Some((hit.id, hit.confidence))
}

fn erase(edge: &Edge, visitor: &Visitor) {
    let gone = edge.client().request("DELETE", "/api/w/demo/visitors/me").bearer(visitor.token.as_str()).send();
    assert_eq!(gone.ok::<Erasure>(), Erasure { left: 0 });
}

const ASKED: &str = "opening hours of your shop around whitsun, order 471122";
const MASKED: &str = "opening hours of your shop around whitsun, order";

#[test]
fn a_question_that_was_solved_is_proposed_masked_and_counted() {
    let edge = help_centre();
    solves(&edge, 1, ASKED);
    let one = learnt(&edge, MASKED, 1);
    assert_eq!(
        (&one["article"], &one["source"], &one["kind"]),
        (&json!("opening-hours"), &json!("visitors"), &json!("question"))
    );
    assert_eq!((&one["judged"], &one["decision"]), (&Value::Null, &json!("open")), "one visitor's is nobody's");
    assert_eq!(found(&edge, "whitsun"), None);
    // It is told once, however often it is told again.
    edge.kill();
    edge.restart();
    solves(&edge, 2, "opening hours of your shop around whitsun, order 300500");
    let two = eventually("it to be judged", || Some(learnt(&edge, MASKED, 2)).filter(|one| !one["judged"].is_null()));
    assert_eq!(two["judged"]["verdict"], "already_found", "the engine has found it by itself");
    // What a language model or a publisher does to the article leaves it alone.
    let changed = article("opening-hours", "Opening hours", "Our shop is open from nine to six.");
    assert_eq!(request(&edge, "PUT", "articles/en/opening-hours", Some(&changed)).status, 200);
    learnt(&edge, MASKED, 2);
    // With one of the two it is one visitor's again.
    erase(&edge, &Visitor::new(&edge, 2));
    assert_eq!(learnt(&edge, MASKED, 1)["judged"], Value::Null);
    let decide = |decision: &str| {
        let one = json!({ "locale": "en", "article": "opening-hours", "kind": "question", "text": MASKED, "decision": decision });
        request(&edge, "POST", "written", Some(&json!({ "decisions": [one] }))).status
    };
    assert_eq!(decide("accepted"), 204);
    eventually("what was accepted to be found", || found(&edge, "whitsun").filter(|(id, _)| id == "opening-hours"));
    erase(&edge, &Visitor::new(&edge, 1));
    learnt(&edge, MASKED, 0);
    assert_eq!(decide("open"), 204, "what a person has read and nobody asks any more");
    assert_eq!(proposals(&edge), Vec::<Value>::new(), "is nobody's");
}

#[test]
fn what_one_visitor_asks_again_is_asked_by_one() {
    let edge = help_centre();
    solves_as(&edge, 1, 1, ASKED);
    solves_as(&edge, 1, 2, ASKED);
    asks_as(&edge, 1, 3, "do you ship to norway by train");
    asks_as(&edge, 1, 4, "do you ship to norway by train");
    let group = eventually("it to be gathered", || unanswered(&edge).into_iter().next());
    assert_eq!(group["asked"], 1);
    assert_eq!(learnt(&edge, MASKED, 1)["judged"], Value::Null, "nobody can teach the engine alone");
    let other = solves(&edge, 5, ASKED);
    eventually("two to have asked it", || Some(learnt(&edge, MASKED, 2)).filter(|one| !one["judged"].is_null()));
    // By now all conversations have told what they teach: without the other one, both of this visitor's count as one.
    erase(&edge, &other);
    learnt(&edge, MASKED, 1);
}

#[test]
fn what_was_erased_is_in_no_row_and_in_no_file() {
    let edge = help_centre();
    let visitor = solves(&edge, 1, ASKED);
    learnt(&edge, MASKED, 1);
    let (other, _) = asks(&edge, 2, "do you ship to norway by train");
    eventually("it to be gathered", || (unanswered(&edge).len() == 1).then_some(()));
    erase(&edge, &visitor);
    erase(&edge, &other);
    assert_eq!((proposals(&edge), unanswered(&edge)), (Vec::new(), Vec::new()));
    // The lists are written anew, without the remains of what was in them.
    let is_in_lists = || edge.files_with(ASKED.as_bytes()).iter().any(|file| file.to_lowercase().contains("inbox"));
    eventually("the lists to be written anew", || (!is_in_lists()).then_some(()));
    edge.stop();
    for trace in [MASKED, "norway by train"] {
        assert_eq!(edge.files_with(trace.as_bytes()), Vec::<String>::new(), "{trace}");
    }
}

#[test]
fn who_comes_back_takes_the_lesson_back() {
    let edge = help_centre();
    let visitor = solves(&edge, 1, ASKED);
    learnt(&edge, MASKED, 1);
    let context = Context { shown: Vec::new(), ..context() };
    visitor.command(&conversation(1), 0, id(200), VisitorAction::Say { text: "no, it is closed".into(), context });
    eventually("the proposal to go", || proposals(&edge).is_empty().then_some(()));
}

#[test]
fn an_agents_address_of_an_article_is_a_proposal() {
    let edge = help_centre();
    let agent = Agent::set_up(&edge, "Ada");
    let (_, events) = asks(&edge, 1, "lost zebra paperwork, says ada");
    assert_eq!(events.last().unwrap().what, What::FoundNothing);
    eventually("it to be gathered", || (unanswered(&edge).len() == 1).then_some(()));
    agent.command(
        &conversation(1),
        0,
        id(50),
        reply("Look at https://www.lumen.example/invoices?utm_source=mail, please."),
    );
    let one = learnt(&edge, "lost zebra paperwork, says", 1);
    assert_eq!((&one["article"], &one["source"]), (&json!("invoices"), &json!("agents")));
    assert_eq!(unanswered(&edge), Vec::<Value>::new(), "it is answered");
    assert_eq!(found(&edge, "zebra"), None, "one visitor's words are in no index");
    let link = |number: u8, text: &str| {
        asks(&edge, number, text);
        agent.command(&conversation(number), 0, id(50 + number), reply("https://www.lumen.example/invoices"));
    };
    link(2, "lost zebra paperwork, says ada");
    // What several ask in other words shows that the words are worth their bytes.
    link(3, "zebra paperwork for tax is lost");
    link(4, "zebra paperwork for tax is lost");
    let is_kept = |one: &Value| one["judged"]["verdict"] == "kept_as_words" && one["asked"] == 2;
    eventually("one of them to be kept, with which the other is found", || {
        proposals(&edge).iter().find(|one| is_kept(one)).cloned()
    });
    eventually("it to be found", || found(&edge, "zebra").filter(|(id, _)| id == "invoices"));
    // With one of the two it is one visitor's again.
    erase(&edge, &Visitor::new(&edge, 2));
    erase(&edge, &Visitor::new(&edge, 4));
    assert_eq!(learnt(&edge, "lost zebra paperwork, says", 1)["judged"], Value::Null);
    eventually("it to be found no more", || found(&edge, "zebra").is_none().then_some(()));
}

#[test]
fn what_nobody_could_answer_is_gathered_by_likeness_until_an_article_answers_it() {
    let edge = help_centre();
    for (number, text) in
        [(1, "do you ship to norway"), (2, "shipping to Norway possible?"), (3, "can you ship norway please")]
    {
        let (_, events) = asks(&edge, number, text);
        assert_eq!(events.last().unwrap().what, What::FoundNothing, "{text}");
    }
    asks(&edge, 4, "is the motor waterproof");
    let groups = eventually("four questions", || {
        let groups = unanswered(&edge);
        let asked: u64 = groups.iter().map(|group| group["asked"].as_u64().unwrap()).sum();
        (asked == 4).then_some(groups)
    });
    let shown: Vec<(&Value, u64)> =
        groups.iter().map(|group| (&group["question"], group["asked"].as_u64().unwrap())).collect();
    assert_eq!(shown, [(&json!("do you ship to norway"), 3), (&json!("is the motor waterproof"), 1)]);
    assert_eq!(groups[0]["examples"].as_array().unwrap().len(), 2);
    assert_eq!(groups[0].get("found_now"), None);
    let norway = article("norway", "Ship to Norway", "We ship to Norway. Shipping to Norway takes a week.");
    assert_eq!(request(&edge, "PUT", "articles/en/norway", Some(&norway)).status, 200);
    eventually("the article to be found for it", || {
        (unanswered(&edge)[0]["found_now"]["id"] == "norway").then_some(())
    });
    let dismiss = |groups: Value| request(&edge, "POST", "unanswered", Some(&json!({ "dismissed": groups })));
    let number = groups[1]["group"].clone();
    assert_eq!(dismiss(json!([number.clone(), 999])).refusal(), (422, ErrorCode::InvalidRequest));
    assert_eq!(dismiss(json!([])).refusal(), (422, ErrorCode::InvalidRequest));
    assert_eq!(unanswered(&edge).len(), 2, "all or nothing");
    assert_eq!(dismiss(json!([number])).status, 204);
    assert_eq!(unanswered(&edge).len(), 1);
    assert_eq!(request(&edge, "GET", "unanswered?locale=de", None).ok::<Value>()["groups"], json!([]));
    assert_eq!(request(&edge, "GET", "unanswered?after=x", None).status, 422);
    assert_eq!(edge.client().get("/api/w/demo/unanswered").send().status, 401);
}

#[test]
fn an_answer_learns_examples_and_a_site_can_switch_learning_off() {
    let edge = help_centre();
    solves(&edge, 1, "where can I park my car near you");
    let one = learnt(&edge, "where can I park my car near you", 1);
    assert_eq!((&one["answer"], one.get("article")), (&json!("parking"), None));
    let decision =
        json!({ "locale": "en", "answer": "parking", "kind": "question", "text": one["text"], "decision": "accepted" });
    assert_eq!(request(&edge, "POST", "written", Some(&json!({ "decisions": [decision] }))).status, 204);
    let unknown =
        json!({ "locale": "en", "answer": "nowhere", "kind": "question", "text": "x", "decision": "accepted" });
    let refused = request(&edge, "POST", "written", Some(&json!({ "decisions": [unknown] })));
    assert_eq!(refused.refusal(), (404, ErrorCode::UnknownAnswer));
    let mut settings: Value = request(&edge, "GET", "settings", None).ok();
    assert_eq!(settings.get("learning"), None, "it is on by itself");
    settings["learning"] = json!("off");
    assert_eq!(request(&edge, "PUT", "settings", Some(&settings)).status, 200);
    solves(&edge, 2, ASKED);
    solves(&edge, 3, "are there other opening hours of your shop in june");
    settings["learning"] = json!("on");
    assert_eq!(request(&edge, "PUT", "settings", Some(&settings)).status, 200);
    solves(&edge, 4, "opening hours on sundays");
    eventually("what is learnt again", || {
        proposals(&edge).iter().any(|one| one["text"] == "opening hours on sundays").then_some(())
    });
}
