//! A conversation through the HTTP doors: stored once, answered by the assistant, handed to people, and back.

use shared::protocol::*;
use std::sync::Barrier;
use tests::people::{ask_person, context, conversation, id, meeting, reply, say};
use tests::{Agent, Edge, Visitor, eventually};

/// What the demo's help centre surely has an article on.
const QUESTION: &str = "Where is my parcel?";
/// What it surely has nothing on.
const NONSENSE: &str = "Zyx wvuts qponm lkjih";

/// The assistant's entries.
fn assistants(events: &[Event]) -> Vec<&Event> {
    events.iter().filter(|event| event.by == Author::Assistant).collect()
}

fn numbered_without_gaps(events: &[Event]) -> bool {
    events.iter().map(|event| event.seq).eq(1..=events.len() as Seq)
}

#[test]
fn a_first_message_is_stored_once_however_often_it_is_sent() {
    let edge = Edge::start();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    let first = visitor.command(&thread, 0, id(1), say(QUESTION));
    assert!(numbered_without_gaps(&first), "{first:#?}");
    assert_eq!(first[0].what, What::Context(context()));
    assert_eq!((&first[1].what, &first[1].id), (&What::Said { text: QUESTION.into() }, &id(1)));
    assert_eq!((&first[0].by, &first[1].by), (&Author::Visitor, &Author::Visitor));

    assert_eq!(visitor.command(&thread, 0, id(1), say(QUESTION)), first, "the second copy meets the first");
    assert_eq!(visitor.events(&thread).events, first);
    let last = first.len() as Seq;
    assert_eq!(visitor.command(&thread, last, id(1), say(QUESTION)), [], "and there is nothing new in it");
    assert_eq!(visitor.threads().len(), 1);
}

#[test]
fn a_title_that_is_offered_is_no_line_of_the_visitors_list() {
    let edge = Edge::start();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    let events = visitor.command(&thread, 0, id(1), say(QUESTION));
    assert!(events.iter().any(|event| matches!(event.what, What::Suggested { .. })), "{events:#?}");
    eventually("the list", || visitor.threads().into_iter().find(|one| one.title == QUESTION && one.last.is_empty()));
    visitor.command(&thread, 0, id(2), say(NONSENSE));
    eventually("the next line", || visitor.threads().into_iter().find(|one| one.last == NONSENSE));
}

#[test]
fn copies_that_come_at_the_same_time_are_stored_once() {
    let edge = Edge::start();
    let thread = conversation(1);
    const COPIES: usize = 6;
    let start = Barrier::new(COPIES);
    std::thread::scope(|scope| {
        for _ in 0..COPIES {
            let visitor = Visitor::new(&edge, 1);
            let (start, thread) = (&start, &thread);
            scope.spawn(move || {
                start.wait();
                visitor.command(thread, 0, id(1), say(QUESTION));
            });
        }
    });
    let events = Visitor::new(&edge, 1).events(&thread).events;
    let said = events.iter().filter(|event| matches!(event.what, What::Said { .. })).count();
    assert_eq!((said, assistants(&events).len()), (1, 1), "{events:#?}");
    assert!(numbered_without_gaps(&events));
}

#[test]
fn the_assistant_suggests_what_fits_under_its_own_name() {
    let edge = Edge::start();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    let events = visitor.command(&thread, 0, id(1), say(QUESTION));
    let [answer] = assistants(&events)[..] else { panic!("{events:#?}") };
    let suggested = match &answer.what {
        What::Suggested { articles } => articles.clone(),
        What::Answered { article, .. } => article.iter().cloned().collect(),
        other => panic!("{other:?}"),
    };
    assert!(
        suggested.iter().any(|article| article.id.as_str() == "track-a-parcel" && article.title == "Track a parcel")
    );
    assert!(suggested.len() <= 3);

    let again = visitor.command(&thread, answer.seq, id(2), say(QUESTION));
    let repeated = assistants(&again).iter().any(|event| match &event.what {
        What::Suggested { articles } => articles.iter().any(|article| suggested.contains(article)),
        What::Answered { .. } => true,
        _ => false,
    });
    assert!(!repeated, "nothing is suggested twice: {again:#?}");
}

#[test]
fn the_assistant_offers_a_person_when_it_finds_nothing() {
    let edge = Edge::start();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    let events = visitor.command(&thread, 0, id(1), say(NONSENSE));
    assert_eq!(assistants(&events)[0].what, What::FoundNothing);
    let events = visitor.command(&thread, 0, id(2), ask_person());
    let asked = What::HandedOff { reason: HandOffReason::Asked, place: Placement::default() };
    assert_eq!(events.last().unwrap().what, asked);
    let events = visitor.command(&thread, 0, id(3), say(QUESTION));
    assert_eq!(assistants(&events).len(), 1, "it is silent from then on");
}

