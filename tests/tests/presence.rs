//! Who is here: an agent whose page still answers, whatever the socket says.

use serde_json::json;
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{Boot, PING, What};
use tests::people::{ask_person, conversation, id, reply, say};
use tests::{Agent, Edge, Socket, Visitor, eventually};

/// In place of 45 seconds: more than the slowest placement takes, and no more than one waits for in a test.
const SILENT_MS: &str = "3000";

fn present(agent: &Agent) -> Vec<AgentId> {
    agent.team().agents.into_iter().filter(|one| one.present).map(|one| one.id).collect()
}

fn asks(edge: &Edge, number: u8) -> ConversationId {
    let (visitor, thread) = (Visitor::new(edge, number), conversation(number));
    visitor.command(&thread, 0, id(2 * number), say("refund"));
    visitor.command(&thread, 0, id(2 * number + 1), ask_person());
    thread
}

fn assignee(agent: &Agent, thread: &ConversationId) -> Option<AgentId> {
    let row = agent.inbox().into_iter().find(|row| row.id == *thread).unwrap();
    row.hand_off.unwrap().place.assignee
}

/// Waits until these are here, while this page goes on answering.
fn until_present(agent: &Agent, page: &mut Socket, expected: &[&Agent]) {
    let expected: Vec<AgentId> = expected.iter().map(|agent| agent.me.id.clone()).collect();
    eventually("the others to be away", || {
        page.send_text(PING);
        (present(agent) == expected).then_some(())
    });
}

#[test]
fn nobody_gets_a_conversation_whose_laptop_was_closed() {
    let edge = Edge::start_with(&[("SILENT_MS", SILENT_MS)]);
    let ada = Agent::set_up(&edge, "Ada");
    let bob = ada.invite(&edge, "Bob");
    // By room alone, everything would go to Ada.
    let mut content = edge.content();
    content["operations"] = json!({
        "teams": [{
            "id": "billing",
            "name": "Billing",
            "members": [{ "agent": ada.me.id, "capacity": 9 }, { "agent": bob.me.id, "capacity": 1 }]
        }],
        "rules": [{ "id": "money", "when": { "words": ["refund"] }, "then": { "team": "billing", "assign": "balance" } }]
    });
    edge.publish(&content);
    let online = || edge.client().get("/api/w/demo/boot").send().ok::<Boot>().online;

    let mut laptop = ada.inbox_live();
    let mut page = bob.inbox_live();
    assert_eq!(present(&ada), [ada.me.id.clone(), bob.me.id.clone()], "both have just come");
    until_present(&ada, &mut page, &[&bob]);
    assert_eq!(assignee(&ada, &asks(&edge, 1)), Some(bob.me.id.clone()), "Ada has more room, and is not here");
    assert!(online());
    laptop.until_closed();

    eventually("Bob to be away, too", || (!online()).then_some(()));
    let waits = asks(&edge, 2);
    assert_eq!(assignee(&ada, &waits), None, "nobody is here");
    let _again = ada.inbox_live();
    assert_eq!(eventually("it to be given to her", || assignee(&ada, &waits)), ada.me.id);
}

#[test]
fn what_was_given_to_an_agent_who_vanishes_goes_to_somebody_else_and_what_they_began_stays() {
    let edge = Edge::start_with(&[("SILENT_MS", SILENT_MS)]);
    let ada = Agent::set_up(&edge, "Ada");
    let bob = ada.invite(&edge, "Bob");
    let mut content = edge.content();
    content["operations"] = json!({
        "teams": [{
            "id": "billing",
            "name": "Billing",
            "members": [{ "agent": ada.me.id, "capacity": 9 }, { "agent": bob.me.id, "capacity": 9 }]
        }],
        "rules": [{ "id": "money", "when": { "words": ["refund"] }, "then": { "team": "billing", "assign": "balance" } }]
    });
    edge.publish(&content);
    let laptop = ada.inbox_live();
    let (begun, given) = (asks(&edge, 1), asks(&edge, 2));
    let of_ada = Some(ada.me.id.clone());
    assert_eq!((assignee(&bob, &begun), assignee(&bob, &given)), (of_ada.clone(), of_ada.clone()));
    ada.command(&begun, 0, id(100), reply("Which order is it?"));
    Visitor::new(&edge, 1).command(&begun, 0, id(101), say("The first one"));
    drop(laptop);
    let mut page = bob.inbox_live();
    eventually("it to be Bob's", || {
        page.send_text(PING);
        (assignee(&bob, &given) == Some(bob.me.id.clone())).then_some(())
    });
    assert_eq!(assignee(&bob, &begun), of_ada, "she knows it, and its promise brings it back");
    let moves = bob.events(&given).events.iter().filter(|event| matches!(event.what, What::Assigned { .. })).count();
    assert_eq!(moves, 3, "placed by the rules, put back once, and given once");
}

#[test]
fn a_page_that_answers_is_here_for_as_long_as_it_does() {
    let edge = Edge::start_with(&[("SILENT_MS", SILENT_MS)]);
    let ada = Agent::set_up(&edge, "Ada");
    let bob = ada.invite(&edge, "Bob");
    let (mut page, _laptop) = (ada.inbox_live(), bob.inbox_live());
    until_present(&ada, &mut page, &[&ada]);
    // A restart forgets every socket, and the page comes back as it does after any other loss.
    edge.kill();
    edge.restart();
    assert_eq!(present(&ada), []);
    let _page = ada.inbox_live();
    assert_eq!(present(&ada), std::slice::from_ref(&ada.me.id));
}

#[test]
fn an_agent_who_has_said_that_they_are_away_is_given_nothing_and_is_nobody_who_is_here() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let mut content = edge.content();
    content["operations"] = json!({
        "teams": [{ "id": "billing", "name": "Billing", "members": [{ "agent": ada.me.id }] }],
        "rules": [{ "id": "money", "when": { "words": ["refund"] }, "then": { "team": "billing" } }]
    });
    edge.publish(&content);
    let set_away = |away: bool| ada.request("POST", "/api/w/demo/away").json(&json!({ "away": away })).send().status;
    let online = || edge.client().get("/api/w/demo/boot").send().ok::<Boot>().online;
    let _page = ada.inbox_live();
    assert!(online());
    assert_eq!(set_away(true), 200);
    assert!(!online());
    let me = || ada.team().agents.into_iter().find(|one| one.id == ada.me.id).unwrap();
    assert!(me().away && !me().present);
    let waits = asks(&edge, 1);
    assert_eq!(assignee(&ada, &waits), None);
    edge.kill();
    edge.restart();
    let _page = ada.inbox_live();
    assert!(me().away, "it outlives a restart");
    assert_eq!(set_away(false), 200);
    assert_eq!(eventually("what waits to be given to her", || assignee(&ada, &waits)), ada.me.id);
    assert!(online());
}

#[test]
fn outside_of_office_hours_an_open_page_is_nobody_who_is_here() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let _page = ada.inbox_live();
    let boot = || edge.client().get("/api/w/demo/boot").send().ok::<Boot>();
    let mut content = edge.content();
    // It opens once, and not in the lifetime of this test.
    content["operations"] = json!({ "hours": { "zone": "UTC", "week": {}, "holidays": [{ "date": "2999-01-01", "open": ["09:00-17:00"] }] } });
    edge.publish(&content);
    let closed = boot();
    assert!(!closed.online && !closed.expected.open);
    content["operations"] = json!({});
    edge.publish(&content);
    assert!(boot().online);
}
