//! The buckets of one visitor or one network address, stored so that a restart gives nothing back.

use crate::calls::Draw;
use crate::failure::Failure;
use crate::platform::{now, stored};
use crate::sql;
use serde::Deserialize;
use shared::limits::{Bucket, Kind, Scope};
use shared::protocol::{ApiError, Millis};
use worker::Storage;

/// The tables of version 1.
pub(super) const FIRST: &str =
    "CREATE TABLE IF NOT EXISTS buckets (kind TEXT PRIMARY KEY, left INTEGER NOT NULL, at INTEGER NOT NULL)";

#[derive(Deserialize)]
struct BucketRow {
    kind: String,
    left: u32,
    at: Millis,
}

/// Takes all of the draws, or none and says when to come back. The table is there.
pub(super) fn take(storage: &Storage, scope: Scope, draws: &[Draw]) -> Result<(), Failure> {
    for (kind, bucket) in taken(storage, scope, draws)? {
        let values = vec![kind.name().into(), i64::from(bucket.left).into(), stored(bucket.at)];
        sql::run(storage, "INSERT OR REPLACE INTO buckets (kind, left, at) VALUES (?, ?, ?)", values)?;
    }
    Ok(())
}

/// Says whether all of the draws could be taken, and when to come back if not.
pub(super) fn allow(storage: &Storage, scope: Scope, draws: &[Draw]) -> Result<(), Failure> {
    taken(storage, scope, draws).map(drop)
}

/// The buckets as they are once the draws are taken.
fn taken(storage: &Storage, scope: Scope, draws: &[Draw]) -> Result<Vec<(Kind, Bucket)>, Failure> {
    let now = now();
    let held = buckets(storage)?;
    let mut taken = Vec::with_capacity(draws.len());
    let mut wait: Option<Millis> = None;
    for Draw { kind, count } in draws {
        let rate = kind.rate(scope);
        let mut bucket = find(&held, *kind).unwrap_or_else(|| rate.full(now));
        match rate.take(&mut bucket, *count, now) {
            Ok(()) => taken.push((*kind, bucket)),
            Err(longer) => wait = Some(wait.map_or(longer, |wait| wait.max(longer))),
        }
    }
    match wait {
        Some(wait) => Err(ApiError::too_many(wait).into()),
        None => Ok(taken),
    }
}

/// When every bucket is full again, and forgetting them all changes nothing.
pub(super) fn full_at(storage: &Storage, scope: Scope) -> Result<Millis, Failure> {
    let held = buckets(storage)?;
    let full = |kind: Kind| find(&held, kind).map(|bucket| kind.rate(scope).full_at(bucket));
    Ok(Kind::ALL.into_iter().filter_map(full).max().unwrap_or_default())
}

fn buckets(storage: &Storage) -> Result<Vec<BucketRow>, Failure> {
    sql::all(storage, "SELECT kind, left, at FROM buckets", None)
}

fn find(held: &[BucketRow], kind: Kind) -> Option<Bucket> {
    let row = held.iter().find(|row| row.kind == kind.name())?;
    Some(Bucket { left: row.left, at: row.at })
}
