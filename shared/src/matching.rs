//! Finds the articles that answer a half-typed question, on the visitor's own device.
//!
//! `compile` makes one compact binary of a help centre; `Index::open` reads it in place; `Index::search` ranks.
//! Search never panics, whatever the bytes and the text are.

#[cfg(feature = "compile")]
mod compile;
#[cfg(feature = "compile")]
mod filler;
mod highlight;
mod index;
mod search;
mod words;

#[cfg(feature = "compile")]
pub use compile::{Doc, compile};
pub use highlight::marks;
pub use index::{Index, OpenError};
pub use search::{Hit, Query};
pub(crate) use words::{fold, folded_words};
