//! Makes deleted rows disappear from the disk.
//!
//! SQLite marks the room of a deleted row as free and leaves its bytes there, and the platform allows neither
//! `secure_delete` nor `VACUUM`. What it does have is the deletion of a whole database, which removes the files. So what is to
//! stay is put aside in a spare object, the database is deleted and filled again. Nobody else is let in meanwhile. If the
//! process ends in between, the object finds itself empty and takes back what the spare has.

use super::call;
use super::spare::SpareOp;
use crate::failure::Failure;
use crate::platform::transaction;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use worker::{SqlStorageValue, State, Storage, Stub};

/// Everything in a database.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Dump {
    /// What makes the tables, then what makes the indexes.
    schema: Vec<String>,
    tables: Vec<Table>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Table {
    name: String,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Cell {
    Null,
    Integer(i64),
    Float(f64),
    Text(String),
    Blob(Vec<u8>),
}

#[derive(Deserialize)]
struct MasterRow {
    name: String,
    kind: String,
    sql: String,
}

/// What we made: the platform's own tables begin with `_cf_`, SQLite's with `sqlite_`.
const OURS: &str = "SELECT name, type AS kind, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                    AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY type DESC, name";

/// Writes the database anew, without the remains of what was deleted.
pub(super) async fn purge(state: &State, spare: Stub) -> Result<(), Failure> {
    let storage = state.storage();
    let work = async move { Ok(rewrite(&storage, &spare).await) };
    state.block_concurrency_while(work).await?
}

/// After an end in the midst of `purge`: takes back what was put aside.
pub(super) async fn recover(storage: &Storage, spare: &Stub) -> Result<(), Failure> {
    if !master(storage)?.is_empty() {
        return Ok(());
    }
    let kept: Option<Dump> = call(spare, &SpareOp::Get).await?;
    if let Some(dump) = kept.filter(|_| matches!(master(storage), Ok(rows) if rows.is_empty())) {
        restore(storage, dump)?;
        let _cleared: () = call(spare, &SpareOp::Clear).await?;
    }
    Ok(())
}

async fn rewrite(storage: &Storage, spare: &Stub) -> Result<(), Failure> {
    let alarm = storage.get_alarm().await?;
    let dump = dump(storage)?;
    let aside = SpareOp::Keep(dump);
    let _kept: () = call(spare, &aside).await?;
    storage.delete_all().await?;
    if let SpareOp::Keep(dump) = aside {
        restore(storage, dump)?;
    }
    if let Some(at) = alarm.and_then(|at| u64::try_from(at).ok()) {
        storage.set_alarm(Duration::from_millis(at.saturating_sub(crate::platform::now()))).await?;
    }
    call(spare, &SpareOp::Clear).await
}

fn master(storage: &Storage) -> Result<Vec<MasterRow>, Failure> {
    Ok(storage.sql().exec(OURS, None)?.to_array()?)
}

fn dump(storage: &Storage) -> Result<Dump, Failure> {
    let master = master(storage)?;
    let mut tables = Vec::new();
    for table in master.iter().filter(|row| row.kind == "table") {
        let mut rows = Vec::new();
        // The name is one that our own code has given.
        for row in storage.sql().exec(&["SELECT * FROM ", &table.name].concat(), None)?.raw() {
            rows.push(row?.into_iter().map(cell).collect());
        }
        tables.push(Table { name: table.name.clone(), rows });
    }
    Ok(Dump { schema: master.into_iter().map(|row| row.sql).collect(), tables })
}

fn restore(storage: &Storage, dump: Dump) -> Result<(), Failure> {
    transaction(storage, || {
        for statement in &dump.schema {
            storage.sql().exec(statement, None)?;
        }
        for table in dump.tables {
            for row in table.rows {
                let marks = vec!["?"; row.len()].join(", ");
                let query = ["INSERT INTO ", &table.name, " VALUES (", &marks, ")"].concat();
                storage.sql().exec(&query, row.into_iter().map(value).collect::<Vec<_>>())?;
            }
        }
        Ok(())
    })
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
