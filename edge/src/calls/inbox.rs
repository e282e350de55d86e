//! What an inbox can be asked.

use crate::names::{ObjectName, SessionDigest};
use serde::{Deserialize, Serialize};
use shared::conversation::{Counted, Held};
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{InboxAsk, InboxFrame, Millis, Report, Resolution, Summary};
use shared::routing::{Assignment, Member};
use std::collections::BTreeSet;

calls! {
    /// Lists the conversations of a workspace.
    Inbox:
    /// A conversation tells its line, what has happened since the last one, its object's name, and the zone of the reports' days as
    /// far as it knows one. The answer is the line that is held then.
    Take { summary: Box<Summary>, facts: Vec<Counted>, object: ObjectName, zone: Option<String> } -> Held;
    /// Every conversation that is not resolved, and the last resolved ones.
    List -> Vec<Summary>;
    /// Lists as an agent's page asks for them.
    Show { ask: InboxAsk, agent: AgentId } -> Vec<InboxFrame>;
    /// Who looks at the inbox now, and how long the last first replies took.
    WhoIsPresent -> Presence;
    /// Chooses who of a team gets a conversation; nobody, if it waits in the list.
    Seat { conversation: ConversationId, assignment: Assignment, members: Vec<Member> } -> Option<AgentId>;
    /// What is counted of the last days, which are those of this zone. The workspace knows the promises.
    CountDays { days: u32, zone: Option<String> } -> Report;
    /// An article or an answer did or did not help before anything was sent. Says whether it had not been told before.
    Resolve { resolution: Resolution } -> bool;
    /// A conversation has ended: it is taken out of every list, and nothing of it stays.
    Forget { conversation: ConversationId } -> ();
    /// An agent says that they are away, or back.
    SetAway { agent: AgentId, away: bool } -> ();
    /// A session has ended: its sockets are closed.
    EndSession { session: SessionDigest } -> ();
}

/// Who is there.
#[derive(Serialize, Deserialize)]
pub(crate) struct Presence {
    pub(crate) present: BTreeSet<AgentId>,
    /// Who has said that they are away.
    pub(crate) away: BTreeSet<AgentId>,
    pub(crate) loads: Vec<AgentLoad>,
    /// The working times of the last first replies, the newest first.
    pub(crate) replies: Vec<Millis>,
}

/// How many open conversations an agent has now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AgentLoad {
    pub(crate) agent: AgentId,
    pub(crate) open: u32,
}
