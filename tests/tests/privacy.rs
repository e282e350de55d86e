//! What is kept about a visitor: a copy of all of it, its end on demand, and its end by itself. Looked for in the bytes on the
//! disk, after the process has closed its files.

use shared::ids::{EventId, VisitorId, base64url};
use shared::protocol::*;
use std::sync::mpsc::{Sender, channel};
use tests::people::{ask_person, context, conversation, id, reply, say};
use tests::{Agent, Edge, Reply, Visitor, eventually};

/// What nobody but this visitor has ever written.
const NAME: &str = "Wilhelmina Quarkenbush";
const PLACE: &str = "https://shop.example/orders/zq-77-unmistakable";

/// A message with the name in it, from a page whose address is the visitor's own.
fn personal(text: &str) -> VisitorAction {
    let context = Context { url: PLACE.into(), title: format!("Orders of {NAME}"), ..context() };
    VisitorAction::Say { text: format!("{NAME}: {text}"), context }
}

/// Two conversations of a visitor, one of them with an agent; and one of somebody else, which must stay.
fn world(bindings: &[(&'static str, &str)]) -> (Edge, Agent, Visitor, Visitor) {
    let edge = Edge::start_with(bindings);
    let agent = Agent::set_up(&edge, "Ada");
    let (visitor, other) = (Visitor::new(&edge, 1), Visitor::new(&edge, 2));
    visitor.command(&conversation(1), 0, id(1), personal("my lamp hums"));
    visitor.command(&conversation(1), 0, id(2), ask_person());
    agent.command(&conversation(1), 0, id(3), reply(&format!("Dear {NAME}, unplug it.")));
    for number in 0..30 {
        visitor.command(&conversation(2), 0, id(10 + number), personal(&"and flickers ".repeat(usize::from(number))));
    }
    other.command(&conversation(3), 0, id(4), say("I stay here"));
    (edge, agent, visitor, other)
}

fn visitor_request(edge: &Edge, visitor: &Visitor, method: &str, path: &str) -> Reply {
    edge.client().request(method, &format!("/api/w/demo/visitors/{path}")).bearer(visitor.token.as_str()).send()
}

fn public_name(agent: &Agent, thread: u8) -> VisitorId {
    let path = format!("/api/w/demo/conversations/{}/visitor", conversation(thread));
    agent.request("GET", &path).send().ok::<VisitorOf>().visitor
}

/// Nothing of the visitor is in any file once the process has closed them.
fn check_gone(edge: &Edge, what: &str) {
    edge.stop();
    let token = tests::secret(1);
    let traces = [NAME, PLACE, conversation(1).as_str(), conversation(2).as_str(), token.as_str()]
        .map(|trace| (String::from(trace), edge.files_with(trace.as_bytes())));
    for (trace, files) in traces {
        assert_eq!(files, Vec::<String>::new(), "{what}: {trace}");
    }
    assert_ne!(edge.files_with(b"I stay here"), Vec::<String>::new(), "{what}: the search finds what is there");
    edge.restart();
}

/// The lists are written anew, without the remains of what was in them.
fn until_clean(edge: &Edge) {
    eventually("the lists to be written anew", || edge.files_with(NAME.as_bytes()).is_empty().then_some(()));
}

#[test]
fn a_copy_holds_everything_and_nothing_of_others() {
    let (edge, agent, visitor, other) = world(&[]);
    let export: VisitorExport = visitor_request(&edge, &visitor, "GET", "me/export").ok();
    assert_eq!(export.visitor, public_name(&agent, 1));
    assert_eq!(export.threads, visitor.threads());
    let ids: Vec<_> = export.conversations.iter().map(|one| one.id.clone()).collect();
    assert_eq!(ids, [conversation(1), conversation(2)], "the oldest first");
    for one in &export.conversations {
        let Events { events, read, .. } = visitor.events(&one.id);
        assert_eq!((&one.events, one.read), (&events, read));
    }
    let path = format!("/api/w/demo/visitors/{}/export", export.visitor);
    let for_agents: VisitorExport = agent.request("GET", &path).send().ok();
    assert_eq!((for_agents.threads, for_agents.conversations), (export.threads, export.conversations));
    let others: VisitorExport = visitor_request(&edge, &other, "GET", "me/export").ok();
    assert_eq!(others.conversations.len(), 1);
}

#[test]
fn erasure_by_the_visitor_leaves_no_row_and_no_name_in_any_file() {
    let (edge, agent, visitor, other) = world(&[]);
    let mut inbox = agent.inbox_live();
    inbox.receive::<InboxFrame>();
    let mut looking = agent.live(&conversation(1), 0);
    looking.receive::<ConversationFrame>();
    assert_ne!(edge.files_with(NAME.as_bytes()), Vec::<String>::new(), "the search finds what is there");

    assert_eq!(visitor_request(&edge, &visitor, "DELETE", "me").ok::<Erasure>(), Erasure { left: 0 });
    assert_eq!(visitor.threads(), []);
    assert_eq!(visitor.try_events(&conversation(1), 0).refusal().1, ErrorCode::UnknownConversation);
    assert_eq!(agent.inbox().into_iter().map(|summary| summary.id).collect::<Vec<_>>(), [conversation(3)]);
    let mut forgotten = Vec::new();
    while forgotten.len() < 2 {
        if let InboxFrame::Forgotten { id } = inbox.receive() {
            forgotten.push(id);
        }
    }
    forgotten.sort();
    assert_eq!(forgotten, [conversation(1), conversation(2)], "the agents' screens let go of it");
    assert!(looking.until_closed().iter().any(|text| text.contains("unknown_conversation")));
    drop((inbox, looking));

    until_clean(&edge);
    check_gone(&edge, "erased by the visitor");
    assert_eq!(agent.inbox().len(), 1, "the others' lines are there after a restart");
    assert_eq!(other.events(&conversation(3)).events.len(), agent.events(&conversation(3)).events.len());
    assert_eq!(
        visitor_request(&edge, &visitor, "DELETE", "me").ok::<Erasure>(),
        Erasure { left: 0 },
        "again is no harm"
    );
}

#[test]
fn erasure_by_an_agent_does_the_same_and_the_visitor_may_begin_anew() {
    let (edge, agent, visitor, _other) = world(&[]);
    let name = public_name(&agent, 1);
    let path = format!("/api/w/demo/visitors/{name}");
    assert_eq!(agent.request("DELETE", &path).send().ok::<Erasure>(), Erasure { left: 0 });
    until_clean(&edge);
    check_gone(&edge, "erased by an agent");
    visitor.command(&conversation(5), 0, id(5), say("Hello again"));
    assert_eq!(visitor.threads().len(), 1);
    assert_eq!(agent.inbox().len(), 2);
}

/// Answers in a conversation until it is not there any more, and says each time that it has.
fn answer_until_gone(agent: &Agent, thread: u8, answered: &Sender<()>) -> bool {
    let ids = (0..10_000u32).map(|number| base64url(&[&[thread; 12][..], &number.to_be_bytes()].concat()));
    ids.map(|id| EventId::parse(&id).unwrap()).any(|id| {
        let reply = agent.try_command(&conversation(thread), 0, id, reply(NAME));
        // Later nobody listens any more.
        let _heard = answered.send(());
        reply.status == 404
    })
}

#[test]
fn an_erasure_while_somebody_answers_leaves_nothing() {
    let (edge, agent, visitor, _other) = world(&[("UNPACED", "1")]);
    const THREADS: [u8; 8] = [11, 12, 13, 14, 15, 16, 17, 18];
    for thread in THREADS {
        visitor.command(&conversation(thread), 0, id(thread), personal("one more thing"));
    }
    let (answered, answers) = channel();
    std::thread::scope(|scope| {
        // Each answer is told to the visitor's list, also to one that is just being erased.
        let answering = THREADS.map(|thread| {
            let (agent, answered) = (&agent, answered.clone());
            scope.spawn(move || answer_until_gone(agent, thread, &answered))
        });
        assert_eq!(answers.iter().take(40).count(), 40, "all are in the midst of it");
        assert_eq!(visitor_request(&edge, &visitor, "DELETE", "me").ok::<Erasure>(), Erasure { left: 0 });
        assert!(answering.into_iter().all(|one| one.join().unwrap()), "all were answered until their end");
    });
    assert_eq!(visitor.threads(), []);
    until_clean(&edge);
    check_gone(&edge, "erased while somebody answered");
}

#[test]
fn an_erasure_that_is_cut_short_goes_on_by_itself() {
    for round in 0..4 {
        let (edge, agent, visitor, _other) = world(&[]);
        std::thread::scope(|scope| {
            // It may be answered or not: what was begun is finished.
            let request = visitor.request("DELETE", "/api/w/demo/visitors/me");
            scope.spawn(move || drop(request.try_send()));
            // Whatever the kill hits, at every attempt: nothing, half of it, or all.
            let rounds = std::cell::Cell::new(0);
            eventually("the moment of the kill", || {
                rounds.set(rounds.get() + 1);
                (rounds.get() > round).then_some(())
            });
            edge.kill();
        });
        edge.restart();
        let began = visitor.threads().is_empty();
        if !began {
            visitor_request(&edge, &visitor, "DELETE", "me").ok::<Erasure>();
        }
        eventually("the rest to be erased", || (agent.inbox().len() == 1).then_some(()));
        eventually("the conversations to be gone", || {
            let gone = |thread| visitor.try_events(&conversation(thread), 0).status == 404;
            (gone(1) && gone(2)).then_some(())
        });
        until_clean(&edge);
        check_gone(&edge, &format!("round {round}"));
        assert_eq!(agent.inbox().len(), 1, "the others' lines are there");
    }
}

#[test]
fn the_inbox_keeps_its_lines_though_it_is_killed_while_it_writes_them_anew() {
    let (edge, agent, visitor, _other) = world(&[("PURGE_PART", "700")]);
    visitor_request(&edge, &visitor, "DELETE", "me").ok::<Erasure>();
    for _ in 0..6 {
        edge.kill();
        edge.restart();
        assert_eq!(agent.inbox().len(), 1);
    }
    until_clean(&edge);
    check_gone(&edge, "after kills");
    assert_eq!(agent.inbox().len(), 1);
}

#[test]
fn a_quiet_conversation_ends_by_itself_after_the_days_that_the_site_keeps_it() {
    // A day is two seconds here.
    let (edge, _agent, visitor, other) = world(&[("DAY_MS", "2000")]);
    let mut content = edge.content();
    content["settings"]["retention_days"] = serde_json::json!(2);
    edge.publish(&content);
    visitor.command(&conversation(2), 0, id(90), personal("the last word"));
    visitor.command(&conversation(1), 0, id(91), personal("the last word"));
    other.command(&conversation(3), 0, id(92), say("I stay here too"));
    eventually("the quiet ones to end", || visitor.threads().is_empty().then_some(()));
    until_clean(&edge);
    assert_eq!(visitor.try_events(&conversation(1), 0).refusal().1, ErrorCode::UnknownConversation);
}
