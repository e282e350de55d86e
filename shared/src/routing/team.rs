//! A team and who is in it.

use crate::ids::{AgentId, TeamId};
use serde::{Deserialize, Serialize};

/// A set of agents who answer for the same things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// What rules call it.
    pub id: TeamId,
    /// What people call it; visitors see it too.
    pub name: String,
    /// Who is in it.
    #[serde(default)]
    pub members: Vec<Member>,
}

/// An agent in a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub agent: AgentId,
    /// At how many conversations they can be at once, not counting what was answered and is quiet: more are not given to them. 0
    /// for somebody who only looks.
    #[serde(default = "usual_capacity")]
    pub capacity: u32,
}

/// More conversations than this at once, and each of them waits for the others: people type and read in turns.
const USUAL_CAPACITY: u32 = 5;

fn usual_capacity() -> u32 {
    USUAL_CAPACITY
}
