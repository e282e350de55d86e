//! What is the same in all worlds: the agent, the team, what the workspace promises, and how the machines are tuned.

use shared::conversation::{Agreement, Tuning};
use shared::deadlines::{Pair, Promises, Target, Terms};
use shared::ids::{AgentId, TeamId};
use shared::protocol::{Author, Millis, Priority};

/// A day, in milliseconds.
pub(crate) const DAY_MS: Millis = 24 * 60 * 60 * 1_000;
/// Small enough that a minute of messages asks for more several times.
pub(crate) const TUNING: Tuning = Tuning { unpaced: false, day_ms: DAY_MS, included: 4, grant: 3, ahead: 1 };

/// Longer than any conversation of a world is quiet.
pub(crate) const KEPT_DAYS: u64 = 365;

/// Promises that are short enough to be broken in a world of minutes.
pub(crate) fn terms() -> Terms {
    let target = |within| Some(Target { share: 90, within });
    let targets = [(Priority::Normal, Pair { first: target(20), next: target(40) })].into_iter().collect();
    Terms { promises: Promises { targets, ..Promises::default() }, ..Terms::default() }
}

/// What every conversation goes by.
pub(crate) fn agreement() -> Agreement {
    Agreement { kept_ms: KEPT_DAYS * DAY_MS, terms: terms(), rules_come_first: true }
}

/// One of the agents.
pub(crate) fn agent(number: usize) -> Author {
    Author::Agent { id: agent_id(number), name: String::from("Ada") }
}

/// The id of one of the agents.
pub(crate) fn agent_id(number: usize) -> AgentId {
    let letter = char::from(b'A' + (number % 26) as u8);
    AgentId::parse(&String::from(letter).repeat(22)).unwrap_or_else(|error| panic!("{error}"))
}

/// The team.
pub(crate) fn billing_team() -> TeamId {
    TeamId::parse("billing").unwrap_or_else(|error| panic!("{error}"))
}
