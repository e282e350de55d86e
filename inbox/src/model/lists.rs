//! The lists of conversations and who comes first in them.

use super::order::{in_order, largest_first};
use shared::conversation::Location;
use shared::ids::{AgentId, ConversationId, TeamId};
use shared::protocol::{Destination, InboxFrame, Millis, Summary};
use std::collections::BTreeMap;

/// A list of conversations: those of `shared::conversation::List`, and `Waiting`. Nothing may be outside `All`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum List {
    /// A visitor waits for a person, wherever that is.
    #[default]
    Waiting,
    /// The agent's own.
    Mine,
    /// With people, and nobody's yet.
    Unassigned,
    /// What no rule could place, until it is resolved.
    Escalations,
    /// A team's.
    Team(TeamId),
    /// What the assistant is still answering.
    Automatic,
    /// Out of sight until its time, or until the visitor writes.
    Snoozed,
    /// Solved.
    Solved,
    /// Every conversation.
    All,
}

impl List {
    /// Those that stand before the teams.
    pub(crate) const BEFORE_TEAMS: [Self; 4] = [Self::Waiting, Self::Mine, Self::Unassigned, Self::Escalations];
    /// Those that stand after them.
    pub(crate) const AFTER_TEAMS: [Self; 4] = [Self::Automatic, Self::Snoozed, Self::Solved, Self::All];

    /// The list that a place is in.
    pub(crate) fn of(destination: &Destination) -> Self {
        match destination {
            Destination::Escalations => Self::Escalations,
            Destination::Team(team) => Self::Team(team.clone()),
        }
    }

    /// Whether a conversation belongs to it, for this agent. Where it lies is the shared rule.
    fn holds(&self, summary: &Summary, me: Option<&AgentId>) -> bool {
        match (self, summary.location()) {
            (Self::All, _) => true,
            (Self::Waiting, _) => summary.is_waiting(),
            (Self::Mine, Location::People { assignee, .. }) => me.is_some() && assignee == me,
            (Self::Unassigned, Location::People { assignee, .. }) => assignee.is_none(),
            (Self::Escalations | Self::Team(_), Location::People { to, .. }) => Self::of(to) == *self,
            (Self::Automatic, lies) => lies == Location::Automatic,
            (Self::Snoozed, lies) => lies == Location::Snoozed,
            (Self::Solved, lies) => lies == Location::Resolved,
            (Self::Mine | Self::Unassigned | Self::Escalations | Self::Team(_), _) => false,
        }
    }
}

/// Every conversation that the edge has told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// Whose `Mine` is.
    me: Option<AgentId>,
    known: BTreeMap<ConversationId, Summary>,
    /// Whether the first snapshot has come: before it, an empty list means nothing.
    pub(crate) loaded: bool,
}

impl Lists {
    /// An agent's, before anything has come.
    pub(crate) fn of(me: AgentId) -> Self {
        Self { me: Some(me), ..Self::default() }
    }

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
            // Only a page that asks for pages gets them.
            InboxFrame::Counts(_) | InboxFrame::Page(_) => {}
        }
    }

    /// The conversation as the lists show it.
    pub(crate) fn get(&self, id: &ConversationId) -> Option<&Summary> {
        self.known.get(id)
    }

    /// The conversations of a list: the oldest promise first, then the longest wait, then what changed last. Snoozed
    /// conversations come in the order in which they come back.
    pub(crate) fn rows(&self, list: &List) -> Vec<ConversationId> {
        let rows = in_order(self.held(list).collect(), |summary| rank(summary, *list == List::Snoozed));
        rows.into_iter().map(|summary| summary.id.clone()).collect()
    }

    /// How many conversations a list holds.
    pub(crate) fn count(&self, list: &List) -> usize {
        self.held(list).count()
    }

    /// Those in which a visitor waits for a person.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Summary> {
        self.held(&List::Waiting)
    }

    /// The teams in whose lists something lies.
    pub(crate) fn teams(&self) -> impl Iterator<Item = TeamId> {
        self.known.values().filter_map(|summary| match summary.placement()?.to {
            Destination::Team(team) => Some(team),
            Destination::Escalations => None,
        })
    }

    fn held(&self, list: &List) -> impl Iterator<Item = &Summary> {
        self.known.values().filter(move |summary| list.holds(summary, self.me.as_ref()))
    }
}

