//! What a typed word can mean: the terms that the ways of expanding it have found.

/// A term that a typed word can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Meant {
    /// The term's number.
    pub(crate) term: usize,
    /// How surely, from 0 to 1; 1 for the word itself and for what it may become.
    pub(crate) surely: f32,
}

/// Adds a term that is not there yet.
pub(crate) fn push(found: &mut Vec<Meant>, term: usize, surely: f32) {
    if !found.iter().any(|meant| meant.term == term) {
        found.push(Meant { term, surely });
    }
}

/// Adds a term, or makes it surer.
pub(crate) fn raise(found: &mut Vec<Meant>, term: usize, surely: f32) {
    match found.iter_mut().find(|meant| meant.term == term) {
        Some(meant) => meant.surely = meant.surely.max(surely),
        None => found.push(Meant { term, surely }),
    }
}
