//! What a conversation's object remembers of its log: more than the state that the clients fold, too.

use super::summary::speaks_to_visitor;
use super::{Counted, State, Write};
use crate::deadlines::Terms;
use crate::protocol::{Event, Millis, Seq};
use crate::report::{Fact, Tally};

/// The fold over all events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) state: State,
    pub(super) tally: Tally,
    /// The numbers of the entries that speak to the visitor, in order: unread ones are counted without reading the log.
    spoken: Vec<Seq>,
}

impl Fold {
    pub(super) fn replay(events: &[Event]) -> Self {
        let mut fold = Self::default();
        // What was counted was counted when it happened: by which terms does not matter any more.
        let terms = Terms::default();
        events.iter().for_each(|event| drop(fold.apply(event, &terms)));
        fold
    }

    /// Takes the next event and tells what it counts for.
    pub(super) fn apply(&mut self, event: &Event, terms: &Terms) -> Vec<Fact> {
        let facts = self.tally.take(&self.state, event, terms);
        self.state.apply(event);
        if speaks_to_visitor(event) {
            self.spoken.push(event.seq);
        }
        facts
    }

    /// What is to be written for facts.
    pub(super) fn count(&self, revision: u32, at: Millis, facts: impl IntoIterator<Item = Fact>) -> Vec<Write> {
        let count = |fact| Write::Count(Counted { revision, at, topic: self.tally.topic(&self.state), fact });
        facts.into_iter().map(count).collect()
    }

    /// How many entries by others the visitor has not seen.
    pub(super) fn unread(&self, read_up_to: Seq) -> u32 {
        let read = self.spoken.partition_point(|seq| *seq <= read_up_to);
        u32::try_from(self.spoken.len() - read).unwrap_or(u32::MAX)
    }
}
