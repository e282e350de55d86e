//! The lines of the conversations, with columns by which each list is read in its order, and how many each list holds.
//!
//! Which list holds a conversation is `Summary::location`, and nothing here says it again: the columns are written from it.

use super::Inbox;
use crate::failure::Failure;
use crate::platform::{stored, transaction};
use crate::sql;
use crate::tables::Step;
use serde::Deserialize;
use shared::conversation::{List, Shelf, agrees};
use shared::ids::{AgentId, ConversationId};
use shared::protocol::Summary;
use std::collections::BTreeMap;
use worker::{SqlStorageValue, Storage};

/// The table of version 1.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, version INTEGER NOT NULL, updated_at INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS newest ON conversations (updated_at);
";

/// Version 2. Each line is found by where it lies, by whose it is and by its rank, and what a list holds is counted as it
/// changes. So a list is begun as quickly with a hundred thousand lines as with a hundred. Lines of version 1 have no rank yet.
pub(super) const SECOND: Step = &[
    "ALTER TABLE conversations ADD COLUMN place TEXT",
    "ALTER TABLE conversations ADD COLUMN holder TEXT",
    "ALTER TABLE conversations ADD COLUMN rank INTEGER",
    "DROP INDEX newest",
    "CREATE INDEX ranked ON conversations (rank, id)",
    "CREATE INDEX in_place ON conversations (place, rank, id)",
    "CREATE INDEX held_by ON conversations (holder, rank, id) WHERE holder IS NOT NULL",
    "CREATE INDEX unranked ON conversations (id) WHERE rank IS NULL",
    "CREATE TABLE counts (list TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    "DROP TABLE holders",
];

/// As many lines as are ranked at once: their texts take about a megabyte.
const RANKED_AT_ONCE: i64 = 1_000;
/// Resolved conversations that are listed together with everything else; the others come in pages.
const MAX_RESOLVED: i64 = 1_000;

#[derive(Deserialize)]
pub(super) struct LineRow {
    pub(super) version: u32,
    place: Option<String>,
    holder: Option<String>,
    rank: Option<u64>,
}

/// What a line that was taken out leaves to be told.
#[derive(Default)]
pub(super) struct TakenOut {
    /// Whose it was, while people had it.
    pub(super) holder: Option<AgentId>,
    /// The keys of the lists that hold less now.
    pub(super) changed: Vec<String>,
}

impl LineRow {
    /// Whose it is, while people have it.
    pub(super) fn holder(&self) -> Option<AgentId> {
        self.holder.as_ref().and_then(|holder| AgentId::parse(holder).ok())
    }

    /// The keys of the lists in which it was counted.
    fn lists(self) -> Vec<String> {
        let shelf = self.place.zip(self.rank).map(|(place, rank)| Shelf { place, holder: self.holder, rank });
        shelf.map(|shelf| shelf.lists()).unwrap_or_default()
    }
}

impl Inbox {
    /// Makes the tables unless they are there, and ranks lines of an earlier layout.
    pub(super) fn ready(&self) -> Result<(), Failure> {
        self.tables.ensure()?;
        if self.is_ranked.get() {
            return Ok(());
        }
        let storage = self.state.storage();
        while rank_some(&storage)? {}
        self.is_ranked.set(true);
        Ok(())
    }

    /// What is known of a conversation's line.
    pub(super) fn line(&self, id: &ConversationId) -> Result<Option<LineRow>, Failure> {
        let query = "SELECT version, place, holder, rank FROM conversations WHERE id = ?";
        sql::one(&self.state.storage(), query, vec![id.as_str().into()])
    }

    /// Whether the line that is here tells of the same.
    pub(super) fn is_here(&self, summary: &Summary) -> Result<bool, Failure> {
        let query = "SELECT json FROM conversations WHERE id = ?";
        let held: Vec<Summary> = sql::documents(&self.state.storage(), query, vec![summary.id.as_str().into()])?;
        Ok(held.iter().any(|held| agrees(held, summary)))
    }

