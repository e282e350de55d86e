//! A conversation and the inbox through their WebSockets.

use serde_json::json;
use shared::protocol::*;
use tests::people::{ask_person, context, conversation, id, reply, say, secret, texts, waiting};
use tests::{Agent, Edge, Socket, Visitor, eventually};

/// The next frame with events in it; read marks alone are passed over.
fn next_events(socket: &mut Socket) -> Vec<Event> {
    loop {
        match socket.receive() {
            ConversationFrame::Events(Events { events, .. }) if events.is_empty() => {}
            ConversationFrame::Events(Events { events, .. }) => return events,
            ConversationFrame::Accepted { .. } | ConversationFrame::Typing { .. } => {}
            ConversationFrame::Refused { error, .. } => panic!("{error:?}"),
        }
    }
}

/// The next frame that tells what became of a command, and its code if it was refused.
fn next_outcome(socket: &mut Socket) -> (Option<shared::ids::EventId>, Option<ErrorCode>) {
    loop {
        match socket.receive() {
            ConversationFrame::Events(_) | ConversationFrame::Typing { .. } => {}
            ConversationFrame::Accepted { id } => return (Some(id), None),
            ConversationFrame::Refused { id, error } => return (id, Some(error.code)),
        }
    }
}

#[test]
fn what_one_side_says_the_other_hears() {
    let (_edge, agent, visitor, thread) = waiting();
    let mut here = visitor.live(&thread, 0);
    assert_eq!(next_events(&mut here).len(), 2, "what was before comes first");
    let mut there = agent.live(&thread, 2);
    let ConversationFrame::Events(greeting) = there.receive() else { panic!("a greeting is answered by events") };
    assert_eq!(greeting.events, [], "if only by none");

    there.send(&AgentFrame::Do(AgentCommand { id: id(2), action: reply("Hi, Ada here."), seen: None }));
    let heard = next_events(&mut here);
    assert_eq!(texts(&heard), ["Hi, Ada here."]);
    assert_eq!(heard.last().unwrap().by, Author::Agent { id: agent.me.id.clone(), name: "Ada".into() });
    assert_eq!(next_outcome(&mut there), (Some(id(2)), None));

    here.send(&VisitorFrame::Do(VisitorCommand { id: id(3), action: say("Thank you") }));
    assert_eq!(next_outcome(&mut here), (Some(id(3)), None));
    assert!(texts(&next_events(&mut there)).contains(&"Thank you"));

    here.send(&VisitorFrame::Do(VisitorCommand { id: id(4), action: VisitorAction::Read { up_to: 3 } }));
    let ConversationFrame::Events(marks) = there.receive() else { panic!("read marks travel as events") };
    assert_eq!(marks.read.visitor, 3);
}

#[test]
fn two_devices_of_one_visitor_see_the_same() {
    let (_edge, agent, visitor, thread) = waiting();
    let mut phone = visitor.live(&thread, 2);
    let mut laptop = visitor.live(&thread, 2);
    for socket in [&mut phone, &mut laptop] {
        let ConversationFrame::Events(_) = socket.receive() else { panic!("a greeting is answered by events") };
    }
    phone.send(&VisitorFrame::Do(VisitorCommand { id: id(2), action: say("From my phone") }));
    assert_eq!(next_events(&mut laptop), next_events(&mut phone));
    agent.command(&thread, 0, id(3), reply("Hello to both"));
    assert_eq!(next_events(&mut laptop), next_events(&mut phone));
    // The same command by the other device is the same command.
    laptop.send(&VisitorFrame::Do(VisitorCommand { id: id(2), action: say("From my phone") }));
    assert_eq!(next_outcome(&mut laptop), (Some(id(2)), None));
    let events = visitor.events(&thread).events;
    assert_eq!(texts(&events), ["From my phone", "Hello to both"]);
}

#[test]
fn the_inbox_shows_a_hand_off_as_it_happens() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let mut inbox = agent.inbox_live();
    assert_eq!(inbox.receive::<InboxFrame>(), InboxFrame::Snapshot(Vec::new()));
    let online = || edge.client().get("/api/w/demo/boot").send().ok::<Boot>().online;
    assert!(online(), "visitors see that somebody is here");

    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("My lamp hums"));
    visitor.command(&thread, 0, id(2), ask_person());
    let mut version = 0;
    let handed_off = loop {
        let InboxFrame::Changed(summary) = inbox.receive() else { panic!("the snapshot comes once") };
        assert!(summary.version > version, "only newer lines are told");
        version = summary.version;
        if summary.hand_off.is_some() {
            break summary;
        }
    };
    assert_eq!((&handed_off.id, handed_off.title.as_str()), (&thread, "My lamp hums"));
    assert_eq!(handed_off.context, context());
    assert_eq!(agent.inbox(), [*handed_off], "whoever comes later sees the same");
}

