//! Where a conversation stands in the tables of an inbox: what its lists are found and counted by, and its rank in them.
//!
//! `Summary::location` is the rule. What is here says the same in columns, so that SQL reads a list in its order from an index.

use super::lists::{List, Location};
use crate::ids::{AgentId, TeamId};
use crate::protocol::{Destination, Millis, Position, Summary};

/// Each tier of ranks has room for the milliseconds until the year 2527. All four fit into a number of JavaScript.
const TIER: u64 = 1 << 44;
/// A conversation waits for a person and was promised a reply exactly if its rank is below this.
pub const WAITS_PROMISED_BELOW: u64 = TIER;
/// A conversation waits for a person exactly if its rank is below this.
pub const WAITS_BELOW: u64 = 2 * TIER;
/// A conversation that neither waits nor is put aside has a rank of at least this, by when it changed.
pub const BY_CHANGE_FROM: u64 = 3 * TIER;

/// What begins the key of a team's list.
const TEAM: &str = "team/";

/// A conversation's columns in the tables of an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Where it lies, as `List::key` names that list: `automatic`, `snoozed`, `resolved`, `escalations` or a team's.
    pub place: String,
    /// Whose it is while people have it: an agent's id, or nothing for nobody's. None where no people have it.
    pub holder: Option<String>,
    /// Its place among others, the smallest first.
    pub rank: u64,
}

impl Shelf {
    /// Of a conversation.
    pub fn of(summary: &Summary) -> Self {
        let (place, holder) = match summary.location() {
            Location::Automatic => (List::Automatic, None),
            Location::Snoozed => (List::Snoozed, None),
            Location::Resolved => (List::Resolved, None),
            Location::People { to, assignee } => {
                let holder = assignee.map_or_else(String::new, |agent| String::from(agent.as_str()));
                (List::of(to), Some(holder))
            }
        };
        Self { place: place.key(), holder, rank: summary.rank() }
    }

    /// The keys of the lists that hold it.
    pub fn lists(&self) -> Vec<String> {
        let mut keys = vec![List::All.key(), self.place.clone()];
        keys.extend((self.rank < WAITS_BELOW).then(|| List::Waiting.key()));
        keys.extend(self.holder.as_ref().map(|holder| match AgentId::parse(holder) {
            Ok(agent) => List::Mine(agent).key(),
            Err(_) => List::Unassigned.key(),
        }));
        keys
    }
}

impl List {
    /// The list of a destination.
    pub fn of(destination: &Destination) -> Self {
        match destination {
            Destination::Escalations => Self::Escalations,
            Destination::Team(team) => Self::Team(team.clone()),
        }
    }

    /// Its name where it is stored and counted; no two lists have one name.
    pub fn key(&self) -> String {
        let (kind, id) = match self {
            Self::All => ("all", ""),
            Self::Waiting => ("waiting", ""),
            Self::Automatic => ("automatic", ""),
            Self::Escalations => ("escalations", ""),
            Self::Team(team) => (TEAM, team.as_str()),
            Self::Unassigned => ("unassigned", ""),
            Self::Mine(agent) => ("mine/", agent.as_str()),
            Self::Snoozed => ("snoozed", ""),
            Self::Resolved => ("resolved", ""),
        };
        [kind, id].concat()
    }

    /// The team whose list has this key.
    pub fn team_of(key: &str) -> Option<TeamId> {
        TeamId::parse(key.strip_prefix(TEAM)?).ok()
    }
}

/// The rank of a conversation that neither waits nor is put aside and changed at this time.
pub fn rank_by_change(at: Millis) -> u64 {
    BY_CHANGE_FROM + (TIER - 1 - at.min(TIER - 1))
}

/// When what has this `rank_by_change` changed.
pub fn changed_at(rank: u64) -> Millis {
    (TIER - 1).saturating_sub(rank.saturating_sub(BY_CHANGE_FROM))
}

impl Summary {
    /// Where it stands in every list that holds it.
    pub fn position(&self) -> Position {
        Position { rank: self.rank(), id: self.id.clone() }
    }

