//! Who is there, what each agent has, and who gets the next conversation.

use super::super::sockets::{Attachment, attachment, hang_up};
use super::Inbox;
use crate::calls::Caller;
use crate::calls::inbox::AgentLoad;
use crate::failure::Failure;
use crate::platform::{day_ms, now, stored};
use crate::sql;
use serde::Deserialize;
use shared::conversation::{BY_CHANGE_FROM, List, WAITS_BELOW, changed_at, rank_by_change};
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{Author, Millis, Summary};
use shared::report::Fact;
use shared::routing::{Assignment, Member, Seat, settle};
use std::collections::BTreeSet;

/// The tables of version 1. Beside each line its holder, which is a column of the line by now; what each agent holds since when; and what was given that no line tells of yet.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS holders (conversation TEXT PRIMARY KEY, agent TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seats (agent TEXT PRIMARY KEY, open INTEGER NOT NULL, since INTEGER NOT NULL, last_given INTEGER);
CREATE TABLE IF NOT EXISTS given (conversation TEXT PRIMARY KEY, agent TEXT NOT NULL, at INTEGER NOT NULL);
";
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
struct RankRow {
    rank: Option<u64>,
}

impl Inbox {
    /// The agents who look at the inbox now and have not said that they are away.
    pub(super) fn present(&self) -> Result<BTreeSet<AgentId>, Failure> {
        let (mut present, away) = (self.here(), self.away()?);
        present.retain(|agent| !away.contains(agent));
        Ok(present)
    }

    /// The agents who look at the inbox now. Sockets that have gone silent are closed: a page that is there after all opens another one.
    pub(super) fn here(&self) -> BTreeSet<AgentId> {
        let mut here = BTreeSet::new();
        for socket in self.state.get_websockets() {
            let Some(Attachment { caller, opened_at, .. }) = attachment(&socket) else { continue };
            let Caller::Agent { author: Author::Agent { id, .. }, .. } = caller else { continue };
            if self.pulse.beats(&socket, opened_at) {
                here.insert(id);
            } else {
                hang_up(&socket);
                self.listeners.changed();
            }
        }
        here
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
        self.ready()?;
        let storage = self.state.storage();
        // A time to come was noted while the clock was ahead.
        let times = vec![stored(now().saturating_sub(GIVEN_MS)), stored(now())];
        sql::run(&storage, "DELETE FROM given WHERE at <= ? OR at > ?", times)?;
        let query = "SELECT agent FROM given WHERE conversation = ?";
        if let Some(AgentRow { agent }) = sql::one(&storage, query, vec![conversation.as_str().into()])? {
            return Ok(Some(agent));
        }
        let (present, rows) = (self.present()?, self.seat_rows()?);
        let given: Vec<AgentRow> = sql::all(&storage, "SELECT agent FROM given", None)?;
        let mut seats = Vec::new();
        for member in members {
            let row = rows.iter().find(|row| row.agent == member.agent);
            let coming = given.iter().filter(|row| row.agent == member.agent).count();
            let at = self.busy(&member.agent)?;
            seats.push(Seat {
                agent: member.agent.clone(),
                present: present.contains(&member.agent),
                at_once: at.saturating_add(u32::try_from(coming).unwrap_or(u32::MAX)),
                capacity: member.capacity,
                last_given: row.and_then(|row| row.last_given),
            });
        }
        let chosen = settle(assignment, &seats);
        if let Some(agent) = &chosen {
            let values = vec![conversation.as_str().into(), agent.as_str().into(), stored(now())];
            sql::run(&storage, "INSERT OR REPLACE INTO given (conversation, agent, at) VALUES (?, ?, ?)", values)?;
            let statement = "INSERT INTO seats (agent, open, since, last_given) VALUES (?1, 0, ?2, ?2) \
                             ON CONFLICT (agent) DO UPDATE SET last_given = ?2";
            sql::run(&storage, statement, vec![agent.as_str().into(), stored(now())])?;
        }
        Ok(chosen)
    }

