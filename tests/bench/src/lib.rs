//! How well and how fast half-typed questions are answered, measured on sets of real questions.
//!
//! Each measure is a pure function in a file of its own, and every engine, ours or a rival, goes through the same ones.
//! `engine` is the only place that knows our engine's interface.

pub mod asked;
pub mod cut;
pub mod engine;
pub mod levels;
pub mod mean;
#[cfg(not(target_arch = "wasm32"))]
mod native;
pub mod percentile;
pub mod random;
pub mod rank;
pub mod reliability;
pub mod replaced;
pub mod replay;
pub mod searcher;
pub mod separation;
pub mod set;
pub mod typed;
pub mod typing_error;

#[cfg(not(target_arch = "wasm32"))]
pub use native::*;
