//! One conversation's log as far as the inbox has it.

use shared::conversation::State;
use shared::ids::EventId;
use shared::protocol::{Event, Events, ReadMarks, Seq};

/// The events from 1 without gaps, and how far each side has read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Thread {
    /// In order, without gaps.
    pub(crate) events: Vec<Event>,
    /// How far each side has read.
    pub(crate) read: ReadMarks,
    /// Whether anything has come yet: before it, no events means nothing.
    pub(crate) loaded: bool,
}

/// Whether what came could be joined to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// All of it.
    Whole,
    /// Something is missing in between: ask again from `have`.
    Gap,
}

impl Thread {
    /// The number of the last event that is here; 0 for none.
    pub(crate) fn have(&self) -> Seq {
        self.events.last().map_or(0, |event| event.seq)
    }

    /// Joins what came. What is already here is skipped; nothing after a gap is taken.
    pub(crate) fn take(&mut self, came: Events) -> Joined {
        self.loaded = true;
        // Marks travel without numbers of their own, and nobody un-reads: the larger one is the later one.
        self.read.visitor = self.read.visitor.max(came.read.visitor);
        self.read.agent = self.read.agent.max(came.read.agent);
        for event in came.events {
            let next = self.have() + 1;
            if event.seq > next {
                return Joined::Gap;
            }
            if event.seq == next {
                self.events.push(event);
            }
        }
        Joined::Whole
    }

    /// Whether an event is here.
    pub(crate) fn knows(&self, id: &EventId) -> bool {
        self.events.iter().any(|event| event.id == *id)
    }

    /// What the log amounts to.
    pub(crate) fn state(&self) -> State {
        State::replay(&self.events)
    }

    /// The read mark to send when the whole log is on the screen; none if the edge has it.
    pub(crate) fn unread(&self) -> Option<Seq> {
        let have = self.have();
        (have > self.read.agent).then_some(have)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::said;
    use shared::protocol::Author;

    fn events(seqs: &[Seq]) -> Events {
        Events {
            events: seqs.iter().map(|seq| said(*seq, Author::Visitor, "hi")).collect(),
            read: ReadMarks::default(),
        }
    }

    #[test]
    fn events_are_joined_once_and_in_order() {
        let mut thread = Thread::default();
        for (came, joined, have) in [
            (&[1, 2][..], Joined::Whole, 2),
            (&[2, 3], Joined::Whole, 3),
            (&[5], Joined::Gap, 3),
            (&[1, 2, 3], Joined::Whole, 3),
            (&[4, 5, 7], Joined::Gap, 5),
            (&[], Joined::Whole, 5),
        ] {
            assert_eq!(thread.take(events(came)), joined, "{came:?}");
            assert_eq!(thread.have(), have, "{came:?}");
        }
        assert_eq!(thread.events.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn read_marks_only_grow_and_are_sent_once() {
        let mut thread = Thread::default();
        thread.take(events(&[1, 2]));
        assert_eq!(thread.unread(), Some(2));
        thread.take(Events { events: Vec::new(), read: ReadMarks { visitor: 2, agent: 2 } });
        thread.take(Events { events: Vec::new(), read: ReadMarks { visitor: 1, agent: 0 } });
        assert_eq!(thread.read, ReadMarks { visitor: 2, agent: 2 });
        assert_eq!(thread.unread(), None);
    }
}
