//! What the models' tests are made of.

use shared::ids::{AgentId, ArticleId, ConversationId, EventId};
use shared::protocol::{
    AgentAction, AgentCommand, ArticleRef, Author, Context, Event, HandOff, HandOffReason, Millis, Placement, Seq,
    Status, Summary, What,
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

pub(crate) fn ada() -> Author {
    Author::Agent { id: AgentId::parse("BBBBBBBBBBBBBBBBBBBBBB").unwrap(), name: "Ada".into() }
}

pub(crate) fn event(seq: Seq, by: Author, what: What) -> Event {
    Event { seq, id: event_id(&format!("e{seq}")), at: u64::from(seq) * 1_000, by, what }
}

pub(crate) fn said(seq: Seq, by: Author, text: &str) -> Event {
    event(seq, by, What::Said { text: text.into() })
}

pub(crate) fn reply(id: &str, text: &str) -> AgentCommand {
    AgentCommand { id: event_id(id), action: AgentAction::Reply { text: text.into() } }
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
        context: Context::default(),
    }
}
