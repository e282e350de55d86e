//! Who is there, what each agent has, and who gets the next conversation.

use super::super::sockets::{Attachment, attachment, hang_up};
use super::Inbox;
use crate::calls::Caller;
use crate::calls::inbox::AgentLoad;
use crate::failure::Failure;
use crate::platform::{day_ms, now, stored};
use crate::sql;
use serde::Deserialize;
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{Author, Millis, Summary};
use shared::report::Fact;
use shared::routing::{Assignment, Member, Seat, settle};
use std::collections::BTreeSet;

/// The tables of version 1. Beside each line its holder; what each agent holds since when; and what was given that no line tells of yet.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS holders (conversation TEXT PRIMARY KEY, agent TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seats (agent TEXT PRIMARY KEY, open INTEGER NOT NULL, since INTEGER NOT NULL, last_given INTEGER);
CREATE TABLE IF NOT EXISTS given (conversation TEXT PRIMARY KEY, agent TEXT NOT NULL, at INTEGER NOT NULL);
";
/// The conversations that agents hold. Whether one `waits` is `Summary::is_waiting` in SQL: a held conversation waits exactly
/// if its row says since when, which `shared/tests/exits.rs` shows for every state.
const HELD: &str = "WITH held AS (SELECT agent, updated_at, json ->> '$.waiting_since' IS NOT NULL AS waits \
                    FROM holders JOIN conversations ON id = conversation) ";

/// A conversation tells its line within seconds after it was given to somebody. What has not was taken elsewhere.
const GIVEN_MS: Millis = 60_000;

/// An answered conversation takes nobody's attention after it has been quiet for this part of a day, ten minutes, until the
/// visitor writes again.
const ATTENTION_OF_A_DAY: Millis = 144;

/// What a new line has changed of what agents hold.
#[derive(Default)]
pub(super) struct Held {
    /// The facts of those for whom it has changed something.
    pub(super) facts: Vec<Fact>,
    /// Whether somebody has room who had less.
    pub(super) makes_room: bool,
}

#[derive(Deserialize)]
struct AgentRow {
    agent: AgentId,
}

#[derive(Deserialize)]
struct SeatRow {
    agent: AgentId,
    open: u32,
    since: Millis,
    last_given: Option<Millis>,
}

#[derive(Deserialize)]
struct BusyRow {
    agent: AgentId,
    at: u32,
}

#[derive(Deserialize)]
struct QuietRow {
    at: Option<Millis>,
}

impl Inbox {
    /// The agents who look at the inbox now. Sockets that have gone silent are closed: a page that is there after all opens
    /// another one.
    pub(super) fn present(&self) -> BTreeSet<AgentId> {
        let mut present = BTreeSet::new();
        for socket in self.state.get_websockets() {
            let Some(Attachment { caller, opened_at, .. }) = attachment(&socket) else { continue };
            let Caller::Agent { author: Author::Agent { id, .. }, .. } = caller else { continue };
            if self.pulse.beats(&socket, opened_at) {
                present.insert(id);
            } else {
                hang_up(&socket);
                self.listeners.changed();
            }
        }
        present
    }

    /// What each agent has, of those who ever had something.
    pub(super) fn loads(&self) -> Result<Vec<AgentLoad>, Failure> {
        Ok(self.seat_rows()?.into_iter().map(|row| AgentLoad { agent: row.agent, open: row.open }).collect())
    }

    /// Chooses the agent who gets a conversation, and remembers it: the same question gets the same answer.
    pub(super) fn seat(
        &self,
        conversation: &ConversationId,
        assignment: &Assignment,
        members: &[Member],
    ) -> Result<Option<AgentId>, Failure> {
        self.tables.ensure()?;
        let storage = self.state.storage();
        sql::run(&storage, "DELETE FROM given WHERE at <= ?", vec![stored(now().saturating_sub(GIVEN_MS))])?;
        let query = "SELECT agent FROM given WHERE conversation = ?";
        if let Some(AgentRow { agent }) = sql::one(&storage, query, vec![conversation.as_str().into()])? {
            return Ok(Some(agent));
        }
        let (present, rows, busy) = (self.present(), self.seat_rows()?, self.busy()?);
        let given: Vec<AgentRow> = sql::all(&storage, "SELECT agent FROM given", None)?;
        let seat = |member: &Member| {
            let row = rows.iter().find(|row| row.agent == member.agent);
            let coming = given.iter().filter(|row| row.agent == member.agent).count();
            let at = busy.iter().find(|row| row.agent == member.agent).map_or(0, |row| row.at);
            Seat {
                agent: member.agent.clone(),
                present: present.contains(&member.agent),
                at_once: at.saturating_add(u32::try_from(coming).unwrap_or(u32::MAX)),
                capacity: member.capacity,
                last_given: row.and_then(|row| row.last_given),
            }
        };
        let chosen = settle(assignment, &members.iter().map(seat).collect::<Vec<_>>());
        if let Some(agent) = &chosen {
            let values = vec![conversation.as_str().into(), agent.as_str().into(), stored(now())];
            sql::run(&storage, "INSERT OR REPLACE INTO given (conversation, agent, at) VALUES (?, ?, ?)", values)?;
            let statement = "INSERT INTO seats (agent, open, since, last_given) VALUES (?1, 0, ?2, ?2) \
                             ON CONFLICT (agent) DO UPDATE SET last_given = ?2";
            sql::run(&storage, statement, vec![agent.as_str().into(), stored(now())])?;
        }
        Ok(chosen)
    }

