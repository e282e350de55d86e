//! What is kept beside a log of the clock: when it was found to have been ahead, and when the conversation was found to have been
//! kept for long enough.

use crate::failure::Failure;
use crate::platform::stored;
use crate::sql;
use serde::Deserialize;
use shared::conversation::ClockSet;
use shared::protocol::Millis;
use worker::Storage;

/// What came with version 2. Columns, since a table would take a page in every conversation.
pub(super) const SECOND: &str = "
ALTER TABLE meta ADD COLUMN clocks TEXT;
ALTER TABLE meta ADD COLUMN over_at INTEGER;
";
/// Both of them.
const CLOCKS: &str = "SELECT clocks, over_at FROM meta";
/// A clock that is put back more often than that is not worth remembering in full.
const MOST_CLOCKS: usize = 20;

#[derive(Deserialize)]
struct ClocksRow {
    clocks: Option<String>,
    over_at: Option<Millis>,
}

/// When the clock was found to have been ahead, in order.
pub(super) fn sets(storage: &Storage) -> Result<Vec<ClockSet>, Failure> {
    let clocks = row(storage)?.and_then(|row| row.clocks);
    clocks.map_or(Ok(Vec::new()), |json| Ok(serde_json::from_str(&json)?))
}

/// When the conversation was last found to have been kept for long enough.
pub(super) fn seen_over(storage: &Storage) -> Result<Option<Millis>, Failure> {
    Ok(row(storage)?.and_then(|row| row.over_at))
}

/// The clock was found to have been ahead.
pub(super) fn add(storage: &Storage, set: ClockSet) -> Result<(), Failure> {
    let mut sets = sets(storage)?;
    sets.push(set);
    let from = sets.len().saturating_sub(MOST_CLOCKS);
    let kept = serde_json::to_string(sets.get(from..).unwrap_or_default())?;
    sql::run(storage, "UPDATE meta SET clocks = ?", vec![kept.into()]).map(drop)
}

/// The conversation was found to have been kept for long enough.
pub(super) fn see_over(storage: &Storage, at: Millis) -> Result<(), Failure> {
    sql::run(storage, "UPDATE meta SET over_at = ?", vec![stored(at)]).map(drop)
}

fn row(storage: &Storage) -> Result<Option<ClocksRow>, Failure> {
    sql::one(storage, CLOCKS, None)
}
