//! Conversations in every state that one can be in.

use crate::team::Team;
use shared::ids::{ConversationId, EventId, TeamId, base64url};
use shared::protocol::*;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use tests::people::{ask_person, context, conversation, reply, say};
use tests::stored::visitor;
use tests::{Agent, Edge, Visitor, eventually};

/// What the help centre has an article on, what it has an answer to, and what it has nothing on.
const QUESTION: &str = "Where is my parcel?";
const ANSWERED: &str = "When are you open?";
const NONSENSE: &str = "Zyx wvuts qponm lkjih";
/// Goes to the team for billing.
const REFUND: &str = "I want a refund";
/// Goes to nobody in particular, but soon.
const URGENT: &str = "There is smoke";

/// The conversation whose last words are not told to every list.
const LAST_WORDS: u8 = 21;

/// A conversation and who is in it.
struct Talk<'a> {
    thread: ConversationId,
    visitor: Visitor,
    team: &'a Team,
}

/// Begins all of them. Gives their numbers.
pub(crate) fn all(edge: &Edge, team: &Team) -> Vec<u8> {
    let talk = |number| Talk { thread: conversation(number), visitor: visitor(edge, number), team };
    with_the_assistant(&talk);
    with_the_team(&talk);
    by_the_clock(&talk);
    in_the_end(&talk);
    (1..=LAST_WORDS).collect()
}

/// An agent answers over a socket, and nothing waits until the lists know.
pub(crate) fn last_words(edge: &Edge, team: &Team) {
    let thread = conversation(LAST_WORDS);
    let mut socket = team.ada.live(&thread, 0);
    socket.receive::<ConversationFrame>();
    let command = AgentCommand { id: tests::id(240), action: reply("These are the last words"), seen: None };
    socket.send(&AgentFrame::Do(command));
    while !matches!(socket.receive(), ConversationFrame::Accepted { .. }) {}
    assert!(visitor(edge, LAST_WORDS).events(&thread).events.iter().any(|event| event.id == tests::id(240)));
}

fn with_the_assistant<'a>(talk: &impl Fn(u8) -> Talk<'a>) {
    let _suggested = talk(1).say(QUESTION);
    let _nothing = talk(2).say(NONSENSE);
    let answered = talk(3);
    let about = answered.say(ANSWERED);
    answered.does(VisitorAction::Helped { about, yes: true, article: None });
    answered.rates(Survey::Effort, 4, "");
    let in_vain = talk(4);
    let about = in_vain.say(QUESTION);
    in_vain.does(VisitorAction::Helped { about, yes: false, article: None });
    let spanish = talk(10);
    let context = Context { locale: "es".into(), recent: Vec::new(), ..context() };
    spanish.does(VisitorAction::Say { text: "¿Dónde está mi paquete?".into(), context });
}

fn with_the_team<'a>(talk: &impl Fn(u8) -> Talk<'a>) {
    talk(5).asks("I need a person");
    let team = talk(6).team;
    {
        // Three have room, and the fourth waits in the team's list.
        let _here = [team.ada.inbox_live(), team.bob.inbox_live()];
        (6..10).for_each(|number| talk(number).asks(REFUND));
    }
    let unread = talk(6);
    unread.ada(reply("Here you are"));
    unread.does(VisitorAction::Read { up_to: 1 });
    unread.ada(AgentAction::Read { up_to: 2 });
    let known = talk(14);
    known.asks("Who am I?");
    known.agent(&team.bob, reply("You are Grace"));
    known.does(say("So I am"));
    let placed = talk(18);
    placed.asks("Is this the right place?");
    placed.ada(AgentAction::Assign {
        place: Placement {
            to: Destination::Team(TeamId::parse("billing").unwrap()),
            assignee: Some(team.bob.me.id.clone()),
            priority: Priority::High,
            tags: vec!["trade".into(), "wholesale".into()],
        },
    });
    let long = talk(20);
    (0..90).for_each(|line| drop(long.does(say(&format!("Line {line}: it hums and flickers")))));
    talk(LAST_WORDS).asks("One more thing");
}

fn by_the_clock<'a>(talk: &impl Fn(u8) -> Talk<'a>) {
    const YEAR_MS: Millis = 365 * 24 * 60 * 60 * 1_000;
    const SOON_MS: Millis = 1_500;
    for (number, span) in [(11, YEAR_MS), (12, YEAR_MS), (13, SOON_MS)] {
        talk(number).asks("Not now");
        talk(number).ada(AgentAction::Snooze { until: now() + span });
    }
    talk(12).ada(AgentAction::Wake);
    talk(13).until(|what| *what == What::Resurfaced { because: Resurface::SnoozeOver });
    let urgent = talk(19);
    urgent.asks(URGENT);
    for because in [Resurface::ReplyDue, Resurface::ReplyLate] {
        urgent.until(|what| *what == What::Resurfaced { because });
    }
}

fn in_the_end<'a>(talk: &impl Fn(u8) -> Talk<'a>) {
    for number in 15..18 {
        talk(number).asks("It hums");
        talk(number).ada(reply("It is the driver"));
        talk(number).ada(AgentAction::Resolve);
    }
    talk(15).rates(Survey::Satisfaction, 2, "");
    talk(15).rates(Survey::Satisfaction, 5, "After all it was quick.");
    talk(16).ada(AgentAction::Reopen);
    talk(17).does(say("It hums again"));
}

impl Talk<'_> {
    /// The visitor writes. Gives the last event that follows.
    fn say(&self, text: &str) -> EventId {
        self.does(say(text))
    }

    /// The visitor writes and wants a person.
    fn asks(&self, text: &str) {
        self.say(text);
        self.does(ask_person());
    }

    fn rates(&self, survey: Survey, score: u8, comment: &str) {
        self.does(VisitorAction::Rate { survey, score, comment: comment.into() });
    }

    fn does(&self, action: VisitorAction) -> EventId {
        let events = self.visitor.command(&self.thread, 0, next_id(), action);
        events.into_iter().next_back().unwrap().id
    }

    fn ada(&self, action: AgentAction) {
        self.agent(&self.team.ada, action);
    }

    fn agent(&self, agent: &Agent, action: AgentAction) {
        agent.command(&self.thread, 0, next_id(), action);
    }

    fn until(&self, is_it: impl Fn(&What) -> bool) {
        eventually("the clock", || {
            let events = self.team.ada.events(&self.thread).events;
            events.iter().any(|event| is_it(&event.what)).then_some(())
        });
    }
}

/// An id that no other command has.
fn next_id() -> EventId {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    EventId::parse(&base64url(&[[7; 8], number.to_be_bytes()].concat())).unwrap()
}

fn now() -> Millis {
    Millis::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}
