//! Statements on an object's tables, and what they give.
//!
//! A failure names the line that has asked for the statement.

use crate::failure::Failure;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use worker::{SqlCursor, SqlStorageValue, Storage};

/// What stands for the marks of a statement, in order; `None` if it has none.
type Values = Option<Vec<SqlStorageValue>>;

/// A row of which a count is the only column.
#[derive(Deserialize)]
struct CountRow {
    count: u64,
}

/// Runs a statement, or several. Gives how many rows were written, those of indexes included.
#[track_caller]
pub(crate) fn run(storage: &Storage, statement: &str, values: impl Into<Values>) -> Result<usize, Failure> {
    Ok(cursor(storage, statement, values.into())?.rows_written())
}

/// All rows.
#[track_caller]
pub(crate) fn all<T: DeserializeOwned>(
    storage: &Storage,
    query: &str,
    values: impl Into<Values>,
) -> Result<Vec<T>, Failure> {
    Ok(cursor(storage, query, values.into())?.to_array()?)
}

/// The first row, if there is one.
#[track_caller]
pub(crate) fn one<T: DeserializeOwned>(
    storage: &Storage,
    query: &str,
    values: impl Into<Values>,
) -> Result<Option<T>, Failure> {
    let first = cursor(storage, query, values.into())?.next().next();
    Ok(first.transpose()?)
}

/// Whether there is a row.
#[track_caller]
pub(crate) fn exists(storage: &Storage, query: &str, values: impl Into<Values>) -> Result<bool, Failure> {
    Ok(cursor(storage, query, values.into())?.raw().next().transpose()?.is_some())
}

/// How many there are, of a query whose one column is called `count`; 0 if it has no row.
#[track_caller]
pub(crate) fn count(storage: &Storage, query: &str, values: impl Into<Values>) -> Result<u64, Failure> {
    Ok(one(storage, query, values)?.map_or(0, |row: CountRow| row.count))
}

/// What the JSON in the first column says, of every row that has one.
#[track_caller]
pub(crate) fn documents<T: DeserializeOwned>(
    storage: &Storage,
    query: &str,
    values: impl Into<Values>,
) -> Result<Vec<T>, Failure> {
    let mut documents = Vec::new();
    for row in cursor(storage, query, values.into())?.raw() {
        if let Some(SqlStorageValue::String(text)) = row?.into_iter().next() {
            documents.push(serde_json::from_str(&text)?);
        }
    }
    Ok(documents)
}

/// What the JSON in the first column of the first row says, if there is one.
#[track_caller]
pub(crate) fn document<T: DeserializeOwned>(
    storage: &Storage,
    query: &str,
    values: impl Into<Values>,
) -> Result<Option<T>, Failure> {
    let first = cursor(storage, query, values.into())?.raw().next().transpose()?;
    let Some(SqlStorageValue::String(text)) = first.and_then(|columns| columns.into_iter().next()) else {
        return Ok(None);
    };
    Ok(Some(serde_json::from_str(&text)?))
}

/// The bytes in the first column of all rows, one after the other.
#[track_caller]
pub(crate) fn bytes(storage: &Storage, query: &str, values: impl Into<Values>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    for row in cursor(storage, query, values.into())?.raw() {
        if let Some(SqlStorageValue::Blob(part)) = row?.into_iter().next() {
            bytes.extend(part);
        }
    }
    Ok(bytes)
}

#[track_caller]
fn cursor(storage: &Storage, statement: &str, values: Values) -> Result<SqlCursor, Failure> {
    Ok(storage.sql().exec(statement, values)?)
}
