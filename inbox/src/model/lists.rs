//! The lists of conversations and who comes first in them.

use shared::ids::ConversationId;
use shared::protocol::{Destination, HandOff, InboxFrame, Millis, Status, Summary};
use std::collections::BTreeMap;

/// A list of conversations. Nothing may be outside `All`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum List {
    /// A visitor waits for a person.
    #[default]
    Waiting,
    /// What no rule could place, until it is resolved.
    Escalations,
    /// Every conversation.
    All,
}

impl List {
    /// In the order in which they are shown.
    pub(crate) const EVERY: [Self; 3] = [Self::Waiting, Self::Escalations, Self::All];

    /// Its name in the page's address, and the end of its keys in the locale file.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Escalations => "escalations",
            Self::All => "all",
        }
    }

    /// Whether a conversation belongs to it.
    pub(crate) fn holds(self, summary: &Summary) -> bool {
        match self {
            Self::Waiting => summary.status == Status::Waiting,
            Self::Escalations => {
                let unplaced = |hand_off: &HandOff| hand_off.place.to == Destination::Escalations;
                summary.hand_off.as_ref().is_some_and(unplaced) && summary.status != Status::Resolved
            }
            Self::All => true,
        }
    }
}

/// Every conversation that the edge has told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    known: BTreeMap<ConversationId, Summary>,
    /// Whether the first snapshot has come: before it, an empty list means nothing.
    pub(crate) loaded: bool,
}

impl Lists {
    /// Takes what the edge says. An older version never replaces a newer one, however late a frame comes.
    pub(crate) fn take(&mut self, frame: InboxFrame) {
        match frame {
            InboxFrame::Snapshot(summaries) => {
                let before = std::mem::take(&mut self.known);
                for summary in summaries {
                    let newer = before.get(&summary.id).filter(|old| old.version > summary.version).cloned();
                    self.known.insert(summary.id.clone(), newer.unwrap_or(summary));
                }
                self.loaded = true;
            }
            InboxFrame::Changed(summary) => {
                let is_old = self.known.get(&summary.id).is_some_and(|old| old.version > summary.version);
                if !is_old {
                    self.known.insert(summary.id.clone(), *summary);
                }
            }
            InboxFrame::Forgotten { id } => {
                self.known.remove(&id);
            }
        }
    }

    /// The conversation as the lists show it.
    pub(crate) fn get(&self, id: &ConversationId) -> Option<&Summary> {
        self.known.get(id)
    }

    /// The conversations of a list: whoever has waited longest first, then what changed last.
    pub(crate) fn rows(&self, list: List) -> Vec<ConversationId> {
        let mut rows: Vec<&Summary> = self.known.values().filter(|summary| list.holds(summary)).collect();
        rows.sort_by_key(|summary| (rank(summary), &summary.id));
        rows.into_iter().map(|summary| summary.id.clone()).collect()
    }

    /// How many conversations a list holds.
    pub(crate) fn count(&self, list: List) -> usize {
        self.known.values().filter(|summary| list.holds(summary)).count()
    }

    /// Since when the visitor who has waited longest waits.
    pub(crate) fn longest_wait(&self) -> Option<Millis> {
        self.known
            .values()
            .filter(|summary| List::Waiting.holds(summary))
            .filter_map(|summary| summary.waiting_since)
            .min()
    }
}

fn rank(summary: &Summary) -> (bool, Millis) {
    match summary.waiting_since {
        Some(since) if summary.status == Status::Waiting => (false, since),
        _ => (true, Millis::MAX - summary.updated_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{conversation, summary};

    fn lists(summaries: Vec<Summary>) -> Lists {
        let mut lists = Lists::default();
        lists.take(InboxFrame::Snapshot(summaries));
        lists
    }

    #[test]
    fn the_oldest_promise_comes_first_and_the_rest_by_its_last_change() {
        let lists = lists(vec![
            summary('a', 1, Status::Resolved, None, 50),
            summary('b', 1, Status::Waiting, Some(30), 90),
            summary('c', 1, Status::Automatic, None, 99),
            summary('d', 1, Status::Waiting, Some(10), 10),
        ]);
        let check = |list, letters: &str| {
            let expected: Vec<_> = letters.chars().map(conversation).collect();
            assert_eq!(lists.rows(list), expected, "{list:?}");
            assert_eq!(lists.count(list), expected.len(), "{list:?}");
        };
        check(List::All, "dbca");
        check(List::Waiting, "db");
        check(List::Escalations, "db");
        assert_eq!(lists.longest_wait(), Some(10));
    }

    #[test]
    fn an_answered_escalation_stays_until_it_is_resolved() {
        let mut lists = lists(vec![summary('a', 1, Status::Replied, None, 1)]);
        assert_eq!((lists.count(List::Waiting), lists.count(List::Escalations)), (0, 1));
        lists.take(InboxFrame::Changed(Box::new(summary('a', 2, Status::Resolved, None, 2))));
        assert_eq!((lists.count(List::Escalations), lists.count(List::All)), (0, 1));
    }

    #[test]
    fn an_old_frame_never_replaces_a_newer_one() {
        let mut lists = lists(vec![summary('a', 5, Status::Replied, None, 5)]);
        lists.take(InboxFrame::Changed(Box::new(summary('a', 4, Status::Waiting, Some(1), 4))));
        assert_eq!(lists.get(&conversation('a')).unwrap().version, 5);
        lists.take(InboxFrame::Snapshot(vec![summary('a', 3, Status::Waiting, Some(1), 3)]));
        assert_eq!(lists.get(&conversation('a')).unwrap().version, 5);
        lists.take(InboxFrame::Changed(Box::new(summary('a', 6, Status::Resolved, None, 6))));
        assert_eq!(lists.get(&conversation('a')).unwrap().version, 6);
    }

    #[test]
    fn a_snapshot_forgets_what_is_not_in_it() {
        let mut lists = lists(vec![summary('a', 1, Status::Replied, None, 5)]);
        lists.take(InboxFrame::Snapshot(vec![summary('b', 1, Status::Replied, None, 5)]));
        assert_eq!(lists.rows(List::All), [conversation('b')]);
    }
}
