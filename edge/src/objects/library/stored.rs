//! The indexes as they are stored. A damaged index is not an empty one: the call fails, so that it is tried again, and
//! meanwhile the indexes are made anew from the sources.

use super::kind::Kind;
use super::publish::renew_soon;
use crate::failure::Failure;
use crate::hash::hash;
use crate::sql;
use serde::Deserialize;
use shared::matching::Index;
use shared::protocol::ErrorCode;
use shared::readership::Reader;
use worker::Storage;

#[derive(Deserialize)]
struct ReadersRow {
    readers: String,
}

/// The bytes of an index of articles, if the hash is still the one that is published, and the index is for this reader.
pub(super) fn index_bytes(storage: &Storage, locale: &str, wanted: &str, reader: &Reader) -> Result<Vec<u8>, Failure> {
    let query = "SELECT readers FROM indexes WHERE locale = ? AND kind = ? AND hash = ? AND part = 0 ORDER BY readers";
    let values = [locale, Kind::Articles.name(), wanted].map(Into::into).to_vec();
    let rows: Vec<ReadersRow> = sql::all(storage, query, values)?;
    let mut mine = None;
    for row in rows {
        let of: Reader = serde_json::from_str(&row.readers)?;
        mine = mine.or(of.is_within(reader).then_some(of));
    }
    whole(storage, locale, Kind::Articles, wanted, &mine.ok_or(ErrorCode::UnknownDoor)?)
}

/// The bytes of an index, which have this hash: a browser keeps what it gets for ever.
pub(super) fn whole(
    storage: &Storage,
    locale: &str,
    kind: Kind,
    wanted: &str,
    reader: &Reader,
) -> Result<Vec<u8>, Failure> {
    let bytes = read(storage, locale, kind, reader)?;
    if hash(&bytes) == wanted { Ok(bytes) } else { Err(damaged(storage, locale, kind)) }
}

/// Opens an index for a reader; none if nothing of its kind is published in the language.
pub(super) fn open(
    storage: &Storage,
    locale: &str,
    kind: Kind,
    reader: &Reader,
) -> Result<Option<Index<Vec<u8>>>, Failure> {
    let bytes = read(storage, locale, kind, reader)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    Index::open(bytes).map(Some).map_err(|_| damaged(storage, locale, kind))
}

/// Has the indexes made anew, and says which one was damaged.
#[track_caller]
fn damaged(storage: &Storage, locale: &str, kind: Kind) -> Failure {
    if let Err(failure) = renew_soon(storage) {
        failure.log();
    }
    Failure::broken(["the index of ", kind.name(), " in ", locale, " does not open"].concat())
}

fn read(storage: &Storage, locale: &str, kind: Kind, reader: &Reader) -> Result<Vec<u8>, Failure> {
    let query = "SELECT bytes FROM indexes WHERE locale = ? AND kind = ? AND readers = ? ORDER BY part";
    sql::bytes(storage, query, [locale, kind.name(), &serde_json::to_string(reader)?].map(Into::into).to_vec())
}
