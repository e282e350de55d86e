//! The lists that a conversation is in. None is outside all of them.
//!
//! Where a conversation lies is read off its row, here and nowhere else: the edge, the inbox and what is stored for SQL ask
//! `Summary::location`.

use super::{State, summary};
use crate::deadlines::Terms;
use crate::ids::{AgentId, ConversationId, TeamId};
use crate::protocol::{Destination, HandOff, ListName, Millis, Placement, Status, Summary};

/// A list that agents look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Every conversation that has begun.
    All,
    /// What a visitor waits for a person in, wherever it lies.
    Waiting,
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
    /// Resolved.
    Resolved,
}

/// Where a conversation lies: in exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location<'a> {
    /// The assistant answers.
    Automatic,
    /// An agent has put it aside.
    Snoozed,
    /// It is resolved.
    Resolved,
    /// People have it. A conversation that an agent joined without a hand-off was never placed, and lies with the escalations.
    People {
        /// In which list agents work through it.
        to: &'a Destination,
        /// Whose it is; none if nobody's yet.
        assignee: Option<&'a AgentId>,
    },
}

impl Summary {
    /// Where it lies.
    pub fn location(&self) -> Location<'_> {
        match self.people() {
            _ if self.status == Status::Resolved => Location::Resolved,
            _ if self.snoozed_until.is_some() => Location::Snoozed,
            Some((to, assignee)) => Location::People { to, assignee },
            None => Location::Automatic,
        }
    }

    /// Which people have it, or had it before it was resolved or put aside; none while the assistant answers.
    pub fn placement(&self) -> Option<Placement> {
        self.people().map(|_| self.hand_off.as_ref().map(|hand_off| hand_off.place.clone()).unwrap_or_default())
    }

    fn people(&self) -> Option<(&Destination, Option<&AgentId>)> {
        match (&self.hand_off, self.status) {
            (Some(HandOff { place, .. }), _) => Some((&place.to, place.assignee.as_ref())),
            (None, Status::Waiting | Status::Replied) => Some((&Destination::Escalations, None)),
            (None, Status::Automatic | Status::Resolved) => None,
        }
    }

    /// The lists that hold it. A conversation that people have is in a list that agents work through, which is escalations or a
    /// team's, and beside that unassigned or an agent's own.
    pub fn lists(&self) -> Vec<List> {
        let mut lists = vec![List::All];
        if self.is_waiting() {
            lists.push(List::Waiting);
        }
        match self.location() {
            Location::Automatic => lists.push(List::Automatic),
            Location::Snoozed => lists.push(List::Snoozed),
            Location::Resolved => lists.push(List::Resolved),
            Location::People { to, assignee } => {
                lists.push(match to {
                    Destination::Escalations => List::Escalations,
                    Destination::Team(team) => List::Team(team.clone()),
                });
                lists.push(assignee.map_or(List::Unassigned, |agent| List::Mine(agent.clone())));
            }
        }
        lists
    }

    /// The agent whose attention it may take: it lies with them.
    pub fn holder(&self) -> Option<&AgentId> {
        match self.location() {
            Location::People { assignee, .. } => assignee,
            Location::Automatic | Location::Snoozed | Location::Resolved => None,
        }
    }

    /// Whether a visitor waits for a person, and it is in sight.
    pub fn is_waiting(&self) -> bool {
        self.status == Status::Waiting && self.snoozed_until.is_none()
    }

    /// The team in whose list it waits for somebody who has room, and since when.
    pub fn waits_for_room(&self) -> Option<(&TeamId, Millis)> {
        let team = team_without_room(self.status, self.snoozed_until.is_some(), self.hand_off.as_ref())?;
        Some((team, self.waiting_since.unwrap_or(self.updated_at)))
    }
}

impl ListName {
    /// Whether a conversation belongs to it, for this agent. Where it lies is the shared rule.
    pub fn holds(&self, summary: &Summary, me: Option<&AgentId>) -> bool {
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

impl State {
    /// The lists that hold the conversation of which this is the state; none before it has begun.
    pub fn lists(&self, id: &ConversationId) -> Vec<List> {
        if self.is_open() { summary(id, 0, self, &Terms::default()).lists() } else { Vec::new() }
    }

    /// The team in whose list it waits for somebody who has room, as the routing rules have put it there.
    pub fn waits_for_room(&self) -> Option<&TeamId> {
        self.placed_by_rules.as_ref()?;
        team_without_room(self.status, self.snooze.is_some(), self.hand_off.as_ref())
    }
}

/// The team whose list holds a conversation that waits and that nobody has taken.
fn team_without_room(status: Status, is_snoozed: bool, hand_off: Option<&HandOff>) -> Option<&TeamId> {
    let place = &hand_off?.place;
    match &place.to {
        Destination::Team(team) if status == Status::Waiting && !is_snoozed && place.assignee.is_none() => Some(team),
        Destination::Team(_) | Destination::Escalations => None,
    }
}
