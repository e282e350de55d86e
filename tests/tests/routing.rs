//! The site owner's rules place what is handed over; what none of them places is with the escalations.

use serde_json::{Value, json};
use shared::ids::TeamId;
use shared::protocol::{Destination, ErrorCode, HandOffReason, Placement, Priority};
use shared::routing::{Explanation, Outcome};
use tests::people::{ask_person, conversation, id, say};
use tests::{Agent, Edge, Visitor};

/// Money goes to billing, and soon; what is written about on a page of the app goes to the technicians.
fn operations() -> Value {
    json!({
        "teams": [{ "id": "billing", "name": "Billing" }, { "id": "tech", "name": "Technicians" }],
        "rules": [
            {
                "id": "money",
                "when": { "words": ["refund", "charged twice"] },
                "then": { "team": "billing", "priority": "high", "tags": ["money"] }
            },
            { "id": "devices", "when": { "words": ["flicker*"] }, "then": { "team": "tech" } }
        ]
    })
}

fn published(operations: Value) -> Edge {
    let edge = Edge::start();
    let mut content = edge.content();
    content["operations"] = operations;
    edge.publish(&content);
    edge
}

/// Where a conversation lies in which a visitor wrote this and then asked for a person.
fn placed(edge: &Edge, agent: &Agent, number: u8, text: &str) -> Placement {
    let (visitor, thread) = (Visitor::new(edge, number), conversation(number));
    visitor.command(&thread, 0, id(2 * number), say(text));
    visitor.command(&thread, 0, id(2 * number + 1), ask_person());
    let summary = agent.inbox().into_iter().find(|summary| summary.id == thread).unwrap();
    summary.hand_off.unwrap().place
}

#[test]
fn the_first_rule_that_holds_places_a_conversation_and_none_leaves_it_with_the_escalations() {
    let edge = published(operations());
    let agent = Agent::set_up(&edge, "Ada");
    let billing = placed(&edge, &agent, 1, "I was CHARGED twice, where is my refund?");
    assert_eq!(billing.to, Destination::Team(TeamId::parse("billing").unwrap()));
    assert_eq!((billing.priority, billing.tags), (Priority::High, vec![String::from("money")]));
    let tech = placed(&edge, &agent, 2, "My lamp flickers and hums");
    assert_eq!(tech.to, Destination::Team(TeamId::parse("tech").unwrap()));
    assert_eq!(placed(&edge, &agent, 3, "Something else").to, Destination::Escalations);
}

#[test]
fn visitors_do_not_see_where_they_were_placed() {
    let edge = published(operations());
    let _agent = Agent::set_up(&edge, "Ada");
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("refund please"));
    visitor.command(&thread, 0, id(2), ask_person());
    let seen = serde_json::to_string(&visitor.events(&thread)).unwrap();
    for secret in ["money", "high"] {
        assert!(!seen.contains(secret), "{secret}: {seen}");
    }
}

#[test]
fn a_rule_for_a_team_that_is_not_there_is_refused_and_changes_nothing() {
    let edge = published(operations());
    let agent = Agent::set_up(&edge, "Ada");
    let mut content = edge.content();
    content["operations"] = operations();
    content["operations"]["rules"][0]["then"]["team"] = json!("sales");
    let reply = edge.try_publish(&content);
    assert_eq!(reply.refusal().1, ErrorCode::InvalidRequest);
    assert!(reply.text().contains("operations.rules[0].then.team"), "{}", reply.text());
    let place = placed(&edge, &agent, 1, "refund");
    assert_eq!(place.to, Destination::Team(TeamId::parse("billing").unwrap()), "the rules from before");
}

#[test]
fn a_dry_run_says_rule_by_rule_why_a_conversation_goes_where() {
    let edge = published(operations());
    let agent = Agent::set_up(&edge, "Ada");
    let case = json!({ "case": { "text": "It flickers, and I want a refund" } });
    let told: Explanation = agent.request("POST", "/api/w/demo/routing/explain").json(&case).send().ok();
    assert_eq!(told.decision.team, Some(TeamId::parse("billing").unwrap()));
    let outcomes: Vec<Outcome> = told.rules.iter().map(|rule| rule.outcome).collect();
    assert_eq!(outcomes, [Outcome::Decides, Outcome::TooLate], "{told:?}");
    assert!(agent.inbox().is_empty(), "nothing was changed by it");
}

#[test]
fn what_is_urgent_is_with_people_as_soon_as_it_is_written_and_all_else_with_the_assistant_first() {
    let mut operations = operations();
    let rule = |id: &str, word: &str, then: Value| json!({ "id": id, "when": { "words": [word] }, "then": then });
    operations["rules"] = json!([
        rule("outage", "down", json!({ "team": "tech", "priority": "urgent" })),
        rule("lawyer", "lawyer", json!({ "before_assistant": true, "tags": ["legal"] })),
        rule("patient", "tomorrow", json!({ "team": "tech", "priority": "urgent", "before_assistant": false })),
        rule("money", "refund", json!({ "team": "billing", "priority": "high" })),
    ]);
    let edge = published(operations);
    let agent = Agent::set_up(&edge, "Ada");
    let hand_off = |number: u8, text: &str| {
        let (visitor, thread) = (Visitor::new(&edge, number), conversation(number));
        visitor.command(&thread, 0, id(number), say(text));
        let row = agent.inbox().into_iter().find(|row| row.id == thread).unwrap();
        (row.hand_off.map(|hand_off| (hand_off.reason, hand_off.place)), row.waiting_since.is_some())
    };
    let (outage, waits) = hand_off(1, "URGENT: our whole warehouse is down");
    let (reason, place) = outage.unwrap();
    assert_eq!((reason, place.priority, waits), (HandOffReason::ByRule, Priority::Urgent, true));
    assert_eq!(place.to, Destination::Team(TeamId::parse("tech").unwrap()));
    let (lawyer, _) = hand_off(2, "you will hear from my lawyer");
    let (_, place) = lawyer.unwrap();
    assert_eq!((place.to, place.tags), (Destination::Escalations, vec![String::from("legal")]));
    assert_eq!(hand_off(3, "by tomorrow please").0, None, "the owner wants the assistant first");
    assert_eq!(hand_off(4, "zyxwv refund").0, None, "what is not urgent waits for the assistant");

    let (visitor, thread) = (Visitor::new(&edge, 5), conversation(5));
    visitor.command(&thread, 0, id(50), say("zyxwv"));
    visitor.command(&thread, 0, id(51), say("everything is down now"));
    let row = agent.inbox().into_iter().find(|row| row.id == thread).unwrap();
    assert_eq!(row.hand_off.unwrap().place.priority, Priority::Urgent, "a later message is looked at as well");
    let explained: Explanation = agent
        .request("POST", "/api/w/demo/routing/explain")
        .json(&json!({ "case": { "text": "it is down" } }))
        .send()
        .ok();
    assert!(explained.decision.before_assistant);
    assert!(explained.sentence.contains("at once, before the assistant answers"), "{}", explained.sentence);
}
