//! Makes deleted rows disappear from the disk.
//!
//! SQLite marks the room of a deleted row as free and leaves its bytes there, and the platform allows neither `secure_delete`
//! nor `VACUUM`. It can delete a whole database, which removes the files. So what is to stay is put aside in a spare object,
//! the database is deleted and filled again. Nobody else is let in meanwhile. If the process ends in between, the object finds
//! itself empty and takes back what the spare has.

use crate::calls::ask::Remote;
use crate::calls::spare::{Cell, Clear, Dump, Get, Keep, Spare, Table};
use crate::failure::Failure;
use crate::platform::transaction;
use crate::sql;
use serde::Deserialize;
use std::time::Duration;
use worker::{SqlStorageValue, State, Storage};

#[derive(Deserialize)]
struct MasterRow {
    name: String,
    kind: String,
    sql: String,
}

#[derive(Deserialize)]
struct ColumnRow {
    name: String,
}

/// What we made: the platform's own tables begin with `_cf_`, SQLite's with `sqlite_`.
const OURS: &str = "SELECT name, type AS kind, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                    AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY type DESC, name";

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
        restore(storage, parts)?;
        spare.ask(Clear).await?;
    }
    Ok(())
}

async fn rewrite(storage: &Storage, spare: &Remote<Spare>, part_bytes: usize) -> Result<(), Failure> {
    let alarm = storage.get_alarm().await?;
    let mut parts = Vec::new();
    let all = dump(storage, part_bytes)?;
    let last = all.len().saturating_sub(1);
    for (at, dump) in all.into_iter().enumerate() {
        let aside = Keep { part: number(at), dump, last: at == last };
        spare.ask(&aside).await?;
        parts.push(aside.dump);
    }
    storage.delete_all().await?;
    restore(storage, parts)?;
    if let Some(at) = alarm.and_then(|at| u64::try_from(at).ok()) {
        storage.set_alarm(Duration::from_millis(at.saturating_sub(crate::platform::now()))).await?;
    }
    spare.ask(Clear).await
}

fn master(storage: &Storage) -> Result<Vec<MasterRow>, Failure> {
    sql::all(storage, OURS, None)
}

/// The names of a table's columns, in order.
fn columns(storage: &Storage, table: &str) -> Result<String, Failure> {
    // The name is one that our own code has given.
    let rows: Vec<ColumnRow> = sql::all(storage, &["PRAGMA table_info(", table, ")"].concat(), None)?;
    Ok(rows.into_iter().map(|row| row.name).collect::<Vec<_>>().join(", "))
}

/// Everything, in parts that fit into an operation each. The statements that make the tables are in the first one.
fn dump(storage: &Storage, part_bytes: usize) -> Result<Vec<Dump>, Failure> {
    let master = master(storage)?;
    let names: Vec<String> = master.iter().filter(|row| row.kind == "table").map(|row| row.name.clone()).collect();
    let mut parts = vec![Dump { schema: master.into_iter().map(|row| row.sql).collect(), tables: Vec::new() }];
    let mut room = part_bytes;
    for name in names {
        let mut rows = Vec::new();
        let query = ["SELECT ", &columns(storage, &name)?, " FROM ", &name].concat();
        for row in storage.sql().exec(&query, None)?.raw() {
            let row: Vec<Cell> = row?.into_iter().map(cell).collect();
            let bytes = row.iter().map(size).sum();
            if bytes > room {
                let table = Table { name: name.clone(), rows: std::mem::take(&mut rows) };
                put(&mut parts, table);
                parts.push(Dump { schema: Vec::new(), tables: Vec::new() });
                room = part_bytes;
            }
            room = room.saturating_sub(bytes);
            rows.push(row);
        }
        put(&mut parts, Table { name, rows });
    }
    Ok(parts)
}

fn put(parts: &mut [Dump], table: Table) {
    if let Some(part) = parts.last_mut() {
        part.tables.push(table);
    }
}

fn restore(storage: &Storage, parts: Vec<Dump>) -> Result<(), Failure> {
    transaction(storage, || {
        for dump in parts {
            for statement in &dump.schema {
                sql::run(storage, statement, None)?;
            }
            for table in dump.tables {
                let columns = columns(storage, &table.name)?;
                for row in table.rows {
                    let marks = vec!["?"; row.len()].join(", ");
                    let statement = ["INSERT INTO ", &table.name, " (", &columns, ") VALUES (", &marks, ")"].concat();
                    sql::run(storage, &statement, row.into_iter().map(value).collect::<Vec<_>>())?;
                }
            }
        }
        Ok(())
    })
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// About as many bytes as a value has when it is written out.
fn size(cell: &Cell) -> usize {
    const SMALL: usize = 24;
    match cell {
        Cell::Null | Cell::Integer(_) | Cell::Float(_) => SMALL,
        // JSON in JSON: every quote takes two.
        Cell::Text(text) => SMALL + text.len() + text.len() / 4,
        Cell::Blob(bytes) => SMALL + 4 * bytes.len(),
    }
}

fn cell(value: SqlStorageValue) -> Cell {
    match value {
        SqlStorageValue::Null => Cell::Null,
        SqlStorageValue::Boolean(flag) => Cell::Integer(i64::from(flag)),
        SqlStorageValue::Integer(number) => Cell::Integer(number),
        SqlStorageValue::Float(number) => Cell::Float(number),
        SqlStorageValue::String(text) => Cell::Text(text),
        SqlStorageValue::Blob(bytes) => Cell::Blob(bytes),
    }
}

fn value(cell: Cell) -> SqlStorageValue {
    match cell {
        Cell::Null => SqlStorageValue::Null,
        Cell::Integer(number) => SqlStorageValue::Integer(number),
        Cell::Float(number) => SqlStorageValue::Float(number),
        Cell::Text(text) => SqlStorageValue::String(text),
        Cell::Blob(bytes) => SqlStorageValue::Blob(bytes),
    }
}
