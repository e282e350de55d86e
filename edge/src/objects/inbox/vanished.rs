//! Agents who have gone with what they were given: what nobody has answered goes back into its list, and to somebody else.
//!
//! An agent who is away by choice keeps what they have while their page is open. One whose page answers no more, or was closed, keeps it for
//! as long as a page takes to come back.

use super::Inbox;
use crate::calls::conversation::{Conversation, Vacate};
use crate::failure::Failure;
use crate::names::ObjectName;
use crate::platform::{now, silent_ms, stored};
use crate::sql;
use crate::tables::Step;
use serde::Deserialize;
use shared::ids::AgentId;
use shared::protocol::{Millis, Status, Summary};

/// Version 5. The conversations that wait for one agent, each with the name by which its object is asked.
pub(super) const FIFTH: Step = &[
    "CREATE TABLE awaited (conversation TEXT PRIMARY KEY, object TEXT NOT NULL, agent TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX awaited_of ON awaited (agent)",
    "CREATE TABLE gone (agent TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID",
];
/// How many are asked for at once; the rest at the next look.
const MOST_AT_ONCE: i64 = 20;

#[derive(Deserialize)]
struct AgentRow {
    agent: AgentId,
}

#[derive(Deserialize)]
struct SinceRow {
    since: Millis,
}

#[derive(Deserialize)]
struct AwaitedRow {
    conversation: String,
    object: ObjectName,
}

impl Inbox {
    /// Notes by its new line whether a visitor waits for one agent. True if one does.
    pub(super) fn await_holder(&self, summary: &Summary, object: &ObjectName) -> Result<bool, Failure> {
        let storage = self.state.storage();
        let id = summary.id.as_str();
        let waits = summary.status == Status::Waiting && summary.snoozed_until.is_none();
        let Some(agent) = summary.holder().filter(|_| waits) else {
            sql::run(&storage, "DELETE FROM awaited WHERE conversation = ?", vec![id.into()])?;
            return Ok(false);
        };
        let statement = "INSERT INTO awaited (conversation, object, agent) VALUES (?, ?, ?) \
                         ON CONFLICT (conversation) DO UPDATE SET agent = excluded.agent WHERE agent != excluded.agent";
        sql::run(&storage, statement, vec![id.into(), object.as_str().into(), agent.as_str().into()])?;
        Ok(true)
    }

    /// Somebody waits for one agent: whether that agent is here is looked at now and then.
    pub(super) fn look_for_vanished(&self) -> Result<(), Failure> {
        self.alarm.ring_by(now() + silent_ms(&self.env))
    }

    /// A page was closed: its agent may be gone with it, and is looked for sooner.
    pub(super) fn look_for_vanished_soon(&self) -> Result<(), Failure> {
        if !self.tables.exist()? {
            return Ok(());
        }
        self.ready()?;
        let awaits = sql::exists(&self.state.storage(), "SELECT 1 FROM awaited LIMIT 1", None)?;
        if awaits { self.alarm.ring_by(now() + self.patience_ms()) } else { Ok(()) }
    }

    /// Has what waits for agents who have gone put back. Gives when to look again; none if nobody waits for one agent.
    pub(super) async fn give_back(&self) -> Result<Option<Millis>, Failure> {
        if !self.tables.exist()? {
            return Ok(None);
        }
        self.ready()?;
        let storage = self.state.storage();
        let awaited: Vec<AgentRow> = sql::all(&storage, "SELECT DISTINCT agent FROM awaited", None)?;
        if awaited.is_empty() {
            sql::run(&storage, "DELETE FROM gone", None)?;
            return Ok(None);
        }
        let here = self.here();
        let mut again = silent_ms(&self.env);
        for AgentRow { agent } in awaited {
            let name = vec![agent.as_str().into()];
            if here.contains(&agent) {
                sql::run(&storage, "DELETE FROM gone WHERE agent = ?", name)?;
                continue;
            }
            let since: Option<SinceRow> = sql::one(&storage, "SELECT since FROM gone WHERE agent = ?", name)?;
            match since {
                // A clock that was put back begins the wait anew.
                Some(SinceRow { since }) if since <= now() => {
                    if now() - since >= self.patience_ms() {
                        self.put_back(&agent).await?;
                    }
                }
                _ => {
                    let statement = "INSERT OR REPLACE INTO gone (agent, since) VALUES (?, ?)";
                    sql::run(&storage, statement, vec![agent.as_str().into(), stored(now())])?;
                }
            }
            again = self.patience_ms();
        }
        Ok(Some(now() + again))
    }

    async fn put_back(&self, agent: &AgentId) -> Result<(), Failure> {
        let storage = self.state.storage();
        // In any order, so that some that cannot be reached stand before no others for long.
        let query = "SELECT conversation, object FROM awaited WHERE agent = ? ORDER BY RANDOM() LIMIT ?";
        let rows: Vec<AwaitedRow> = sql::all(&storage, query, vec![agent.as_str().into(), MOST_AT_ONCE.into()])?;
        for AwaitedRow { conversation, object } in rows {
            match Conversation::named(&self.env, &object)?.ask(Vacate { agent: agent.clone() }).await {
                // Put back or not, it is not asked again: its next line says what is so.
                Ok(()) => {
                    let statement = "DELETE FROM awaited WHERE conversation = ? AND agent = ?";
                    sql::run(&storage, statement, vec![conversation.into(), agent.as_str().into()])?;
                }
                // It is asked again at the next look.
                Err(failure) => failure.log(),
            }
        }
        Ok(())
    }

    /// How long a page may take to come back.
    fn patience_ms(&self) -> Millis {
        silent_ms(&self.env) / 2
    }
}