    /// Puts a line into the place of the one that is known. Gives the keys of the lists that hold more or less now.
    pub(super) fn put(&self, summary: &Summary, known: Option<LineRow>) -> Result<Vec<String>, Failure> {
        let shelf = Shelf::of(summary);
        let storage = self.state.storage();
        let changed = recount(&storage, known.map(LineRow::lists).unwrap_or_default(), shelf.lists())?;
        let values = vec![
            summary.id.as_str().into(),
            i64::from(summary.version).into(),
            stored(summary.updated_at),
            serde_json::to_string(summary)?.into(),
            shelf.place.into(),
            shelf.holder.map_or(SqlStorageValue::Null, SqlStorageValue::from),
            stored(shelf.rank),
        ];
        let statement = "INSERT INTO conversations (id, version, updated_at, json, place, holder, rank) \
                         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, \
                         updated_at = excluded.updated_at, json = excluded.json, place = excluded.place, \
                         holder = excluded.holder, rank = excluded.rank";
        sql::run(&storage, statement, values)?;
        Ok(changed)
    }

    /// Takes a line out; none if it was not there.
    pub(super) fn take_out(&self, id: &ConversationId) -> Result<Option<TakenOut>, Failure> {
        let Some(line) = self.line(id)? else { return Ok(None) };
        let (storage, holder) = (self.state.storage(), line.holder());
        let changed = recount(&storage, line.lists(), Vec::new())?;
        sql::run(&storage, "DELETE FROM conversations WHERE id = ?", vec![id.as_str().into()])?;
        Ok(Some(TakenOut { holder, changed }))
    }

    /// How many conversations there are.
    pub(super) fn how_many(&self) -> Result<u64, Failure> {
        let query = "SELECT count FROM counts WHERE list = ?";
        sql::count(&self.state.storage(), query, vec![List::All.key().into()])
    }

    /// Everything that is not resolved, in the order of the lists, then what was resolved last. Nothing that somebody still waits
    /// for, that is somebody's or that comes back is ever left out.
    pub(super) fn list(&self) -> Result<Vec<Summary>, Failure> {
        self.ready()?;
        let storage = self.state.storage();
        let resolved = List::Resolved.key();
        let open = "SELECT json FROM conversations WHERE place < ?1 OR place > ?1 ORDER BY rank, id";
        let mut lines: Vec<Summary> = sql::documents(&storage, open, vec![resolved.clone().into()])?;
        let last = "SELECT json FROM conversations WHERE place = ? ORDER BY rank, id LIMIT ?";
        lines.extend(sql::documents::<Summary>(&storage, last, vec![resolved.into(), MAX_RESOLVED.into()])?);
        Ok(lines)
    }
}

/// Ranks some of the lines that have no rank. Gives whether there may be more.
fn rank_some(storage: &Storage) -> Result<bool, Failure> {
    let query = "SELECT json FROM conversations WHERE rank IS NULL LIMIT ?";
    let lines: Vec<Summary> = sql::documents(storage, query, vec![RANKED_AT_ONCE.into()])?;
    transaction(storage, || {
        for line in &lines {
            let shelf = Shelf::of(line);
            recount(storage, Vec::new(), shelf.lists())?;
            let values = vec![
                shelf.place.into(),
                shelf.holder.map_or(SqlStorageValue::Null, SqlStorageValue::from),
                stored(shelf.rank),
                line.id.as_str().into(),
            ];
            sql::run(storage, "UPDATE conversations SET place = ?, holder = ?, rank = ? WHERE id = ?", values)?;
        }
        Ok(())
    })?;
    Ok(!lines.is_empty())
}

/// Counts a line in other lists than before. Gives those that have changed.
fn recount(storage: &Storage, before: Vec<String>, after: Vec<String>) -> Result<Vec<String>, Failure> {
    let mut changes: BTreeMap<String, i64> = BTreeMap::new();
    before.into_iter().for_each(|list| *changes.entry(list).or_default() -= 1);
    after.into_iter().for_each(|list| *changes.entry(list).or_default() += 1);
    changes.retain(|_, change| *change != 0);
    for (list, change) in &changes {
        let statement = "INSERT INTO counts (list, count) VALUES (?, ?) \
                         ON CONFLICT (list) DO UPDATE SET count = count + excluded.count";
        sql::run(storage, statement, vec![list.as_str().into(), (*change).into()])?;
    }
    Ok(changes.into_keys().collect())
}
