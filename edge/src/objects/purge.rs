//! Makes deleted rows disappear from the disk.
//!
//! SQLite marks the room of a deleted row as free and leaves its bytes there, and the platform allows neither `secure_delete`
//! nor `VACUUM`. It can delete a whole database, which removes the files. So what is to stay is put aside in a spare object,
//! the database is deleted and filled again. Nobody else is let in meanwhile. If the process ends in between, the object finds
//! itself empty and takes back what the spare has.

use super::dump::{dump, restore};
use crate::calls::ask::Remote;
use crate::calls::spare::{Clear, Dump, Get, Keep, Spare};
use crate::failure::Failure;
use crate::platform::transaction;
use crate::sql;
use serde::Deserialize;
use std::time::Duration;
use worker::{State, Storage};

#[derive(Deserialize)]
struct MasterRow {
    name: String,
    kind: String,
    sql: String,
}

/// What we made: the platform's own tables begin with `_`, SQLite's with `sqlite_`.
const OURS: &str = "SELECT name, type AS kind, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                    AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY type DESC, name";

/// Writes the database anew, without the remains of what was deleted.
pub(super) async fn purge(state: &State, spare: Remote<Spare>, part_bytes: usize) -> Result<(), Failure> {
    let storage = state.storage();
    let work = async move { Ok(rewrite(&storage, &spare, part_bytes).await) };
    state.block_concurrency_while(work).await?
}

/// After an end in the midst of `purge`: takes back what was put aside.
pub(super) async fn recover(storage: &Storage, spare: &Remote<Spare>) -> Result<(), Failure> {
    if !master(storage)?.is_empty() {
        return Ok(());
    }
    let mut parts = Vec::new();
    while let Some(dump) = spare.ask(Get { part: number(parts.len()) }).await? {
        parts.push(dump);
    }
    if !parts.is_empty() && matches!(master(storage), Ok(rows) if rows.is_empty()) {
        transaction(storage, || restore(storage, parts))?;
        spare.ask(Clear).await?;
    }
    Ok(())
}

async fn rewrite(storage: &Storage, spare: &Remote<Spare>, part_bytes: usize) -> Result<(), Failure> {
    let alarm = storage.get_alarm().await?;
    let mut parts = Vec::new();
    let all = everything(storage, part_bytes)?;
    let last = all.len().saturating_sub(1);
    for (at, dump) in all.into_iter().enumerate() {
        let aside = Keep { part: number(at), dump, last: at == last };
        spare.ask(&aside).await?;
        parts.push(aside.dump);
    }
    storage.delete_all().await?;
    transaction(storage, || restore(storage, parts))?;
    if let Some(at) = alarm.and_then(|at| u64::try_from(at).ok()) {
        storage.set_alarm(Duration::from_millis(at.saturating_sub(crate::platform::now()))).await?;
    }
    spare.ask(Clear).await
}

fn master(storage: &Storage) -> Result<Vec<MasterRow>, Failure> {
    sql::all(storage, OURS, None)
}

/// Everything. The statements that make the tables are in the first part.
fn everything(storage: &Storage, part_bytes: usize) -> Result<Vec<Dump>, Failure> {
    let master = master(storage)?;
    let names: Vec<&str> = master.iter().filter(|row| row.kind == "table").map(|row| row.name.as_str()).collect();
    let mut parts = dump(storage, &names, part_bytes)?;
    if let Some(first) = parts.first_mut() {
        first.schema = master.iter().map(|row| row.sql.clone()).collect();
    }
    Ok(parts)
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
