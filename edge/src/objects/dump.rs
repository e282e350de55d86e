//! Rows of tables as values that travel to another object, and back into tables.

use crate::calls::spare::{Cell, Dump, Table};
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use worker::{SqlStorageValue, Storage};

#[derive(Deserialize)]
struct ColumnRow {
    name: String,
}

/// The rows of tables, in parts that fit into an operation each; there is at least one part. A table's name may be followed by a
/// condition.
pub(super) fn dump(storage: &Storage, tables: &[&str], part_bytes: usize) -> Result<Vec<Dump>, Failure> {
    let mut parts = vec![Dump { schema: Vec::new(), tables: Vec::new() }];
    let mut room = part_bytes;
    for from in tables {
        let name = String::from(from.split(' ').next().unwrap_or(from));
        let mut rows = Vec::new();
        let query = ["SELECT ", &columns(storage, &name)?, " FROM ", from].concat();
        for row in storage.sql().exec(&query, None)?.raw() {
            let row: Vec<Cell> = row?.into_iter().map(cell).collect();
            let bytes = row.iter().map(size).sum();
            if bytes > room {
                put(&mut parts, Table { name: name.clone(), rows: std::mem::take(&mut rows) });
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

/// Puts all of it back. It is run in a transaction.
pub(super) fn restore(storage: &Storage, parts: Vec<Dump>) -> Result<(), Failure> {
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
}

/// The names of a table's columns, in order.
fn columns(storage: &Storage, table: &str) -> Result<String, Failure> {
    // The name is one that our own code has given.
    let rows: Vec<ColumnRow> = sql::all(storage, &["PRAGMA table_info(", table, ")"].concat(), None)?;
    Ok(rows.into_iter().map(|row| row.name).collect::<Vec<_>>().join(", "))
}

fn put(parts: &mut [Dump], table: Table) {
    if let Some(part) = parts.last_mut() {
        part.tables.push(table);
    }
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
