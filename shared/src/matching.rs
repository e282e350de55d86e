//! Finds the articles that answer a half-typed question, on the visitor's own device.
//!
//! `compile` makes one compact binary of a help centre; `Index::open` reads it in place; `Index::search` ranks. Two
//! judges agree on the ranking: a lexical one that knows words, their beginnings, their forms and typing errors, and,
//! where documents have example questions, a linear model that was trained on beginnings of them. `docs/matching.md`
//! describes both and the format.
//!
//! **Invariant:** search never panics, whatever the bytes and the text are.

mod affixed;
mod asked;
mod bytes;
#[cfg(feature = "compile")]
mod compile;
mod compounds;
mod confidence;
mod distance;
mod expand;
mod explain;
mod features;
mod format;
mod halves;
mod highlight;
mod index;
mod letters;
mod lexical;
mod meanings;
mod meant;
mod model;
mod often;
mod page;
mod pairs;
mod proclitics;
mod search;
mod suggester;
mod text;
mod toneless;

/// Which engine this is. It grows whenever an older index cannot be opened, or is searched less well because a text is cut into
/// other words or features, or because other words of it are read (`html`, `markdown`). The owner of stored indexes makes them anew then.
/// `tests/matching/bytes.rs` notices what changes in this module.
pub const ENGINE: u32 = 7;
/// The first bytes of an index that this engine opens; one that begins otherwise is of an engine with another format.
pub const FORMAT: [u8; 4] = format::MAGIC;
/// The most documents of a language for which a model is trained: its weights are a table of rows times documents, and this many take
/// 100 MB while they are learned. Words alone judge more of them.
pub const MAX_TAUGHT: usize = 1_500;

/// Whether a document has enough examples to learn from: fewer teach less than its words alone say.
pub fn has_lessons(examples: usize) -> bool {
    examples >= 3
}

/// Whether the documents with enough examples are a part of all that is worth a model.
pub fn are_enough(with_examples: usize, documents: usize) -> bool {
    with_examples >= 2 && with_examples * 10 >= documents
}

#[cfg(feature = "compile")]
pub use compile::{Corpus, Doc, compile, compile_in_turns};
pub use confidence::{ANSWER, ANSWER_KEEP, ANSWER_TYPING, KEEP, SUGGEST_SENT, SUGGEST_TYPING};
pub use explain::{Searched, SearchedDoc, SearchedWord};
pub use highlight::marks;
pub use index::{Index, OpenError};
pub use page::page_path;
pub use search::{Hit, Query};
pub use suggester::{SHOWN, STAY, Suggester};
pub use text::{Accents, Word, is_letter, words, words_with};