#[test]
fn a_socket_is_greeted_before_it_is_told_anything() {
    let (edge, agent, visitor, thread) = waiting();
    let refused_as = |mut socket: Socket, code: ErrorCode| {
        assert_eq!(next_outcome(&mut socket), (None, Some(code)));
        assert_eq!(socket.until_closed(), Vec::<String>::new());
    };
    let command = VisitorFrame::Do(VisitorCommand { id: id(2), action: say("Let me in") });
    let mut hasty = visitor.silent_socket(&thread);
    hasty.send(&command);
    refused_as(hasty, ErrorCode::HelloFirst);

    let mut listener = visitor.silent_socket(&thread);
    agent.command(&thread, 0, id(3), reply("For the visitor's eyes"));
    listener.send(&VisitorFrame::Hello { token: secret(9), have: 0 });
    refused_as(listener, ErrorCode::UnknownConversation);

    // To a conversation that was never begun, no socket opens.
    assert!(Visitor::new(&edge, 9).try_live(&conversation(9), 0).is_none());
    assert!(agent.try_live(&conversation(9), 0).is_none());
    assert_eq!(texts(&visitor.events(&thread).events), ["For the visitor's eyes"]);
}

#[test]
fn a_socket_is_greeted_once() {
    let (_edge, agent, visitor, thread) = waiting();
    let mut at_visitor = visitor.live(&thread, 0);
    at_visitor.receive::<ConversationFrame>();
    at_visitor.send(&VisitorFrame::Hello { token: visitor.token.clone(), have: 0 });
    assert_eq!(next_outcome(&mut at_visitor), (None, Some(ErrorCode::InvalidRequest)));
    assert_eq!(at_visitor.until_closed(), Vec::<String>::new());
    let mut at_agent = agent.live(&thread, 0);
    at_agent.send(&AgentFrame::Hello { have: 0, company: false, glimpse: false });
    assert_eq!(next_outcome(&mut at_agent), (None, Some(ErrorCode::InvalidRequest)));
}

#[test]
fn a_long_log_is_read_so_often_and_what_is_new_always() {
    let (_edge, _agent, visitor, thread) = waiting();
    let long = "A long story. ".repeat(570);
    for number in 10..70 {
        visitor.command(&thread, 9_999, id(number), say(&long));
    }
    let reads = (0..60).take_while(|_| visitor.try_events(&thread, 0).status == 200).count();
    assert!((10..40).contains(&reads), "{reads}");
    let refused = visitor.try_events(&thread, 0);
    assert_eq!(refused.refusal(), (429, ErrorCode::TooMany));
    let last = visitor.command(&thread, 9_999, id(80), say("Still here")).len();
    assert_eq!(last, 0, "what is asked for by number comes as ever");
}

#[test]
fn a_bad_frame_is_refused_and_changes_nothing() {
    let (_edge, _agent, visitor, thread) = waiting();
    let before = visitor.events(&thread);
    let mut socket = visitor.live(&thread, 2);
    let hello = json!({ "hello": { "token": visitor.token, "have": 0, "by": "agent" } });
    let spoofed =
        json!({ "do": { "id": id(2), "action": { "say": { "text": "x", "context": context() } }, "by": "assistant" } });
    for (frame, code) in [
        (String::from("{"), ErrorCode::BrokenJson),
        (String::from("null"), ErrorCode::InvalidRequest),
        (hello.to_string(), ErrorCode::InvalidRequest),
        (spoofed.to_string(), ErrorCode::InvalidRequest),
        (
            json!({ "do": { "id": id(2), "action": { "reply": { "text": "I am Ada" } } } }).to_string(),
            ErrorCode::InvalidRequest,
        ),
    ] {
        socket.send_text(&frame);
        assert_eq!(next_outcome(&mut socket), (None, Some(code)), "{frame}");
    }
    for (number, text, code) in [(3, " ", ErrorCode::EmptyMessage), (1, "Reused", ErrorCode::IdReused)] {
        socket.send(&VisitorFrame::Do(VisitorCommand { id: id(number), action: say(text) }));
        assert_eq!(next_outcome(&mut socket), (Some(id(number)), Some(code)), "{text:?}");
    }
    assert_eq!(visitor.events(&thread), before);
    socket.send(&VisitorFrame::Do(VisitorCommand { id: id(4), action: say("Still here") }));
    assert_eq!(next_outcome(&mut socket), (Some(id(4)), None), "the socket lives on");
}