    /// At how many conversations each agent is: those whose visitor waits, and those that somebody spoke in lately.
    fn busy(&self) -> Result<Vec<BusyRow>, Failure> {
        let query =
            [HELD, "SELECT agent, COUNT(*) AS at FROM held WHERE updated_at > ? OR waits GROUP BY agent"].concat();
        let values = vec![stored(now().saturating_sub(self.attention_ms()))];
        sql::all(&self.state.storage(), &query, values)
    }

    /// When the next of the conversations that were answered takes nobody's attention any more.
    pub(super) fn next_quiet(&self) -> Result<Option<Millis>, Failure> {
        let query = [HELD, "SELECT MIN(updated_at) AS at FROM held WHERE updated_at > ? AND NOT waits"].concat();
        let values = vec![stored(now().saturating_sub(self.attention_ms()))];
        let quiet: Option<QuietRow> = sql::one(&self.state.storage(), &query, values)?;
        Ok(quiet.and_then(|row| row.at).map(|at| at + self.attention_ms()))
    }

    /// For how long what was answered takes somebody's attention.
    pub(super) fn attention_ms(&self) -> Millis {
        day_ms(&self.env) / ATTENTION_OF_A_DAY
    }

    /// Notes whose conversation it is by its new line.
    pub(super) fn hold(&self, summary: &Summary) -> Result<Held, Failure> {
        let storage = self.state.storage();
        let id = summary.id.as_str();
        let new = summary.holder();
        if new.is_some() {
            sql::run(&storage, "DELETE FROM given WHERE conversation = ?", vec![id.into()])?;
        }
        let query = "SELECT agent FROM holders WHERE conversation = ?";
        let old = sql::one(&storage, query, vec![id.into()])?.map(|row: AgentRow| row.agent);
        if old.as_ref() == new {
            return Ok(Held::default());
        }
        let mut facts = self.let_go(&summary.id)?;
        if let Some(agent) = new {
            let statement = "INSERT INTO holders (conversation, agent) VALUES (?, ?)";
            sql::run(&storage, statement, vec![id.into(), agent.as_str().into()])?;
            facts.extend(self.recount(agent)?);
        }
        Ok(Held { facts, makes_room: old.is_some() })
    }

    /// Nobody holds the conversation any more.
    pub(super) fn let_go(&self, conversation: &ConversationId) -> Result<Vec<Fact>, Failure> {
        let storage = self.state.storage();
        let values = vec![conversation.as_str().into()];
        let statement = "DELETE FROM holders WHERE conversation = ? RETURNING agent";
        let rows: Vec<AgentRow> = sql::all(&storage, statement, values.clone())?;
        sql::run(&storage, "DELETE FROM given WHERE conversation = ?", values)?;
        rows.first().map(|row| self.recount(&row.agent)).transpose().map(|fact| fact.flatten().into_iter().collect())
    }

    /// The facts about what is still going on.
    pub(super) fn ongoing(&self) -> Result<Vec<Fact>, Failure> {
        Ok(self.seat_rows()?.into_iter().filter_map(SeatRow::fact).collect())
    }

    fn recount(&self, agent: &AgentId) -> Result<Option<Fact>, Failure> {
        let row = self.seat_rows()?.into_iter().find(|row| row.agent == *agent);
        let statement = "INSERT INTO seats (agent, open, since) \
                         VALUES (?1, (SELECT COUNT(*) FROM holders WHERE agent = ?1), ?2) \
                         ON CONFLICT (agent) DO UPDATE SET open = excluded.open, since = excluded.since";
        sql::run(&self.state.storage(), statement, vec![agent.as_str().into(), stored(now())])?;
        Ok(row.and_then(SeatRow::fact))
    }

    fn seat_rows(&self) -> Result<Vec<SeatRow>, Failure> {
        self.tables.ensure()?;
        sql::all(&self.state.storage(), "SELECT agent, open, since, last_given FROM seats", None)
    }
}

impl SeatRow {
    /// How many at once until now; none if nothing is to be told.
    fn fact(self) -> Option<Fact> {
        let span = now().saturating_sub(self.since);
        (self.open > 0 && span > 0).then_some(Fact::AtOnce { agent: self.agent, open: self.open, span })
    }
}
