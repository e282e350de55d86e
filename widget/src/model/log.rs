//! One conversation as this panel has it.

use shared::conversation::{State, unread_by_visitor};
use shared::ids::ConversationId;
use shared::protocol::{Author, Event, Events, ReadMarks, Seq, Status, What};

/// The events of one conversation from the first, without gaps, and how far each side has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    id: ConversationId,
    events: Vec<Event>,
    state: State,
    read: ReadMarks,
    told: Seq,
    new_from: Option<Seq>,
}

/// What taking events came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// All of them are here, those that were known already included.
    Whole,
    /// One before them is missing: ask again for what comes after `have`.
    Gap,
}

/// Whether people have this conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// The assistant answers; a person is one action away.
    Assistant,
    /// It is with the team.
    People,
}

impl Log {
    /// A conversation of which nothing is known yet.
    pub fn new(id: ConversationId) -> Self {
        let read = ReadMarks::default();
        Self { id, events: Vec::new(), state: State::default(), read, told: 0, new_from: None }
    }

    /// Which conversation.
    pub fn id(&self) -> &ConversationId {
        &self.id
    }

    /// The events, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What they amount to.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The number of the last event that is here.
    pub fn have(&self) -> Seq {
        self.state.last_seq
    }

    /// Takes events by their numbers: what is known already is passed over, and nothing is taken past a gap.
    pub fn take(&mut self, events: Events) -> Taken {
        self.read.visitor = self.read.visitor.max(events.read.visitor);
        self.read.agent = self.read.agent.max(events.read.agent);
        for event in events.events {
            if event.seq <= self.have() {
                continue;
            }
            if event.seq != self.have() + 1 {
                return Taken::Gap;
            }
            self.state.apply(&event);
            self.events.push(event);
        }
        Taken::Whole
    }

    /// How many entries by others the visitor has not seen.
    pub fn unread(&self) -> u32 {
        unread_by_visitor(&self.events, self.seen())
    }

    /// The number up to which the agents have read.
    pub fn agents_read(&self) -> Seq {
        self.read.agent
    }

    /// How far each side has read, as the edge has told it.
    pub fn read(&self) -> ReadMarks {
        self.read
    }

    /// The first entry that was new when the thread was opened: a line is drawn above it.
    pub fn new_from(&self) -> Option<Seq> {
        self.new_from
    }

    /// The thread comes on the screen: remembers what is new, so that the line stays where it is while it is read.
    pub fn opened(&mut self) {
        let seen = self.seen();
        let first = self.events.iter().find(|event| unread_by_visitor([*event], seen) > 0).map(|event| event.seq);
        // Above the very first entry a line would part nothing from nothing.
        self.new_from = first.filter(|_| seen > 0);
    }

    /// Whether something here was not said to be read yet.
    pub fn is_behind(&self) -> bool {
        self.have() > self.seen()
    }

    /// Everything here is on the screen. Gives the number to tell the edge, once for each; none if it knows.
    pub fn read_all(&mut self) -> Option<Seq> {
        let last = self.have();
        self.is_behind().then(|| {
            self.told = last;
            last
        })
    }

    /// The connection was lost: what was told may not have arrived, so it is told again.
    pub fn tell_again(&mut self) {
        self.told = 0;
    }

    /// Whether a person is on the way or here.
    pub fn hands(&self) -> Hands {
        let with_people = self.state.hand_off.is_some() || self.state.person_joined;
        if with_people && self.state.status != Status::Resolved { Hands::People } else { Hands::Assistant }
    }

    /// Who said the last unread thing, and what: for the bubble beside the launcher. No name means the assistant.
    pub fn preview(&self) -> Option<(Option<&str>, &str)> {
        let event = self.events.iter().rev().find(|event| unread_by_visitor([*event], self.seen()) > 0)?;
        let from = if let Author::Agent { name, .. } = &event.by { Some(name.as_str()) } else { None };
        let text = match &event.what {
            What::Said { text } | What::Answered { text, .. } => text.as_str(),
            What::Suggested { articles } => articles.first().map_or("", |article| article.title.as_str()),
            _ => "",
        };
        Some((from, text))
    }

    fn seen(&self) -> Seq {
        self.read.visitor.max(self.told)
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use shared::ids::{AgentId, ArticleId, EventId};
    use shared::protocol::ArticleRef;

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
        Event {
            seq,
            id: EventId::parse(&["e", &seq.to_string()].concat()).unwrap(),
            at: u64::from(seq) * 1_000,
            by,
            what,
        }
    }

    pub(crate) fn events(events: Vec<Event>) -> Events {
        Events { events, read: ReadMarks::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::*;
    use super::*;

    fn log(whats: Vec<(Author, What)>) -> Log {
        let mut log = Log::new(conversation('a'));
        log.take(events((1..).zip(whats).map(|(seq, what)| event(seq, what)).collect()));
        log
    }

    #[test]
    fn events_are_taken_once_in_order_and_never_past_a_gap() {
        let mut log = log(vec![said_by_visitor("one"), said_by_agent("two")]);
        let again = events(vec![event(2, said_by_agent("two")), event(3, said_by_agent("three"))]);
        assert_eq!(log.take(again), Taken::Whole);
        assert_eq!((log.have(), log.events().len()), (3, 3));
        assert_eq!(log.take(events(vec![event(5, said_by_agent("five"))])), Taken::Gap);
        assert_eq!(log.have(), 3);
    }

    #[test]
    fn only_what_others_say_is_unread_and_reading_is_told_once() {
        let mut log = log(vec![said_by_visitor("one"), said_by_agent("two"), suggested("three")]);
        assert_eq!(log.unread(), 2);
        assert_eq!(log.preview(), Some((None, "three")));
        assert_eq!(log.read_all(), Some(3));
        assert_eq!((log.read_all(), log.unread(), log.preview()), (None, 0, None));
        log.tell_again();
        assert_eq!(log.read_all(), Some(3), "what may have been lost is told again");
    }

    #[test]
    fn what_was_read_in_another_tab_is_read_here() {
        let mut here = log(vec![said_by_visitor("one"), said_by_agent("two"), said_by_agent("three")]);
        assert_eq!(here.unread(), 2);
        here.take(Events { events: Vec::new(), read: ReadMarks { visitor: 2, agent: 0 } });
        assert_eq!(here.unread(), 1);
        here.take(Events { events: Vec::new(), read: ReadMarks { visitor: 1, agent: 0 } });
        assert_eq!(here.unread(), 1, "a mark that comes late takes nothing back");
    }

    #[test]
    fn the_line_of_the_new_stays_while_the_thread_is_read() {
        let mut log = log(vec![said_by_visitor("one"), said_by_agent("two")]);
        log.opened();
        assert_eq!(log.new_from(), None, "a thread that was never read has no old part");
        log.read_all();
        log.take(events(vec![event(3, said_by_agent("three"))]));
        log.opened();
        log.read_all();
        assert_eq!(log.new_from(), Some(3));
    }

    #[test]
    fn people_have_it_from_the_hand_off_until_it_is_solved() {
        let mut log = log(vec![said_by_visitor("one")]);
        assert_eq!(log.hands(), Hands::Assistant);
        log.take(events(vec![event(2, said_by_agent("two"))]));
        assert_eq!(log.hands(), Hands::People);
        log.take(events(vec![event(3, (Author::Visitor, What::Resolved))]));
        assert_eq!(log.hands(), Hands::Assistant);
    }
}
