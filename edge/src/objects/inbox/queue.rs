//! The conversations that wait in a team's list because nobody had room. When an agent has room again, they get the one that
//! has waited longest.

use super::{Inbox, RETRY_MS};
use crate::calls::conversation::{Conversation, Seek, Sought};
use crate::failure::Failure;
use crate::names::ObjectName;
use crate::platform::{now, stored};
use crate::sql;
use serde::Deserialize;
use shared::protocol::{Millis, Summary};

/// The tables of version 1. The conversation's object is known by its name alone: the inbox does not know its workspace.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS queue (conversation TEXT PRIMARY KEY, object TEXT NOT NULL, team TEXT NOT NULL, since INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS first_come ON queue (team, since);
";
/// Agents seldom come alone: a team signs in within minutes, and rows come in bursts.
const GIVE_OUT_AFTER_MS: Millis = 200;
/// How many of a team are given out at once; then other teams get their turn.
const MOST_AT_ONCE: usize = 20;

#[derive(Deserialize)]
struct QueueRow {
    conversation: String,
    object: ObjectName,
}

#[derive(Deserialize)]
struct TeamRow {
    team: String,
}

impl Inbox {
    /// Notes whether it waits, by its new line.
    pub(super) fn line_up(&self, summary: &Summary, object: &ObjectName) -> Result<(), Failure> {
        let storage = self.state.storage();
        let id = summary.id.as_str();
        match summary.waits_for_room() {
            Some((team, since)) => {
                let statement = "INSERT INTO queue (conversation, object, team, since) VALUES (?, ?, ?, ?) \
                                 ON CONFLICT (conversation) DO UPDATE SET team = excluded.team, since = excluded.since \
                                 WHERE team != excluded.team OR since != excluded.since";
                sql::run(
                    &storage,
                    statement,
                    vec![id.into(), object.as_str().into(), team.as_str().into(), stored(since)],
                )?;
            }
            None => {
                sql::run(&storage, "DELETE FROM queue WHERE conversation = ?", vec![id.into()])?;
            }
        }
        Ok(())
    }

    /// Somebody may have room now. Nothing is done if nobody waits.
    pub(super) fn give_out_soon(&self) -> Result<(), Failure> {
        self.ready()?;
        if !self.somebody_waits_for_room()? {
            return Ok(());
        }
        self.alarm.ring_by(now() + GIVE_OUT_AFTER_MS)
    }

    /// Somebody has room when what they have answered has been quiet for long enough. An alarm that is set rings before what is
    /// answered now is quiet.
    pub(super) fn give_out_when_quiet(&self) -> Result<(), Failure> {
        if self.alarm.rings_by(now() + self.attention_ms()) || !self.somebody_waits_for_room()? {
            return Ok(());
        }
        self.next_quiet()?.map_or(Ok(()), |at| self.alarm.ring_by(at))
    }

    /// Asks those who wait, team by team and in turn, to look for a seat, until nobody of the team has room. Gives when to go
    /// on.
    pub(super) async fn give_out(&self) -> Result<Option<Millis>, Failure> {
        self.ready()?;
        let mut again = None;
        for TeamRow { team } in self.teams_that_wait()? {
            // The next agent who comes has them given out.
            if self.present()?.is_empty() {
                return Ok(None);
            }
            let next = self.give_out_of(&team).await?;
            again = again.into_iter().chain(next).min();
        }
        Ok(again)
    }

    /// Gives out what waits in a team's list, and tells when to go on; none if all is given.
    async fn give_out_of(&self, team: &str) -> Result<Option<Millis>, Failure> {
        let storage = self.state.storage();
        let query = "SELECT conversation, object FROM queue WHERE team = ? ORDER BY since LIMIT ?";
        let most = i64::try_from(MOST_AT_ONCE).unwrap_or(i64::MAX);
        let rows: Vec<QueueRow> = sql::all(&storage, query, vec![team.into(), most.into()])?;
        let may_be_more = rows.len() == MOST_AT_ONCE;
        let mut again = None;
        for QueueRow { conversation, object } in rows {
            match Conversation::named(&self.env, &object)?.ask(Seek).await {
                Ok(Sought::Full) => return Ok(again.into_iter().chain(self.next_quiet()?).min()),
                Ok(Sought::Given | Sought::Elsewhere) => {
                    sql::run(&storage, "DELETE FROM queue WHERE conversation = ?", vec![conversation.into()])?;
                }
                // One that is away keeps nobody else waiting.
                Err(failure) => {
                    failure.log();
                    again = Some(now() + RETRY_MS);
                }
            }
        }
        Ok(again.or_else(|| may_be_more.then(|| now() + GIVE_OUT_AFTER_MS)))
    }

    fn somebody_waits_for_room(&self) -> Result<bool, Failure> {
        sql::exists(&self.state.storage(), "SELECT 1 FROM queue LIMIT 1", None)
    }

    /// From team to team by the index, however many wait in each.
    fn teams_that_wait(&self) -> Result<Vec<TeamRow>, Failure> {
        let query = "SELECT team FROM queue WHERE team > ? ORDER BY team LIMIT 1";
        let mut teams: Vec<TeamRow> = Vec::new();
        loop {
            let last = teams.last().map_or("", |row| row.team.as_str());
            match sql::one(&self.state.storage(), query, vec![last.into()])? {
                Some(next) => teams.push(next),
                None => return Ok(teams),
            }
        }
    }
}
