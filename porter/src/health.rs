//! What the log has told of databases, and what was found when somebody asked last.

use crate::trouble::Trouble;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The codes by which SQLite says that a file or its disk is at fault, each with the time for which that is told after it was logged. A
/// broken file stays broken; a disk that comes back is well, and until then says so again. A full one is seen by writing to it.
const FAULTS: [(&str, Duration); 5] = [
    ("SQLITE_CORRUPT", LASTING),
    ("SQLITE_NOTADB", LASTING),
    ("SQLITE_IOERR", PASSING),
    ("SQLITE_CANTOPEN", PASSING),
    ("SQLITE_READONLY", PASSING),
];
const LASTING: Duration = Duration::from_secs(300);
const PASSING: Duration = Duration::from_secs(10);

/// What was seen lately.
#[derive(Default)]
pub(crate) struct Health {
    /// The last failure that SQLite was logged with.
    fault: Mutex<Option<(&'static str, Duration, Instant)>>,
    /// When it was looked at last, and what was wrong.
    pub(crate) last: tokio::sync::Mutex<Option<(Instant, Vec<Trouble>)>>,
}

impl Health {
    /// Hears a line of workerd's log.
    pub(crate) fn hear(&self, line: &str) {
        if let Some((fault, told)) = FAULTS.iter().find(|(fault, _)| line.contains(fault)) {
            *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some((fault, *told, Instant::now()));
        }
    }

    /// What SQLite was last at fault for.
    pub(crate) fn fault(&self) -> Option<Trouble> {
        let (fault, _, at) =
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).filter(|(_, told, at)| at.elapsed() < *told)?;
        let ago = at.elapsed().as_secs();
        Some(Trouble::now("database", format!("A database failed with {fault} {ago} seconds ago. The log says which.")))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_sqlite_says_of_a_file_is_told_and_of_a_busy_or_full_one_is_not() {
        let health = Health::default();
        health.hear("{\"event\":\"broken\",\"detail\":\"database is locked: SQLITE_BUSY\"}");
        health.hear("jsg.Error: database or disk is full: SQLITE_FULL");
        assert_eq!(health.fault(), None);
        health.hear("Error: database disk image is malformed: SQLITE_CORRUPT (extended: SQLITE_CORRUPT_INDEX)");
        assert!(health.fault().unwrap().what.contains("SQLITE_CORRUPT 0 seconds ago"));
    }
}
