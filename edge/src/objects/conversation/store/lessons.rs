//! Up to which event the library has the lessons of a conversation: a row beside those of the mirrors.

use crate::failure::Failure;
use crate::sql;
use shared::protocol::Seq;
use worker::Storage;

/// The library's name among those who are told something.
const LIBRARY: &str = "library";

/// The event; 0 if the library was never taught.
pub(super) fn taught(storage: &Storage) -> Result<Seq, Failure> {
    let query = "SELECT revision AS count FROM told WHERE target = ?";
    let up_to = sql::count(storage, query, vec![LIBRARY.into()])?;
    Ok(Seq::try_from(up_to).unwrap_or(Seq::MAX))
}

/// The library has the lessons as they were after this event.
pub(super) fn put(storage: &Storage, up_to: Seq) -> Result<(), Failure> {
    let query = "INSERT INTO told (target, revision) VALUES (?, ?) ON CONFLICT (target) DO UPDATE \
                 SET revision = excluded.revision";
    sql::run(storage, query, vec![LIBRARY.into(), i64::from(up_to).into()]).map(drop)
}
