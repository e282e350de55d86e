//! One stored object.

use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// An open database. Nobody else may have it open: it is folded together when this is dropped.
pub(crate) struct Database(Connection);

/// What SQLite says of a failure.
pub(crate) type Asked<T> = Result<T, String>;

impl Database {
    /// Opens one that is there.
    pub(crate) fn open(file: &Path) -> Asked<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(file, flags).map(Self).map_err(in_words)
    }

    /// Opens one, or makes it.
    pub(crate) fn make(file: &Path) -> Asked<Self> {
        Connection::open(file).map(Self).map_err(in_words)
    }

    /// The first column of all rows.
    pub(crate) fn column(&self, query: &str) -> Asked<Vec<String>> {
        let mut statement = self.0.prepare(query).map_err(in_words)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(in_words)?;
        rows.collect::<Result<_, _>>().map_err(in_words)
    }

    /// The first column of the first row; none if there is no row.
    pub(crate) fn text(&self, query: &str) -> Asked<Option<String>> {
        self.column(query).map(|rows| rows.into_iter().next())
    }

    /// Takes what stands beside it (`-wal`) into it.
    pub(crate) fn fold(&self) -> Asked<()> {
        let busy: i64 = self.0.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(in_words)?;
        if busy == 0 { Ok(()) } else { Err(String::from("another process has it open")) }
    }

    /// Does something.
    pub(crate) fn run(&self, statements: &str) -> Asked<()> {
        self.0.execute_batch(statements).map_err(in_words)
    }
}

fn in_words(error: rusqlite::Error) -> String {
    error.to_string()
}

/// A text within a statement.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
