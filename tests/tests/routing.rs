//! The site owner's rules place what is handed over; what none of them places is with the escalations.

use serde_json::{Value, json};
use shared::ids::TeamId;
use shared::protocol::{Destination, ErrorCode, Placement, Priority};
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
