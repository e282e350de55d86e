//! What the models' tests are made of.

use shared::client::{Outbox, Pending, Side, Transcript};
use shared::ids::{AgentId, ArticleId, ConversationId, EventId};
use shared::protocol::{ArticleRef, Author, Event, Events, ReadMarks, Seq, VisitorAction, VisitorCommand, What};

pub(crate) fn conversation(name: char) -> ConversationId {
    ConversationId::parse(&name.to_string().repeat(22)).unwrap()
}

pub(crate) fn said_by_visitor(text: &str) -> (Author, What) {
    (Author::Visitor, What::Said { text: text.into() })
}

pub(crate) fn said_by_agent(text: &str) -> (Author, What) {
    (
        Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() },
        What::Said { text: text.into() },
    )
}

pub(crate) fn suggested(id: &str) -> (Author, What) {
    let article = ArticleRef { id: ArticleId::parse(id).unwrap(), title: id.into() };
    (Author::Assistant, What::Suggested { articles: vec![article] })
}

pub(crate) fn event(seq: Seq, (by, what): (Author, What)) -> Event {
    Event { seq, id: EventId::parse(&["e", &seq.to_string()].concat()).unwrap(), at: u64::from(seq) * 1_000, by, what }
}

pub(crate) fn events(events: Vec<Event>) -> Events {
    Events { events, read: ReadMarks::default(), base: None }
}

/// A transcript of these events, as the visitor has it.
pub(crate) fn transcript(whats: Vec<(Author, What)>) -> Transcript {
    let mut transcript = Transcript::new(conversation('a'), Side::Visitor);
    transcript.take(events((1..).zip(whats).map(|(seq, what)| event(seq, what)).collect()));
    transcript
}

/// Something that the visitor did and the edge does not have yet.
pub(crate) fn waiting(id: &str, action: VisitorAction) -> Pending<VisitorCommand> {
    Pending::new(conversation('a'), 50_000, VisitorCommand { id: EventId::parse(id).unwrap(), action })
}

/// An outbox in which nothing waits.
pub(crate) fn empty() -> Outbox<VisitorCommand> {
    Outbox::default()
}

/// An article by its slug.
pub(crate) fn article(id: &str) -> ArticleRef {
    ArticleRef { id: ArticleId::parse(id).unwrap(), title: id.into() }
}
