//! The inboxes that a conversation is in. None is outside all of them.

use super::State;
use crate::ids::{AgentId, TeamId};
use crate::protocol::{Destination, Status};

/// A list that agents look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Every conversation that has begun.
    All,
    /// What the assistant is still answering.
    Automatic,
    /// What no rule could place.
    Escalations,
    /// A team's.
    Team(TeamId),
    /// What is with people and nobody's yet.
    Unassigned,
    /// An agent's own.
    Mine(AgentId),
    /// Out of sight until its time, or until the visitor writes.
    Snoozed,
    /// Solved.
    Solved,
}

/// The lists that hold the conversation. What is with people is in a list that agents work through, which is escalations or
/// a team's, and beside that unassigned or an agent's own; until it is solved or an agent puts it aside.
pub fn lists(state: &State) -> Vec<List> {
    if !state.is_open() {
        return Vec::new();
    }
    let mut lists = vec![List::All];
    if state.status == Status::Resolved {
        lists.push(List::Solved);
        return lists;
    }
    if state.snooze.is_some() {
        lists.push(List::Snoozed);
        return lists;
    }
    if state.assistant_may_speak() {
        lists.push(List::Automatic);
        return lists;
    }
    let place = state.hand_off.as_ref().map(|hand_off| hand_off.place.clone()).unwrap_or_default();
    lists.push(match place.to {
        Destination::Escalations => List::Escalations,
        Destination::Team(team) => List::Team(team),
    });
    lists.push(place.assignee.map_or(List::Unassigned, List::Mine));
    lists
}
