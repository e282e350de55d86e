//! The indexes as they are stored. A damaged index is not an empty one: the call fails, so that it is tried again, and
//! meanwhile the indexes are made anew from the sources.

use super::documents::{Compiled, compiled};
use super::indexes::hash;
use super::kind::Kind;
use super::publish::renew_soon;
use crate::failure::Failure;
use crate::sql;
use shared::matching::Index;
use shared::protocol::ErrorCode;
use worker::Storage;

/// The bytes of an index of articles, if the hash is still the one that is published.
pub(in crate::objects) fn index_bytes(storage: &Storage, locale: &str, wanted: &str) -> Result<Vec<u8>, Failure> {
    if compiled(storage)?.indexes.get(locale).is_none_or(|published| published != wanted) {
        return Err(ErrorCode::UnknownDoor.into());
    }
    let bytes = read(storage, locale, Kind::Articles)?;
    // A browser keeps what it gets for ever.
    if hash(&bytes) == wanted { Ok(bytes) } else { Err(damaged(storage, locale, Kind::Articles)) }
}

/// Opens an index; none if nothing of its kind is published in the language.
pub(super) fn open(
    storage: &Storage,
    compiled: &Compiled,
    locale: &str,
    kind: Kind,
) -> Result<Option<Index<Vec<u8>>>, Failure> {
    let is_published = match kind {
        Kind::Articles => compiled.indexes.contains_key(locale),
        Kind::Answers => has_answers(storage, locale)?,
    };
    if !is_published {
        return Ok(None);
    }
    Index::open(read(storage, locale, kind)?).map(Some).map_err(|_| damaged(storage, locale, kind))
}

/// Has the indexes made anew, and says which one was damaged.
#[track_caller]
fn damaged(storage: &Storage, locale: &str, kind: Kind) -> Failure {
    if let Err(failure) = renew_soon(storage) {
        failure.log();
    }
    Failure::broken(["the index of ", kind.name(), " in ", locale, " does not open"].concat())
}

fn read(storage: &Storage, locale: &str, kind: Kind) -> Result<Vec<u8>, Failure> {
    let query = "SELECT bytes FROM indexes WHERE locale = ? AND kind = ? ORDER BY part";
    sql::bytes(storage, query, vec![locale.into(), kind.name().into()])
}

fn has_answers(storage: &Storage, locale: &str) -> Result<bool, Failure> {
    sql::exists(storage, "SELECT id FROM answers WHERE locale = ? LIMIT 1", vec![locale.into()])
}
