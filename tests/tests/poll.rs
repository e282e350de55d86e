//! The same events where no socket gets through: held requests.

use shared::ids::ConversationId;
use shared::protocol::*;
use std::time::{Duration, Instant};
use tests::people::{id, reply, say, waiting};
use tests::{Reply, Visitor, eventually};

/// Longer than any answer that does not wait, shorter than one that does.
const HELD: Duration = Duration::from_millis(200);

fn ask(visitor: &Visitor, thread: &ConversationId, query: &str) -> Reply {
    let path = format!("/api/w/demo/conversations/{thread}/events?{query}");
    visitor.request("GET", &path).send()
}

/// Asks and, when the request is surely held, does something; gives the answer and how long it took.
fn while_held(visitor: &Visitor, thread: &ConversationId, query: &str, act: impl FnOnce()) -> Events {
    std::thread::scope(|scope| {
        let begun = Instant::now();
        let answer = scope.spawn(|| ask(visitor, thread, query).ok::<Events>());
        eventually("the request to be held", || (begun.elapsed() > HELD).then_some(()));
        assert!(!answer.is_finished(), "it was not held");
        act();
        answer.join().unwrap()
    })
}

#[test]
fn what_is_there_is_answered_at_once() {
    let (_edge, _agent, visitor, thread) = waiting();
    let begun = Instant::now();
    let events: Events = ask(&visitor, &thread, "have=1&wait=25000").ok();
    assert_eq!(events.events.len(), 1);
    let marks: Events = ask(&visitor, &thread, "have=2&wait=25000&read=1.0").ok();
    assert_eq!((marks.events.len(), marks.read), (0, ReadMarks::default()), "marks that differ are news");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_held_request_is_answered_by_what_comes() {
    let (_edge, agent, visitor, thread) = waiting();
    let events = while_held(&visitor, &thread, "have=2&wait=25000&read=0.0", || {
        agent.command(&thread, 0, id(2), reply("Hi, Ada here."));
    });
    assert_eq!(events.events.iter().map(|event| event.seq).collect::<Vec<_>>(), [3, 4], "it is taken with the reply");
    let events = while_held(&visitor, &thread, "have=4&wait=25000&read=0.0", || {
        agent.command(&thread, 0, id(3), AgentAction::Read { up_to: 3 });
    });
    assert_eq!((events.events.len(), events.read.agent), (0, 3), "read marks come too");
}

#[test]
fn a_held_request_ends_by_itself_with_nothing() {
    let (_edge, _agent, visitor, thread) = waiting();
    let begun = Instant::now();
    let events: Events = ask(&visitor, &thread, "have=2&wait=600").ok();
    assert_eq!(events.events, []);
    assert!((Duration::from_millis(500)..Duration::from_secs(10)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
}

#[test]
fn a_whole_conversation_goes_by_requests_alone() {
    let (_edge, agent, visitor, thread) = waiting();
    let mut have = 2;
    for round in 1..=5u8 {
        let events = while_held(&visitor, &thread, &format!("have={have}&wait=25000"), || {
            agent.command(&thread, 0, id(100 + round), reply(&format!("Answer {round}")));
        });
        have = events.events.last().unwrap().seq;
        let new = visitor.command(&thread, have, id(200 + round), say(&format!("Question {round}")));
        have = new.last().unwrap().seq;
    }
    assert_eq!(have as usize, visitor.events(&thread).events.len());
}

#[test]
fn a_held_request_of_a_stranger_is_refused_at_once() {
    let (edge, _agent, _visitor, thread) = waiting();
    let stranger = Visitor::new(&edge, 9);
    let refused = ask(&stranger, &thread, "have=0&wait=25000").refusal();
    assert_eq!(refused, (404, ErrorCode::UnknownConversation));
}

#[test]
fn only_so_many_requests_are_held() {
    let (_edge, agent, visitor, thread) = waiting();
    std::thread::scope(|scope| {
        let asked: Vec<_> =
            (0..30).map(|_| scope.spawn(|| ask(&visitor, &thread, "have=2&wait=25000").status)).collect();
        let refused = || asked.iter().filter(|one| one.is_finished()).count();
        eventually("the rest to be refused", || (refused() == 30 - 16).then_some(()));
        agent.command(&thread, 0, id(2), reply("Hello"));
        let mut statuses: Vec<u16> = asked.into_iter().map(|one| one.join().unwrap()).collect();
        statuses.sort_unstable();
        assert_eq!((statuses[15], statuses[16]), (200, 429));
    });
}

#[test]
fn two_tabs_one_with_a_socket_and_one_without_agree_on_what_is_unread() {
    let (_edge, agent, visitor, thread) = waiting();
    agent.command(&thread, 0, id(2), reply("One"));
    agent.command(&thread, 0, id(3), reply("Two"));
    assert_eq!(visitor.threads()[0].unread, 2);
    let mut tab = visitor.live(&thread, 0);
    tab.receive::<ConversationFrame>();
    let marks = while_held(&visitor, &thread, "have=5&wait=25000&read=0.0", || {
        tab.send(&VisitorFrame::Do(VisitorCommand { id: id(4), action: VisitorAction::Read { up_to: 5 } }));
    });
    assert_eq!(marks.read.visitor, 5, "the other tab learns what was read in this one");
    let marks = loop {
        if let ConversationFrame::Events(events) = tab.receive() {
            break events.read;
        }
    };
    assert_eq!(marks.visitor, 5);
    eventually("the list", || (visitor.threads()[0].unread == 0).then_some(()));
    agent.command(&thread, 0, id(5), reply("Three"));
    assert_eq!(visitor.threads()[0].unread, 1);
}
