//! What a power cut leaves: every message in order, once.

use shared::protocol::*;
use std::sync::atomic::{AtomicU32, Ordering};
use tests::people::{ask_person, conversation, id, meeting, reply, say, texts};
use tests::{Agent, Edge, Visitor, eventually};

#[test]
fn what_was_acknowledged_outlives_the_process() {
    let (edge, agent, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(1), say("How do I change my delivery address?"));
    visitor.command(&thread, 0, id(2), ask_person());
    agent.command(&thread, 0, id(3), reply("Hi, Ada here."));
    agent.command(&thread, 0, id(4), AgentAction::Read { up_to: 2 });
    let boot = || edge.client().get("/api/w/demo/boot").send().ok::<Boot>();
    let before = (visitor.events(&thread), visitor.threads(), agent.inbox(), boot());

    edge.kill();
    edge.restart();
    let after = (visitor.events(&thread), visitor.threads(), agent.inbox(), boot());
    assert_eq!(after, before, "and the session, the content and the read marks with it");

    // The panel's outbox sends again what it has no answer for, and may be wrong about that.
    visitor.command(&thread, 0, id(1), say("How do I change my delivery address?"));
    assert_eq!(visitor.events(&thread), before.0);
    visitor.command(&thread, 0, id(5), say("Are you still there?"));
    assert_eq!(texts(&visitor.events(&thread).events).last(), Some(&"Are you still there?"));
}

#[test]
fn every_message_arrives_once_and_in_order_though_the_edge_is_killed_again_and_again() {
    const MESSAGES: u8 = 40;
    const KILLS: u32 = 3;
    let (edge, agent, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(0), ask_person());
    let arrived = AtomicU32::new(0);
    std::thread::scope(|scope| {
        let sender = Visitor::new(&edge, 1);
        let (thread, arrived) = (&thread, &arrived);
        scope.spawn(move || {
            for number in 1..=MESSAGES {
                let action = || say(&format!("Message {number}"));
                // As the panel's outbox does: the same command until somebody has taken it.
                eventually("a message to be taken", || sender.offer(thread, id(number), action()));
                arrived.fetch_add(1, Ordering::Relaxed);
            }
        });
        for kill in 1..=KILLS {
            let due = u32::from(MESSAGES) * kill / (KILLS + 1);
            eventually("the next kill", || (arrived.load(Ordering::Relaxed) >= due).then_some(()));
            edge.kill();
            edge.restart();
        }
    });
    let events = visitor.events(&thread).events;
    let expected: Vec<String> = (1..=MESSAGES).map(|number| format!("Message {number}")).collect();
    assert_eq!(texts(&events), expected);
    assert!(events.iter().map(|event| event.seq).eq(1..=events.len() as Seq));
    // The lists learn of it even if the kill came between the message and the telling.
    let last = expected.last().unwrap();
    eventually("the lists", || (agent.inbox()[0].last == *last && visitor.threads()[0].last == *last).then_some(()));
}

#[test]
fn a_message_is_answered_though_the_edge_is_killed_before_the_assistant_has_looked() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    // Whatever the kill hits, at every attempt: before storing, after it, or in the midst of answering.
    for number in 1..=8 {
        let (visitor, thread) = (Visitor::new(&edge, number), conversation(number));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let question = || say("How do I change my delivery address?");
                eventually("the question to be taken", || visitor.offer(&thread, id(1), question()));
            });
            edge.kill();
            edge.restart();
        });
        let events = eventually("the assistant's answer", || {
            let events = visitor.events(&thread).events;
            events.iter().any(|event| event.by == Author::Assistant).then_some(events)
        });
        let answers = events.iter().filter(|event| event.by == Author::Assistant).count();
        assert_eq!((texts(&events).len(), answers), (1, 1), "{events:#?}");
        eventually("the inbox", || agent.inbox().iter().any(|summary| summary.id == thread).then_some(()));
    }
}

#[test]
fn an_object_that_has_lost_its_memory_knows_its_ids_and_revisions() {
    let (edge, agent, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(1), ask_person());
    visitor.command(&thread, 0, id(2), say("one"));
    // A read mark is newer than the last event then.
    visitor.command(&thread, 0, id(3), VisitorAction::Read { up_to: 2 });
    edge.kill();
    edge.restart();

    let version = |agent: &Agent| agent.inbox().into_iter().find(|line| line.id == thread).unwrap().version;
    let before = version(&agent);
    let events = visitor.events(&thread).events;
    visitor.command(&thread, 0, id(2), say("one"));
    assert_eq!(visitor.events(&thread).events, events, "what was sent is not sent again");
    assert_eq!(visitor.try_command(&thread, 0, id(2), say("two")).refusal().1, ErrorCode::IdReused);
    assert_eq!(version(&agent), before, "nothing has changed");

    visitor.command(&thread, 0, id(4), say("two"));
    assert!(version(&agent) > before, "the lists learn of what comes after the read mark");
    assert_eq!(visitor.events(&thread).read.visitor, 2);
}
