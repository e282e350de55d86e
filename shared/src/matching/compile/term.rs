//! A word of the documents, and how much each document has of each.

use std::collections::BTreeMap;

/// The cost of noting a word, beside cutting it, in bytes of text that are cut.
pub(super) const PER_WORD: usize = 6;

/// A word of the dictionary that an index has.
pub(super) struct Term {
    pub(super) text: String,
    /// How much of its weight it keeps, given how common it is in the language at large, from 0 to 1.
    pub(super) telling: f32,
    /// Documents in order, each with its strength from 0 to 1.
    pub(super) postings: Vec<(u32, f32)>,
}

/// Per word and number of a document, how much the document has of it.
pub(super) type Weights = BTreeMap<String, BTreeMap<u32, f32>>;
