//! What a spare can be asked.

use serde::{Deserialize, Serialize};

calls! {
    /// Keeps what another object puts aside for a moment.
    Spare:
    /// Keeps a part; the first one takes the place of what was there. Nothing is there until the last one is.
    Keep { part: u32, dump: Dump, last: bool } -> ();
    /// A part of what is kept; none past the last one.
    Get { part: u32 } -> Option<Dump>;
    /// It is not needed any more.
    Clear -> ();
}

/// What is in a database, or a part of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Dump {
    /// What makes the tables, then what makes the indexes.
    pub(crate) schema: Vec<String>,
    pub(crate) tables: Vec<Table>,
}

/// Rows of one table.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A value of SQLite.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Float(f64),
    Text(String),
    Blob(Vec<u8>),
}
