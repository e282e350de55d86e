//! Agents who have said that they are away, though their page is open: they are given nothing, and count as nobody who is here.

use super::Inbox;
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::ids::AgentId;
use std::collections::BTreeSet;

/// Who is away.
pub(super) const TABLE: &str = "CREATE TABLE IF NOT EXISTS away (agent TEXT PRIMARY KEY)";

#[derive(Deserialize)]
struct AwayRow {
    agent: AgentId,
}

impl Inbox {
    /// Who has said that they are away.
    pub(super) fn away(&self) -> Result<BTreeSet<AgentId>, Failure> {
        if !self.tables.exist()? {
            return Ok(BTreeSet::new());
        }
        let rows: Vec<AwayRow> = sql::all(&self.state.storage(), "SELECT agent FROM away", None)?;
        Ok(rows.into_iter().map(|row| row.agent).collect())
    }

    /// An agent says that they are away, or back. An agent who is back gets what waits.
    pub(super) fn set_away(&self, agent: &AgentId, away: bool) -> Result<(), Failure> {
        self.tables.ensure()?;
        let statement =
            if away { "INSERT OR IGNORE INTO away (agent) VALUES (?)" } else { "DELETE FROM away WHERE agent = ?" };
        sql::run(&self.state.storage(), statement, vec![agent.as_str().into()])?;
        if away { Ok(()) } else { self.give_out_soon() }
    }
}
