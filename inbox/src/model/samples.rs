//! What the models' tests are made of.

use shared::ids::{AgentId, ArticleId, ConversationId, EventId, TeamId};
use shared::protocol::{
    AgentAction, AgentCommand, ArticleRef, Author, Colleague, Context, Counts, Destination, Event, HandOff,
    HandOffReason, InboxFrame, ListName, ListPage, Millis, Placement, Position, Roster, Seq, Status, Summary, TeamLine,
    What,
};

/// A conversation's id that ends in this letter.
pub(crate) fn conversation(letter: char) -> ConversationId {
    ConversationId::parse(&format!("AAAAAAAAAAAAAAAAAAAAA{letter}")).unwrap()
}

pub(crate) fn event_id(text: &str) -> EventId {
    EventId::parse(text).unwrap()
}

pub(crate) fn article(id: &str) -> ArticleRef {
    ArticleRef { id: ArticleId::parse(id).unwrap(), title: format!("About {id}") }
}

/// Who sits at the desk in most tests.
pub(crate) fn ada_id() -> AgentId {
    agent('B')
}

/// An agent's id of one letter.
pub(crate) fn agent(letter: char) -> AgentId {
    AgentId::parse(&letter.to_string().repeat(22)).unwrap()
}

pub(crate) fn ada() -> Author {
    Author::Agent { id: ada_id(), name: "Ada".into() }
}

pub(crate) fn team(id: &str) -> TeamId {
    TeamId::parse(id).unwrap()
}

/// Ada and Ben, of whom Ada is in billing, and a team of nobody.
pub(crate) fn roster() -> Roster {
    let colleague = |id, name: &str, present, open| Colleague { id, name: name.into(), present, away: false, open };
    let line = |id, name: &str, members| TeamLine { id: team(id), name: name.into(), members };
    Roster {
        agents: vec![colleague(ada_id(), "Ada", true, 2), colleague(agent('C'), "Ben", false, 1)],
        teams: vec![line("billing", "Billing", vec![ada_id()]), line("eu/delivery", "Delivery", Vec::new())],
    }
}

/// The conversation in a team's list, and whose it is.
pub(crate) fn placed(summary: Summary, to: &str, assignee: Option<AgentId>) -> Summary {
    let place = Placement { to: Destination::Team(team(to)), assignee, ..Placement::default() };
    Summary { hand_off: Some(HandOff { reason: HandOffReason::Asked, place }), ..summary }
}

/// A part of a list.
pub(crate) fn page(list: &ListName, after: Option<Position>, lines: Vec<Summary>, more: bool) -> InboxFrame {
    InboxFrame::Page(ListPage { list: list.clone(), after, lines, more })
}

/// All counts, of which those that are not named are 0.
pub(crate) fn whole(counts: &[(ListName, u64)]) -> InboxFrame {
    InboxFrame::Counts(Counts { whole: true, lists: counts.iter().cloned().collect(), first: Vec::new() })
}

pub(crate) fn event(seq: Seq, by: Author, what: What) -> Event {
    Event { seq, id: event_id(&format!("e{seq}")), at: u64::from(seq) * 1_000, by, what }
}

pub(crate) fn said(seq: Seq, by: Author, text: &str) -> Event {
    event(seq, by, What::Said { text: text.into() })
}

pub(crate) fn reply(id: &str, text: &str) -> AgentCommand {
    AgentCommand { id: event_id(id), action: AgentAction::Reply { text: text.into(), seen: None }, seen: None }
}

pub(crate) fn summary(
    letter: char,
    version: Seq,
    status: Status,
    waiting_since: Option<Millis>,
    updated_at: Millis,
) -> Summary {
    let handed = status == Status::Waiting || status == Status::Replied;
    Summary {
        id: conversation(letter),
        version,
        title: format!("Question {letter}"),
        last: "last line".into(),
        status,
        hand_off: handed.then_some(HandOff { reason: HandOffReason::Asked, place: Placement::default() }),
        due: None,
        waiting_since,
        snoozed_until: None,
        resurfaced: None,
        opened_at: 0,
        updated_at,
        unread: 0,
        context: Context::default(),
    }
}