fn rank(summary: &Summary, by_return: bool) -> (u64, Millis) {
    let waits = summary.is_waiting();
    match (summary.due.filter(|_| waits), summary.waiting_since.filter(|_| waits)) {
        _ if by_return => (0, summary.snoozed_until.unwrap_or_default()),
        (Some(due), _) => (0, due),
        (None, Some(since)) => (1, since),
        (None, None) => (2, largest_first(summary.updated_at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{ada_id, conversation, placed, summary, team};
    use shared::protocol::Status;

    fn lists(summaries: Vec<Summary>) -> Lists {
        let mut lists = Lists::of(ada_id());
        lists.take(InboxFrame::Snapshot(summaries));
        lists
    }

    fn check(lists: &Lists, list: &List, letters: &str) {
        let expected: Vec<_> = letters.chars().map(conversation).collect();
        assert_eq!(lists.rows(list), expected, "{list:?}");
        assert_eq!(lists.count(list), expected.len(), "{list:?}");
    }

    fn billing() -> List {
        List::Team(team("billing"))
    }

    #[test]
    fn the_oldest_promise_comes_first_then_the_longest_wait_then_the_last_change() {
        let mut lists = lists(vec![
            summary('a', 1, Status::Resolved, None, 50),
            summary('b', 1, Status::Waiting, Some(30), 90),
            summary('c', 1, Status::Automatic, None, 99),
            summary('d', 1, Status::Waiting, Some(10), 10),
            Summary { due: Some(95), ..summary('e', 1, Status::Waiting, Some(40), 40) },
            Summary { due: Some(80), ..summary('f', 1, Status::Waiting, Some(50), 50) },
        ]);
        check(&lists, &List::All, "fedbca");
        check(&lists, &List::Waiting, "fedb");
        lists.take(InboxFrame::Snapshot(Vec::new()));
        check(&lists, &List::All, "");
    }

    #[test]
    fn what_is_snoozed_comes_in_the_order_in_which_it_comes_back() {
        let snoozed = |letter, until| Summary {
            snoozed_until: Some(until),
            ..summary(letter, 1, Status::Waiting, Some(1), u64::from(letter as u32))
        };
        let lists = lists(vec![snoozed('a', 300), snoozed('b', 100), snoozed('c', 200)]);
        check(&lists, &List::Snoozed, "bca");
        check(&lists, &List::Waiting, "");
        check(&lists, &List::Escalations, "");
        check(&lists, &List::All, "cba");
    }

    #[test]
    fn with_people_it_is_in_one_place_and_is_nobodys_or_somebodys() {
        let lists = lists(vec![
            placed(summary('a', 1, Status::Waiting, Some(1), 9), "billing", None),
            placed(summary('b', 1, Status::Replied, None, 8), "billing", Some(ada_id())),
            placed(
                summary('c', 1, Status::Replied, None, 7),
                "delivery",
                Some(AgentId::parse(&"C".repeat(22)).unwrap()),
            ),
            summary('d', 1, Status::Replied, None, 6),
            placed(summary('e', 1, Status::Resolved, None, 5), "billing", Some(ada_id())),
            summary('f', 1, Status::Automatic, None, 4),
            Summary { hand_off: None, ..summary('g', 1, Status::Replied, None, 3) },
        ]);
        check(&lists, &billing(), "ab");
        check(&lists, &List::Team(team("delivery")), "c");
        check(&lists, &List::Escalations, "dg");
        check(&lists, &List::Mine, "b");
        check(&lists, &List::Unassigned, "adg");
        check(&lists, &List::Automatic, "f");
        check(&lists, &List::Solved, "e");
    }

    /// The same rule as the edge's, over all that a summary can say.
    #[test]
    fn nothing_is_outside_all_and_everything_else_is_somewhere() {
        let statuses = [Status::Automatic, Status::Waiting, Status::Replied, Status::Resolved];
        for status in statuses {
            for snoozed_until in [None, Some(5)] {
                for to in [None, Some("billing")] {
                    let plain = Summary { snoozed_until, ..summary('a', 1, status, None, 1) };
                    let lists = lists(vec![to.map_or(plain.clone(), |to| placed(plain, to, None))]);
                    let places = [List::Escalations, billing(), List::Automatic, List::Snoozed, List::Solved];
                    let held: Vec<_> = places.iter().filter(|list| lists.count(list) == 1).collect();
                    assert_eq!(held.len(), 1, "{status:?} {snoozed_until:?} {to:?}: {held:?}");
                    let with_people = matches!(held.first(), Some(List::Escalations | List::Team(_)));
                    assert_eq!(lists.count(&List::Unassigned) == 1, with_people, "{status:?}");
                    assert_eq!(lists.count(&List::All), 1);
                }
            }
        }
    }

    #[test]
    fn without_a_name_nothing_is_mine() {
        let mut nobodys = Lists::default();
        nobodys.take(InboxFrame::Snapshot(vec![summary('a', 1, Status::Replied, None, 1)]));
        check(&nobodys, &List::Mine, "");
    }

    #[test]
    fn an_answered_escalation_stays_until_it_is_resolved() {
        let mut lists = lists(vec![summary('a', 1, Status::Replied, None, 1)]);
        assert_eq!((lists.count(&List::Waiting), lists.count(&List::Escalations)), (0, 1));
        lists.take(InboxFrame::Changed(Box::new(summary('a', 2, Status::Resolved, None, 2))));
        assert_eq!((lists.count(&List::Escalations), lists.count(&List::All)), (0, 1));
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
        assert_eq!(lists.rows(&List::All), [conversation('b')]);
    }
}