#[test]
fn a_frame_too_large_or_of_bytes_ends_the_socket() {
    let (_edge, _agent, visitor, thread) = waiting();
    let mut socket = visitor.live(&thread, 2);
    socket.send_text(&" ".repeat(MAX_BODY + 1));
    assert_eq!(next_outcome(&mut socket).1, Some(ErrorCode::BodyTooLarge));
    socket.until_closed();
    let mut socket = visitor.live(&thread, 2);
    socket.send_bytes(b"{}");
    assert_eq!(next_outcome(&mut socket).1, Some(ErrorCode::BrokenJson));
    socket.until_closed();
}

#[test]
fn a_ping_is_answered_on_every_socket() {
    let (_edge, agent, visitor, thread) = waiting();
    for mut socket in [visitor.live(&thread, 2), agent.live(&thread, 2), agent.inbox_live()] {
        socket.receive_text();
        socket.send_text(PING);
        assert_eq!(socket.receive_text(), PONG);
    }
}

#[test]
fn the_last_line_of_a_busy_conversation_follows_in_the_lists() {
    let (_edge, agent, visitor, thread) = waiting();
    let have = visitor.events(&thread).events.len() as Seq;
    let mut socket = visitor.live(&thread, have);
    for number in 10..20 {
        socket.send(&VisitorFrame::Do(VisitorCommand { id: id(number), action: say(&format!("Line {number}")) }));
        assert_eq!(next_outcome(&mut socket), (Some(id(number)), None));
    }
    eventually("the agents' list to have the last line", || (agent.inbox().first()?.last == "Line 19").then_some(()));
    eventually("the visitor's list to have it too", || (visitor.threads().first()?.last == "Line 19").then_some(()));
}

#[test]
fn agents_see_who_else_looks_and_who_writes_and_visitors_see_neither() {
    let (edge, ada, visitor, thread) = waiting();
    let bob = ada.invite(&edge, "Bob");
    let mut at_ada = ada.live_with_company(&thread);
    let company = |socket: &mut Socket, wanted: &CompanyFrame| {
        loop {
            let text = socket.receive_text();
            match serde_json::from_str::<CompanyFrame>(&text) {
                Ok(frame) if frame == *wanted => return,
                _ => {}
            }
        }
    };
    let me = |agent: &Agent| Me { id: agent.me.id.clone(), name: agent.me.name.clone() };
    let both = |one: &Agent, other: &Agent| {
        let mut all = vec![me(one), me(other)];
        all.sort_by(|a, b| a.id.cmp(&b.id));
        CompanyFrame::Looking(all)
    };
    company(&mut at_ada, &CompanyFrame::Looking(vec![me(&ada)]));
    let mut at_bob = bob.live_with_company(&thread);
    company(&mut at_ada, &both(&ada, &bob));
    let mut at_visitor = visitor.live(&thread, 0);
    at_visitor.send(&VisitorFrame::Typing);
    company(&mut at_ada, &CompanyFrame::Typing(Author::Visitor));
    at_bob.send(&AgentFrame::Typing);
    let name = bob.me.name.clone();
    company(&mut at_ada, &CompanyFrame::Typing(Author::Agent { id: bob.me.id.clone(), name }));
    drop(at_bob);
    company(&mut at_ada, &CompanyFrame::Looking(vec![me(&ada)]));
    let said = ada.command(&thread, 0, id(100), reply("hello"));
    let last = said.last().unwrap().seq;
    loop {
        let text = at_visitor.receive_text();
        assert!(serde_json::from_str::<CompanyFrame>(&text).is_err(), "{text}");
        let Ok(ConversationFrame::Events(events)) = serde_json::from_str(&text) else { continue };
        if events.events.iter().any(|event| event.seq == last) {
            break;
        }
    }
}
