//! What a panel starts with.

use super::kind::Kind;
use super::press::Press;
use super::readers::{Place, ensure, place};
use super::{answers, indexes, often};
use crate::calls::library::Placed;
use crate::failure::Failure;
use crate::platform::now;
use shared::readership::Reader;
use worker::Storage;

/// Where the panel of a reader starts. An index for some is made if it is not there; while something is being published, nobody's start
/// waits for that, and the index for everybody does for once.
pub(super) async fn placed(storage: &Storage, press: &Press, wanted: &str, reader: &Reader) -> Result<Placed, Failure> {
    let Place { locale, reader } = place(storage, wanted, reader)?;
    if !press.is_taken() {
        ensure(storage, press, &locale, &reader).await?;
    }
    let index = match indexes::hash_for(storage, &locale, Kind::Articles, &reader)? {
        Some(own) => Some(own),
        None => indexes::hash_for(storage, &locale, Kind::Articles, &Reader::everybody())?,
    };
    let index = match index {
        Some(hash) if indexes::opens(storage, &locale, &hash)? => Some(hash),
        _ => None,
    };
    let answers = answers::placed(storage, wanted, &locale)?;
    let often = often::most(storage, &locale, answers.as_ref(), &reader, now())?;
    Ok(Placed { locale, index, answers, often })
}
