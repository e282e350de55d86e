//! Finds the articles that answer a half-typed question, on the visitor's own device.
//!
//! `compile` makes one compact binary of a help centre; `Index::open` reads it in place; `Index::search` ranks. Two
//! judges agree on the ranking: a lexical one that knows words, their beginnings, their forms and typing errors, and,
//! where documents have example questions, a linear model that was trained on beginnings of them. `docs/matching.md`
//! describes both and the format.
//!
//! **Invariant:** search never panics, whatever the bytes and the text are.

mod affixed;
#[cfg(feature = "compile")]
mod compile;
mod confidence;
mod distance;
mod expand;
mod features;
mod format;
mod highlight;
mod index;
mod lexical;
mod model;
mod pairs;
mod proclitics;
mod search;
mod suggester;
mod text;
mod toneless;

#[cfg(feature = "compile")]
pub use compile::{Corpus, Doc, compile};
pub use confidence::{ANSWER, KEEP, OFFER, SUGGEST};
pub use highlight::marks;
pub use index::{Index, OpenError};
pub use search::{Hit, Query};
pub use suggester::{SHOWN, Suggester};
pub use text::{Accents, Word, words};
