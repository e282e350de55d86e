//! Makes the binary index of a set of documents. The same documents give the same bytes.

mod assemble;
mod beginnings;
mod breadth;
mod calibrate;
mod cohesion;
mod common;
mod doc;
mod held_out;
mod lexicon;
mod pack;
mod roots;
mod term;
mod thesaurus;
mod train;
mod write;

use crate::readership::{Reader, Readership};
use crate::turns::{Turns, at_once};
use assemble::assemble;
pub use doc::{Corpus, Doc};

/// Posting lists could name more, but nobody has as many help pages.
const MAX_DOCS: usize = 65_535;

/// Compiles a corpus to an index; documents past the 65,535th are left out.
pub fn compile(corpus: &Corpus<'_>) -> Vec<u8> {
    at_once(compile_in_turns(corpus, &Turns::none()))
}

/// The same, in pieces between which others have their turn.
pub async fn compile_in_turns(corpus: &Corpus<'_>, turns: &Turns) -> Vec<u8> {
    let reader = Reader::of(corpus.audience.iter().cloned());
    let may_see = |doc: &&Doc| Readership::of(&doc.audience).has(&reader);
    let docs: Vec<&Doc> = corpus.docs.iter().filter(may_see).take(MAX_DOCS).collect();
    let scale = calibrate::scale(&docs, corpus.locale, turns).await;
    assemble(&docs, corpus.locale, &scale, turns).await
}