#[test]
fn no_leads_to_a_person_at_once_and_yes_resolves() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    for (number, yes) in [(1, true), (2, false)] {
        let (visitor, thread) = (Visitor::new(&edge, number), conversation(number));
        let events = visitor.command(&thread, 0, id(1), say(QUESTION));
        let about = assistants(&events)[0].id.clone();
        let last = events.len() as Seq;
        let new =
            visitor.command(&thread, last, id(2), VisitorAction::Helped { about: about.clone(), yes, article: None });
        let expected = if yes {
            What::Resolved
        } else {
            What::HandedOff { reason: HandOffReason::NotHelped, place: Placement::default() }
        };
        let whats: Vec<_> = new.iter().map(|event| event.what.clone()).collect();
        assert_eq!(whats, [What::Helped { about, yes, article: None }, expected]);
        let summary = agent.inbox().into_iter().find(|summary| summary.id == thread).unwrap();
        assert_eq!(summary.status, if yes { Status::Resolved } else { Status::Waiting });
        assert_eq!(summary.hand_off.is_some(), !yes);
    }
}

#[test]
fn a_hand_off_brings_all_that_an_agent_needs() {
    let (_edge, agent, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(1), say("My parcel is late"));
    let before = agent.inbox();
    assert_eq!((before[0].status, &before[0].hand_off), (Status::Automatic, &None), "all conversations are in it");

    visitor.command(&thread, 0, id(2), ask_person());
    let [summary] = &agent.inbox()[..] else { panic!("one conversation is one line") };
    assert_eq!(summary.hand_off, Some(HandOff { reason: HandOffReason::Asked, place: Placement::default() }));
    assert_eq!((summary.status, summary.title.as_str()), (Status::Waiting, "My parcel is late"));
    assert_eq!(summary.context, context(), "the page, the language and what was tried");
    assert!(summary.waiting_since.is_some());
    assert_eq!(agent.events(&thread).events, visitor.events(&thread).events, "and what was said");
}

#[test]
fn the_turn_passes_from_the_agent_to_the_visitor_and_back() {
    let (_edge, agent, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(1), ask_person());
    let status = || (agent.inbox()[0].status, visitor.threads()[0].status);
    assert_eq!(status(), (Status::Waiting, Status::Waiting));

    let new = agent.command(&thread, 2, id(2), reply("Hi, Ada here."));
    assert_eq!(new[0].by, Author::Agent { id: agent.me.id.clone(), name: "Ada".into() });
    assert_eq!(agent.command(&thread, 2, id(2), reply("Hi, Ada here.")), new, "an agent's copy meets the first too");
    assert_eq!(status(), (Status::Replied, Status::Replied));
    assert_eq!((visitor.threads()[0].unread, visitor.threads()[0].last.as_str()), (1, "Hi, Ada here."));

    visitor.command(&thread, 0, id(3), VisitorAction::Read { up_to: 4 });
    assert_eq!(visitor.threads()[0].unread, 0);
    assert_eq!(agent.events(&thread).read, ReadMarks { visitor: 4, agent: 0 });
    visitor.command(&thread, 0, id(4), VisitorAction::Read { up_to: 1 });
    assert_eq!(agent.events(&thread).read.visitor, 4, "what was read stays read");
    agent.command(&thread, 0, id(5), AgentAction::Read { up_to: 99 });
    assert_eq!(visitor.events(&thread).read.agent, 4, "nobody has read what is not there");

    agent.command(&thread, 0, id(6), AgentAction::Resolve);
    assert_eq!(status(), (Status::Resolved, Status::Resolved));
    agent.command(&thread, 0, id(7), AgentAction::Reopen);
    assert_eq!(status(), (Status::Replied, Status::Replied));
    agent.command(&thread, 0, id(8), AgentAction::Resolve);
    visitor.command(&thread, 0, id(9), say("It is back"));
    assert_eq!(status(), (Status::Waiting, Status::Waiting), "what comes back comes to a person");
    assert!(numbered_without_gaps(&visitor.events(&thread).events));
}

#[test]
fn threads_are_listed_newest_first_and_only_ones_own() {
    let edge = Edge::start();
    let (ann, bob) = (Visitor::new(&edge, 1), Visitor::new(&edge, 2));
    for (number, visitor) in [(1, &ann), (2, &bob), (3, &ann)] {
        visitor.command(&conversation(number), 0, id(number), say(&format!("Question {number}")));
    }
    let ids = |visitor: &Visitor| visitor.threads().into_iter().map(|thread| thread.id).collect::<Vec<_>>();
    assert_eq!(ids(&ann), [conversation(3), conversation(1)]);
    assert_eq!(ids(&bob), [conversation(2)]);
    ann.command(&conversation(1), 0, id(4), say("One more"));
    assert_eq!(ids(&ann), [conversation(1), conversation(3)]);
    assert_eq!(ann.threads()[0].title, "Question 1");
}

#[test]
fn a_resolution_before_anything_was_sent_is_counted_and_opens_nothing() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let article = shared::ids::ArticleId::parse("track-a-parcel").unwrap();
    let resolution = Resolution { id: id(1), about: Solution::Article(article), locale: "en".into(), helped: true };
    for _ in 0..2 {
        assert_eq!(edge.client().post("/api/w/demo/resolutions").json(&resolution).send().status, 204);
    }
    assert_eq!(agent.inbox(), []);
}
