//! Guessing a password is slow, and shuts out the guesser alone: failures count by name and source, which is a network, or a browser
//! in which this agent has signed in before. All of them together only cost time.

use crate::failure::Failure;
use crate::platform::{now, stored};
use crate::sql;
use serde::Deserialize;
use shared::protocol::{ApiError, Millis};
use std::time::Duration;
use worker::{Delay, Storage};

/// What earlier builds counted by the name alone.
pub(super) const FIRST: &str = "DROP TABLE failed_sign_ins";
pub(super) const SECOND: &str = "CREATE TABLE guesses (name TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL)";
pub(super) const THIRD: &str = "CREATE INDEX guesses_by_name ON guesses (name)";

/// How many times one source may be wrong about a name in `WINDOW_MS`.
const MAX_FAILED: u64 = 10;
const WINDOW_MS: Millis = 15 * 60 * 1_000;
/// How many guesses at a name, from wherever they come, cost no time.
const FREE: u64 = 20;
/// What each further one costs.
const EACH_MS: u64 = 100;
/// A person who mistypes during an attack waits no longer than that.
const LONGEST_MS: u64 = 3_000;

#[derive(Deserialize)]
struct Counts {
    here: u64,
    everywhere: u64,
    /// When the first of those from here was, 0 if there is none.
    first: Millis,
}

/// Counts a guess before it is checked, so that many at once do not all pass the limit. Refuses it where this source has guessed
/// this name too often, and gives how long it has to wait otherwise.
pub(super) fn count(storage: &Storage, name: &str, source: &str) -> Result<Delay, Failure> {
    let now = now();
    // A guess of the future was made before the clock stepped back.
    let old = "DELETE FROM guesses WHERE at <= ? OR at > ?";
    sql::run(storage, old, vec![stored(now.saturating_sub(WINDOW_MS)), stored(now)])?;
    let query = "SELECT COALESCE(SUM(source = ?), 0) AS here, COUNT(*) AS everywhere, \
                 COALESCE(MIN(CASE WHEN source = ? THEN at END), 0) AS first FROM guesses WHERE name = lower(?)";
    let counts: Option<Counts> = sql::one(storage, query, vec![source.into(), source.into(), name.into()])?;
    let Counts { here, everywhere, first } = counts.unwrap_or(Counts { here: 0, everywhere: 0, first: 0 });
    if here >= MAX_FAILED {
        return Err(ApiError::too_many((first + WINDOW_MS).saturating_sub(now).max(1)).into());
    }
    let guess = "INSERT INTO guesses (name, source, at) VALUES (lower(?), ?, ?)";
    sql::run(storage, guess, vec![name.into(), source.into(), stored(now)])?;
    let delay = everywhere.saturating_sub(FREE).saturating_mul(EACH_MS).min(LONGEST_MS);
    Ok(Delay::from(Duration::from_millis(delay)))
}

/// Forgets the guesses of a source that has shown the right password.
pub(super) fn forget(storage: &Storage, name: &str, source: &str) -> Result<(), Failure> {
    let statement = "DELETE FROM guesses WHERE name = lower(?) AND source = ?";
    sql::run(storage, statement, vec![name.into(), source.into()]).map(drop)
}
