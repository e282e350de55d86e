//! What a conversation's object remembers of its log: more than the state that the clients fold, too.

use super::{ClockSet, Counted, State, Write};
use crate::deadlines::Terms;
use crate::ids::{AgentId, EventId};
use crate::learning::Lessons;
use crate::protocol::{Author, Base, Destination, Event, Millis, Seq, What};
use crate::report::{Fact, Tally};
use crate::routing::Helped;

/// The fold over all events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) state: State,
    pub(super) tally: Tally,
    pub(super) lessons: Lessons,
    /// The last event.
    last: Option<(EventId, Millis)>,
    /// The numbers of the entries that speak to the visitor, in order: unread ones are counted without reading the log.
    spoken: Vec<Seq>,
    /// The numbers of the visitor's messages, in order: those that no agent has seen are counted the same way.
    heard: Vec<Seq>,
    /// The agent who wrote last.
    helper: Option<AgentId>,
}

impl Fold {
    pub(super) fn replay(events: &[Event], sets: &[ClockSet]) -> Self {
        let mut fold = Self::default();
        // A fact is counted when it happens, so later terms do not change it.
        let terms = Terms::default();
        for event in events {
            fold.apply(event, &terms);
            fold.state.set_clock(sets);
        }
        fold
    }

    /// Takes the next event and tells what it counts for.
    pub(super) fn apply(&mut self, event: &Event, terms: &Terms) -> Vec<Fact> {
        let facts = self.tally.take(&self.state, event, terms);
        self.lessons.take(&self.state, event);
        self.state.apply(event);
        self.last = Some((event.id.clone(), event.at));
        if let (Author::Agent { id, .. }, What::Said { .. }) = (&event.by, &event.what) {
            self.helper = Some(id.clone());
        }
        if event.speaks_to_visitor() {
            self.spoken.push(event.seq);
        }
        if event.speaks_to_agents() {
            self.heard.push(event.seq);
        }
        facts
    }

    /// What the next event follows; none for the first.
    pub(super) fn base(&self) -> Option<Base> {
        let (id, at) = self.last.clone()?;
        Some(Base { have: self.state.last_seq, id: Some(id), at: Some(at) })
    }

    /// What is to be written for facts.
    pub(super) fn count(&self, revision: u32, at: Millis, facts: impl IntoIterator<Item = Fact>) -> Vec<Write> {
        let count = |fact: Fact| {
            let (at, topic) = (self.tally.counted_at(&fact, at), self.tally.topic(&self.state, &fact));
            Write::Count(Counted { revision, at, topic, fact })
        };
        facts.into_iter().map(count).collect()
    }

    /// Who has helped, and in which team.
    pub(super) fn helped(&self) -> Option<Helped> {
        let team = self.state.hand_off.as_ref().and_then(|hand_off| match &hand_off.place.to {
            Destination::Team(team) => Some(team.clone()),
            Destination::Escalations => None,
        });
        self.helper.clone().map(|agent| Helped { team, agent })
    }

    /// How many entries by others the visitor has not seen.
    pub(super) fn unread(&self, read_up_to: Seq) -> u32 {
        after(&self.spoken, read_up_to)
    }

    /// How many messages of the visitor nobody of the team has seen.
    pub(super) fn unread_by_agents(&self, read_up_to: Seq) -> u32 {
        after(&self.heard, read_up_to)
    }
}

fn after(entries: &[Seq], read_up_to: Seq) -> u32 {
    let read = entries.partition_point(|seq| *seq <= read_up_to);
    u32::try_from(entries.len() - read).unwrap_or(u32::MAX)
}
