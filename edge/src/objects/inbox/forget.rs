//! Taking a conversation out of every list. The row goes at once, its bytes a little later and together with others': that
//! costs writing all the lists anew.

use super::super::purge;
use super::super::sockets::AGENTS;
use super::Inbox;
use super::lines::TakenOut;
use crate::calls::ask::Class;
use crate::calls::{self, Spare};
use crate::during::{Task, during};
use crate::failure::Failure;
use crate::platform::{now, purge_part, stored, transaction};
use crate::sql;
use serde::Deserialize;
use shared::ids::ConversationId;
use shared::protocol::{InboxFrame, Millis};
use shared::report::OTHER;
use worker::{Env, State};

/// The tables of version 1. When the next writing anew is due; one row at most.
pub(super) const FIRST: &str =
    "CREATE TABLE IF NOT EXISTS purge (id INTEGER PRIMARY KEY CHECK (id = 1), due INTEGER NOT NULL)";
/// Erased conversations seldom come alone, since a site's old conversations end together.
const PURGE_AFTER_MS: Millis = 3_000;
/// When to try again what has failed.
const PURGE_RETRY_MS: Millis = 60_000;
/// Added for each line that has to be written anew, so that a large inbox spends little of its time on it.
const PURGE_AFTER_LINE_MS: Millis = 1;

#[derive(Deserialize)]
struct DueRow {
    due: Millis,
}

/// Before anything else: takes back what an end in the midst of writing anew has left in the spare.
pub(super) fn recover_first(state: &State, env: &Env) {
    let (storage, spare) = (state.storage(), Spare::of(env, state));
    let task = Task { object: calls::Inbox::NAME, question: "recover" };
    let _gate_is_closed_by_the_call = state.block_concurrency_while(during(task, async move {
        let recovered = match spare {
            Ok(spare) => purge::recover(&storage, &spare).await,
            Err(failure) => Err(failure),
        };
        // An error resets the object, which then tries again: better than lists without their lines.
        recovered.map_err(|failure| {
            failure.log();
            worker::Error::RustError(String::from("the inbox could not be recovered"))
        })
    }));
}

impl Inbox {
    pub(super) fn forget(&self, id: ConversationId) -> Result<(), Failure> {
        let storage = self.state.storage();
        self.ready()?;
        let wait = PURGE_AFTER_MS + PURGE_AFTER_LINE_MS * self.how_many()?;
        let taken_out = transaction(&storage, || {
            let line = self.take_out(&id)?;
            let mut rows = usize::from(line.is_some());
            for table in ["given", "queue", "awaited"] {
                let query = ["DELETE FROM ", table, " WHERE conversation = ?"].concat();
                rows += sql::run(&storage, &query, vec![id.as_str().into()])?;
            }
            let TakenOut { holder, changed } = line.unwrap_or_default();
            self.count_now(OTHER, self.recount_of(holder.as_ref())?);
            if rows > 0 {
                let statement = "INSERT OR IGNORE INTO purge (id, due) VALUES (1, ?)";
                sql::run(&storage, statement, vec![stored(now() + wait)])?;
            }
            Ok((rows > 0).then_some(changed))
        })?;
        let Some(changed) = taken_out else { return Ok(()) };
        self.listeners.broadcast(&self.state, AGENTS, &InboxFrame::Forgotten { id });
        self.tell_counts(&changed)?;
        self.alarm.ring_by(now() + wait)
    }

    /// Writes the lists anew if something was taken out of them. Gives when to look again; none if nothing is left.
    pub(super) async fn purge_if_due(&self) -> Result<Option<Millis>, Failure> {
        if !self.tables.exist()? {
            return Ok(None);
        }
        let storage = self.state.storage();
        let Some(DueRow { due }) = sql::one(&storage, "SELECT due FROM purge", None)? else { return Ok(None) };
        if due > now() {
            return Ok(Some(due));
        }
        if let Err(failure) = purge::purge(&self.state, Spare::of(&self.env, &self.state)?, purge_part(&self.env)).await
        {
            // Erased data must not stay on the disk because another object was away for a moment.
            failure.log();
            return Ok(Some(now() + PURGE_RETRY_MS));
        }
        sql::run(&storage, "DELETE FROM purge", None)?;
        Ok(None)
    }
}
