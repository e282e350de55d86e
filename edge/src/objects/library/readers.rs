//! Which language serves a reader, and which index is theirs.

use super::compiled::{Compiled, compiled};
use super::kind::Kind;
use super::press::Press;
use super::{indexes, staging};
use crate::failure::Failure;
use crate::objects::documents::settings;
use crate::platform::turn;
use shared::locale::{resolve, serving};
use shared::readership::Reader;
use shared::turns::Turns;
use worker::Storage;

/// Where a reader is served.
pub(super) struct Place {
    /// The language.
    pub(super) locale: String,
    /// The reader without the audiences for which there is nothing in it.
    pub(super) reader: Reader,
}

/// The language that serves `wanted` best, of those in which there is something for the reader.
pub(super) fn place(storage: &Storage, wanted: &str, reader: &Reader) -> Result<Place, Failure> {
    let compiled = compiled(storage)?;
    let available = available(&compiled, reader);
    let locale = String::from(resolve(wanted, &available, &settings(storage)?.default_locale));
    let audiences = compiled.restricted.as_ref().and_then(|restricted| restricted.get(&locale));
    let reader = audiences.map(|audiences| reader.among(audiences)).unwrap_or_default();
    Ok(Place { locale, reader })
}

/// All languages that serve `wanted`, the best first, and then those that serve everybody: an article that is not there in the first is
/// read in the next one.
pub(super) fn places(storage: &Storage, wanted: &str, reader: &Reader) -> Result<Vec<String>, Failure> {
    let compiled = compiled(storage)?;
    let available = available(&compiled, reader);
    let default = settings(storage)?.default_locale;
    let all = [serving(wanted, &available), serving(&default, &available)].concat();
    Ok(all.into_iter().map(String::from).collect())
}

/// The languages in which there is something for the reader.
fn available<'a>(compiled: &'a Compiled, reader: &Reader) -> Vec<&'a str> {
    let restricted = compiled.restricted.iter().flatten();
    let for_reader = restricted.filter(|(_, audiences)| !reader.among(audiences).is_everybody());
    let mut all: Vec<&str> =
        compiled.indexes.keys().chain(for_reader.map(|(locale, _)| locale)).map(String::as_str).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The language whose curated answers serve `wanted` best; `articles` is the language of the articles.
pub(super) fn place_of_answers(storage: &Storage, wanted: &str, articles: &str) -> Result<String, Failure> {
    let all = indexes::languages_of_answers(storage)?;
    let available: Vec<&str> = all.iter().map(String::as_str).collect();
    Ok(String::from(resolve(wanted, &available, articles)))
}

/// The same for the team, who may read everything.
pub(super) fn place_of_team(storage: &Storage, wanted: &str) -> Result<String, Failure> {
    let Compiled { restricted, .. } = compiled(storage)?;
    let everything = restricted.unwrap_or_default().into_values().flatten();
    Ok(place(storage, wanted, &Reader::of(everything))?.locale)
}

/// Has the index of a language made for a reader who may read more than everybody, if it is not there.
pub(super) async fn ensure(storage: &Storage, press: &Press, locale: &str, reader: &Reader) -> Result<(), Failure> {
    if reader.is_everybody() || indexes::hash_for(storage, locale, Kind::Articles, reader)?.is_some() {
        return Ok(());
    }
    let _taken = press.take().await;
    // Somebody else of the same audiences may have waited for it, too.
    if indexes::hash_for(storage, locale, Kind::Articles, reader)?.is_some() {
        return Ok(());
    }
    staging::clear(storage)?;
    indexes::make_for(storage, locale, reader, &Turns::giving(turn)).await
}
