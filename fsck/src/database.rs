//! One stored object.

use crate::cut;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// An open database. Nobody else may have it open: it is folded together when this is dropped.
pub(crate) struct Database(Connection);

/// Whether a database is whole.
const CHECK: &str = "PRAGMA quick_check";

/// What SQLite says of a failure.
pub(crate) type Asked<T> = Result<T, String>;

impl Database {
    /// Opens one that is there.
    pub(crate) fn open(file: &Path) -> Asked<Self> {
        if !std::fs::metadata(file).map_err(|error| error.to_string())?.is_file() {
            return Err(String::from("it is no file"));
        }
        if cut::is_cut(file) {
            return Err(String::from(cut::CUT));
        }
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

    /// Whether it is whole; otherwise what SQLite says first.
    pub(crate) fn is_whole(&self) -> Asked<()> {
        let said = self.column(CHECK)?;
        if said == ["ok"] {
            return Ok(());
        }
        Err(said.into_iter().next().unwrap_or_else(|| String::from("it says nothing")))
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
