//! One conversation as a client has it.

use crate::conversation::{State, unread_by_visitor};
use crate::ids::{ConversationId, EventId};
use crate::protocol::{Author, Event, Events, Millis, ReadMarks, Seq, Status, What};

/// The events of one conversation from the first, without gaps, and how far each side has read. It folds as it grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    id: ConversationId,
    side: Side,
    events: Vec<Event>,
    state: State,
    read: ReadMarks,
    loaded: bool,
    reported: Seq,
    new_from: Option<Seq>,
}

/// Who looks at a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The visitor.
    Visitor,
    /// An agent.
    Agent,
}

/// What taking events came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// All of them are here, those that were known already included.
    Whole,
    /// One before them is missing: ask again for what comes after `have`.
    Gap,
}

/// Whether people have a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// The assistant answers; a person is one action away.
    Assistant,
    /// It is with the team.
    People,
}

impl Transcript {
    /// A conversation of which nothing is known yet.
    pub fn new(id: ConversationId, side: Side) -> Self {
        let (events, state, read) = (Vec::new(), State::default(), ReadMarks::default());
        Self { id, side, events, state, read, loaded: false, reported: 0, new_from: None }
    }

    /// The end of a log whose beginning is not here. It amounts to nothing, and takes nothing.
    pub fn glimpse(id: ConversationId, side: Side, end: Events) -> Self {
        Self { events: end.events, read: end.read, ..Self::new(id, side) }
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

    /// The number of the last event that is here; 0 for none.
    pub fn have(&self) -> Seq {
        self.state.last_seq
    }

    /// Whether anything has come from the edge yet: before it, no events means nothing.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Whether an event is here.
    pub fn knows(&self, id: &EventId) -> bool {
        self.events.iter().any(|event| event.id == *id)
    }

    /// Takes events by their numbers: what is known already is passed over, and nothing is taken past a gap.
    pub fn take(&mut self, came: Events) -> Taken {
        self.loaded = true;
        if self.is_of_other_log(&came) {
            let copy = Self::new(self.id.clone(), self.side);
            *self = Self { loaded: true, ..copy };
            return Taken::Gap;
        }
        // Marks travel without numbers of their own, and nobody un-reads: the larger one is the later one.
        self.read.visitor = self.read.visitor.max(came.read.visitor);
        self.read.agent = self.read.agent.max(came.read.agent);
        for event in came.events {
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

    /// Whether the edge has another event with a number that is here. An answer may have been asked for before this copy grew,
    /// so the event that it follows tells nothing of the end of the copy: the events themselves are looked at, too.
    fn is_of_other_log(&self, came: &Events) -> bool {
        let follows_other = came.base.as_ref().is_some_and(|base| self.has_other(base.have, base.id.as_ref(), base.at));
        follows_other || came.events.iter().any(|event| self.has_other(event.seq, Some(&event.id), Some(event.at)))
    }

    /// An edge of an earlier build does not say when.
    fn has_other(&self, seq: Seq, id: Option<&EventId>, at: Option<Millis>) -> bool {
        let place = seq.checked_sub(1).and_then(|before| usize::try_from(before).ok());
        place
            .and_then(|place| self.events.get(place))
            .is_some_and(|mine| id != Some(&mine.id) || at.is_some_and(|at| at != mine.at))
    }

    /// How far each side has read, as the edge has told it.
    pub fn read(&self) -> ReadMarks {
        self.read
    }

    /// Whether something here was not reported as read yet.
    pub fn is_behind(&self) -> bool {
        self.have() > self.seen()
    }

    /// Everything here is on the screen. Gives the number to tell the edge, once for each; none if it knows.
    pub fn read_all(&mut self) -> Option<Seq> {
        let last = self.have();
        self.is_behind().then(|| {
            self.reported = last;
            last
        })
    }

    /// A report of what is read may not have arrived: the next `read_all` gives it again.
    pub fn report_again(&mut self) {
        self.reported = 0;
    }

    /// How many entries by others the visitor has not seen.
    pub fn unread(&self) -> u32 {
        unread_by_visitor(&self.events, self.seen())
    }

    /// The first entry that was new when the conversation was opened: a line is drawn above it.
    pub fn new_from(&self) -> Option<Seq> {
        self.new_from
    }

    /// The conversation comes on the screen: remembers what is new, so that the line stays where it is while it is read.
    pub fn opened(&mut self) {
        let seen = self.seen();
        let first = self.events.iter().find(|event| event.seq > seen && event.speaks_to_visitor());
        // Above the very first entry a line would part nothing from nothing.
        self.new_from = first.filter(|_| seen > 0).map(|event| event.seq);
    }

    /// Whether a person is on the way or here.
    pub fn hands(&self) -> Hands {
        let with_people = self.state.hand_off.is_some() || self.state.person_joined;
        if with_people && self.state.status != Status::Resolved { Hands::People } else { Hands::Assistant }
    }

    /// Who said the last unread thing, and what: for the bubble beside the launcher. No name means the assistant.
    pub fn preview(&self) -> Option<(Option<&str>, &What)> {
        let is_unread = |event: &&Event| event.seq > self.seen() && event.speaks_to_visitor();
        let event = self.events.iter().rev().find(is_unread)?;
        let from = if let Author::Agent { name, .. } = &event.by { Some(name.as_str()) } else { None };
        Some((from, &event.what))
    }

    /// How far this side has read, as far as the edge knows or was told.
    fn seen(&self) -> Seq {
        let mark = match self.side {
            Side::Visitor => self.read.visitor,
            Side::Agent => self.read.agent,
        };
        mark.max(self.reported)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AgentId, ArticleId};
    use crate::protocol::{ArticleRef, Base};

    /// What somebody says, in short.
    #[derive(Clone, Copy)]
    enum Says {
        Visitor(&'static str),
        Agent(&'static str),
        Article(&'static str),
        Solved,
    }

    fn event(seq: Seq, says: Says) -> Event {
        let agent = Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() };
        let (by, what) = match says {
            Says::Visitor(text) => (Author::Visitor, What::Said { text: text.into() }),
            Says::Agent(text) => (agent, What::Said { text: text.into() }),
            Says::Article(id) => {
                let article = ArticleRef { id: ArticleId::parse(id).unwrap(), title: id.into() };
                (Author::Assistant, What::Suggested { articles: vec![article] })
            }
            Says::Solved => (Author::Visitor, What::Resolved),
        };
        Event { seq, id: EventId::parse(&format!("e{seq}")).unwrap(), at: u64::from(seq) * 1_000, by, what }
    }

    fn came(all: &[(Seq, Says)]) -> Events {
        let events = all.iter().map(|(seq, says)| event(*seq, *says)).collect();
        Events { events, read: ReadMarks::default(), base: None }
    }

    fn marks(visitor: Seq, agent: Seq) -> Events {
        Events { events: Vec::new(), read: ReadMarks { visitor, agent }, base: None }
    }

    fn transcript(side: Side, all: &[(Seq, Says)]) -> Transcript {
        let mut transcript = Transcript::new(ConversationId::parse(&"a".repeat(22)).unwrap(), side);
        assert!(!transcript.is_loaded());
        transcript.take(came(all));
        assert!(transcript.is_loaded());
        transcript
    }

    #[test]
    fn a_copy_with_other_events_than_the_edge_is_dropped_and_asked_for_anew() {
        let hi = [(1, Says::Visitor("hi")), (2, Says::Agent("hello")), (3, Says::Visitor("thanks"))];
        let answer = |have: Seq, id: Option<&str>| {
            let base = Base { have, id: id.map(|id| EventId::parse(id).unwrap()), at: None };
            Events { base: Some(base), ..came(&[]) }
        };
        for (answer, have) in [
            (answer(3, Some("e3")), 3),
            (answer(2, Some("e2")), 3),
            // An answer to what a longer copy has asked, which was dropped since.
            (answer(5, Some("x5")), 3),
            (answer(3, Some("x3")), 0),
            (answer(3, None), 0),
            (answer(2, Some("x2")), 0),
        ] {
            let mut log = transcript(Side::Visitor, &hi);
            let taken = log.take(answer.clone());
            assert_eq!((taken == Taken::Gap, log.have()), (have == 0, have), "{answer:?}");
            assert_eq!(log.take(came(&hi)), Taken::Whole);
            assert_eq!((log.have(), log.is_loaded()), (3, true));
        }
    }

    #[test]
    fn events_are_taken_once_in_order_and_never_past_a_gap() {
        let mut log = transcript(Side::Agent, &[]);
        let hi = |seqs: &[Seq]| came(&seqs.iter().map(|seq| (*seq, Says::Visitor("hi"))).collect::<Vec<_>>());
        for (seqs, taken, have) in [
            (&[1, 2][..], Taken::Whole, 2),
            (&[2, 3], Taken::Whole, 3),
            (&[5], Taken::Gap, 3),
            (&[1, 2, 3], Taken::Whole, 3),
            (&[4, 5, 7], Taken::Gap, 5),
            (&[], Taken::Whole, 5),
        ] {
            assert_eq!((log.take(hi(seqs)), log.have()), (taken, have), "{seqs:?}");
            assert_eq!(*log.state(), State::replay(log.events()), "it folds as it grows");
        }
        assert_eq!(log.events().iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert!(log.knows(&EventId::parse("e5").unwrap()) && !log.knows(&EventId::parse("e7").unwrap()));
    }

    #[test]
    fn each_side_reports_what_it_has_read_once_and_marks_only_grow() {
        for side in [Side::Visitor, Side::Agent] {
            let mark = |seq| if side == Side::Visitor { marks(seq, 0) } else { marks(0, seq) };
            let mut log = transcript(side, &[(1, Says::Visitor("one")), (2, Says::Agent("two"))]);
            assert_eq!((log.read_all(), log.read_all()), (Some(2), None));
            log.report_again();
            assert_eq!(log.read_all(), Some(2), "what may have been lost is told again");
            log.take(came(&[(3, Says::Visitor("three"))]));
            log.take(mark(3));
            log.take(mark(1));
            assert_eq!((log.read().visitor.max(log.read().agent), log.read_all()), (3, None), "{side:?}");
        }
    }

    #[test]
    fn what_the_other_side_has_read_is_still_to_be_read_here() {
        let mut log = transcript(Side::Agent, &[(1, Says::Visitor("one"))]);
        log.take(marks(1, 0));
        assert_eq!(log.read_all(), Some(1));
    }

    #[test]
    fn only_what_others_say_is_unread_and_the_last_of_it_is_shown() {
        let all = [(1, Says::Visitor("one")), (2, Says::Agent("two")), (3, Says::Article("three"))];
        let mut log = transcript(Side::Visitor, &all);
        assert_eq!(log.unread(), 2);
        assert!(matches!(log.preview(), Some((None, What::Suggested { .. }))));
        log.read_all();
        assert_eq!((log.unread(), log.preview()), (0, None));
        log.take(came(&[(4, Says::Agent("four"))]));
        assert_eq!(log.preview(), Some((Some("Ada"), &What::Said { text: "four".into() })));
    }

    #[test]
    fn what_was_read_in_another_tab_is_read_here() {
        let all = [(1, Says::Visitor("one")), (2, Says::Agent("two")), (3, Says::Agent("three"))];
        let mut here = transcript(Side::Visitor, &all);
        assert_eq!(here.unread(), 2);
        here.take(marks(2, 0));
        assert_eq!(here.unread(), 1);
        here.take(marks(1, 0));
        assert_eq!(here.unread(), 1, "a mark that comes late takes nothing back");
    }

    #[test]
    fn the_line_of_the_new_stays_while_the_conversation_is_read() {
        let mut log = transcript(Side::Visitor, &[(1, Says::Visitor("one")), (2, Says::Agent("two"))]);
        log.opened();
        assert_eq!(log.new_from(), None, "what was never read has no old part");
        log.read_all();
        log.take(came(&[(3, Says::Agent("three"))]));
        log.opened();
        log.read_all();
        assert_eq!(log.new_from(), Some(3));
    }

    #[test]
    fn people_have_it_from_the_hand_off_until_it_is_solved() {
        let mut log = transcript(Side::Visitor, &[(1, Says::Visitor("one"))]);
        assert_eq!(log.hands(), Hands::Assistant);
        log.take(came(&[(2, Says::Agent("two"))]));
        assert_eq!(log.hands(), Hands::People);
        log.take(came(&[(3, Says::Solved)]));
        assert_eq!(log.hands(), Hands::Assistant);
    }
}