    /// At how many conversations an agent is: those whose visitor waits, and those that somebody spoke in lately.
    fn busy(&self, agent: &AgentId) -> Result<u32, Failure> {
        let query = "SELECT (SELECT COUNT(*) FROM conversations WHERE holder = ?1 AND rank < ?2) \
                     + (SELECT COUNT(*) FROM conversations WHERE holder = ?1 AND rank >= ?3 AND rank < ?4) AS count";
        let values =
            vec![agent.as_str().into(), stored(WAITS_BELOW), stored(BY_CHANGE_FROM), stored(self.quiet_from())];
        let busy = sql::count(&self.state.storage(), query, values)?;
        Ok(u32::try_from(busy).unwrap_or(u32::MAX))
    }

    /// When the next of the conversations that were answered takes nobody's attention any more.
    pub(super) fn next_quiet(&self) -> Result<Option<Millis>, Failure> {
        let query = "SELECT MAX(rank) AS rank FROM conversations WHERE holder = ? AND rank >= ? AND rank < ?";
        let mut next = None;
        for seat in self.seat_rows()?.into_iter().filter(|seat| seat.open > 0) {
            let values = vec![seat.agent.as_str().into(), stored(BY_CHANGE_FROM), stored(self.quiet_from())];
            let quiet: Option<RankRow> = sql::one(&self.state.storage(), query, values)?;
            let at = quiet.and_then(|row| row.rank).map(|rank| changed_at(rank) + self.attention_ms());
            next = next.into_iter().chain(at).min();
        }
        Ok(next)
    }

    /// The rank of what was answered just long enough ago to take nobody's attention. A later answer has a smaller one.
    fn quiet_from(&self) -> u64 {
        rank_by_change(now().saturating_sub(self.attention_ms()))
    }

    /// For how long what was answered takes somebody's attention.
    pub(super) fn attention_ms(&self) -> Millis {
        day_ms(&self.env) / ATTENTION_OF_A_DAY
    }

    /// Notes whose conversation it is by its new line, and whose it was.
    pub(super) fn hold(&self, summary: &Summary, before: Option<&AgentId>) -> Result<Held, Failure> {
        let new = summary.holder();
        if new.is_some() || before.is_some() {
            let values = vec![summary.id.as_str().into()];
            sql::run(&self.state.storage(), "DELETE FROM given WHERE conversation = ?", values)?;
        }
        if before == new {
            return Ok(Held::default());
        }
        let mut facts = self.recount_of(before)?;
        facts.extend(self.recount_of(new)?);
        Ok(Held { facts, makes_room: before.is_some() })
    }

    /// Somebody holds one conversation more or less now. Gives what can be told of how many they had.
    pub(super) fn recount_of(&self, agent: Option<&AgentId>) -> Result<Vec<Fact>, Failure> {
        let fact = agent.map(|agent| self.recount(agent)).transpose()?;
        Ok(fact.flatten().into_iter().collect())
    }

    /// The facts about what is still going on.
    pub(super) fn ongoing(&self) -> Result<Vec<Fact>, Failure> {
        Ok(self.seat_rows()?.into_iter().filter_map(SeatRow::fact).collect())
    }

    fn recount(&self, agent: &AgentId) -> Result<Option<Fact>, Failure> {
        let row = self.seat_rows()?.into_iter().find(|row| row.agent == *agent);
        let statement = "INSERT INTO seats (agent, open, since) \
                         VALUES (?1, COALESCE((SELECT count FROM counts WHERE list = ?3), 0), ?2) \
                         ON CONFLICT (agent) DO UPDATE SET open = excluded.open, since = excluded.since";
        let values = vec![agent.as_str().into(), stored(now()), List::Mine(agent.clone()).key().into()];
        sql::run(&self.state.storage(), statement, values)?;
        Ok(row.and_then(SeatRow::fact))
    }

    fn seat_rows(&self) -> Result<Vec<SeatRow>, Failure> {
        self.ready()?;
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