    /// Its place in every list, the smallest first: the oldest promise, then the longest wait where nothing was promised, then what
    /// is put aside as it comes back, then what changed last.
    pub fn rank(&self) -> u64 {
        let within = |at: Millis| at.min(TIER - 1);
        let tier = |number: u64, within: u64| number * TIER + within;
        match (self.location(), self.due) {
            (_, Some(due)) if self.is_waiting() => tier(0, within(due)),
            (_, None) if self.is_waiting() => tier(1, within(self.waiting_since.unwrap_or(self.updated_at))),
            (Location::Snoozed, _) => tier(2, within(self.snoozed_until.unwrap_or_default())),
            _ => rank_by_change(self.updated_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ConversationId;
    use crate::protocol::{Context, HandOff, HandOffReason, Placement, Status};
    use std::collections::BTreeSet;

    /// All that a row can say about where it is, in every combination.
    fn rows() -> Vec<Summary> {
        let agents = [None, AgentId::parse(&"A".repeat(22)).ok(), AgentId::parse(&"B".repeat(22)).ok()];
        let teams = ["billing", "eu/delivery"].map(|id| Destination::Team(TeamId::parse(id).unwrap()));
        let mut places = vec![None];
        for to in teams.into_iter().chain([Destination::Escalations]) {
            places.extend(agents.iter().map(|assignee| {
                let place = Placement { to: to.clone(), assignee: assignee.clone(), ..Placement::default() };
                Some(HandOff { reason: HandOffReason::Asked, place })
            }));
        }
        let mut rows = Vec::new();
        for status in [Status::Automatic, Status::Waiting, Status::Replied, Status::Resolved] {
            for hand_off in &places {
                for (snoozed_until, waiting_since, due) in [
                    (None, None, None),
                    (None, Some(20), None),
                    (None, Some(20), Some(80)),
                    (Some(40), None, None),
                    (Some(40), Some(20), Some(80)),
                ] {
                    rows.push(Summary {
                        id: ConversationId::parse(&"c".repeat(22)).unwrap(),
                        version: 1,
                        title: String::new(),
                        last: String::new(),
                        status,
                        hand_off: hand_off.clone(),
                        waiting_since,
                        due,
                        snoozed_until,
                        resurfaced: None,
                        opened_at: 1,
                        updated_at: 60,
                        unread: 0,
                        context: Context::default(),
                    });
                }
            }
        }
        rows
    }

    #[test]
    fn the_columns_say_the_same_lists_as_the_rule() {
        for row in rows() {
            let by_rule: BTreeSet<String> = row.lists().iter().map(List::key).collect();
            let by_columns = Shelf::of(&row).lists();
            assert_eq!(by_columns.len(), by_rule.len(), "{row:?}");
            for key in &by_columns {
                let team = row
                    .lists()
                    .into_iter()
                    .find_map(|list| if let List::Team(team) = list { Some(team) } else { None });
                assert!(List::team_of(key).is_none() || List::team_of(key) == team, "{key}");
            }
            assert_eq!(by_columns.into_iter().collect::<BTreeSet<_>>(), by_rule, "{row:?}");
            assert_eq!(Shelf::of(&row).rank < WAITS_BELOW, row.is_waiting(), "{row:?}");
        }
    }

    #[test]
    fn no_rank_leaves_its_tier_whatever_the_clock_said() {
        for row in rows() {
            for at in [0, 1, TIER - 1, TIER, Millis::MAX] {
                let since = row.waiting_since.map(|_| at);
                let (due, until) = (row.due.map(|_| at), row.snoozed_until.map(|_| at));
                let strange =
                    Summary { waiting_since: since, due, snoozed_until: until, updated_at: at, ..row.clone() };
                assert_eq!(strange.rank() / TIER, row.rank() / TIER, "{strange:?}");
                assert_eq!(strange.rank() < WAITS_BELOW, strange.is_waiting(), "{strange:?}");
                if strange.rank() >= BY_CHANGE_FROM {
                    assert_eq!(changed_at(strange.rank()), at.min(TIER - 1));
                    assert_eq!(strange.rank(), rank_by_change(at));
                }
            }
        }
    }

    #[test]
    fn the_oldest_promise_comes_first_then_the_longest_wait_then_what_comes_back_then_the_last_change() {
        let template = rows().remove(0);
        let row = |status, waiting_since, due, snoozed_until, updated_at| {
            Summary { status, waiting_since, due, snoozed_until, updated_at, ..template.clone() }.rank()
        };
        let in_order = [
            row(Status::Waiting, Some(50), Some(80), None, 90),
            row(Status::Waiting, Some(10), Some(95), None, 10),
            row(Status::Waiting, Some(10), None, None, 99),
            row(Status::Waiting, Some(30), None, None, 98),
            row(Status::Replied, None, None, Some(100), 1),
            row(Status::Waiting, Some(1), Some(2), Some(200), 97),
            row(Status::Automatic, None, None, None, 99),
            row(Status::Resolved, None, None, None, 50),
        ];
        assert!(in_order.is_sorted(), "{in_order:?}");
    }
}
