//! Asks SQLite's own program, which is wherever people look after databases. A library would have to be compiled for it.

use std::path::Path;
use std::process::Command;

/// What statements print; an error if the program says one.
pub(crate) fn ask(file: &Path, statements: &str) -> Result<String, String> {
    let output = Command::new("sqlite3").arg("-bail").arg(file).arg(statements).output().map_err(|error| {
        format!("The program sqlite3 is needed and did not start: {error}. Its Debian package is sqlite3.")
    })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

/// Whether the program is there.
pub(crate) fn is_there() -> Result<(), String> {
    ask(Path::new(":memory:"), "SELECT 1").map(drop)
}

/// A text within a statement.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
