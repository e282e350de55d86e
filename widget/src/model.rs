//! State and rules of the panel, tested without a browser.
//!
//! **Invariant:** nothing here reads a clock, a random source or the page: they are arguments.

pub mod article;
pub mod claims;
pub mod composer;
pub mod expected;
pub mod faces;
pub mod keys;
pub mod likely;
pub mod look;
pub mod page;
pub mod person;
pub mod piece;
pub mod place;
pub mod preview;
pub mod reading;
pub mod rows;
pub mod suggestions;
pub mod survey;
pub mod threads;
pub mod told;
pub mod transcript;
pub mod tried;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
