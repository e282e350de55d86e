//! How well and how fast half-typed questions are answered, measured on sets of real questions.
//!
//! Each measure is a pure function in a file of its own, and every engine, ours or a rival, goes through the same ones.
//! `engine` is the only place that knows our engine's interface.

pub mod asked;
pub mod cut;
pub mod engine;
#[cfg(not(target_arch = "wasm32"))]
pub mod evaluate;
pub mod mean;
pub mod percentile;
pub mod random;
pub mod rank;
pub mod reliability;
pub mod replaced;
pub mod replay;
#[cfg(not(target_arch = "wasm32"))]
pub mod report;
pub mod searcher;
pub mod separation;
pub mod set;
pub mod typed;
pub mod typing_error;

#[cfg(not(target_arch = "wasm32"))]
pub mod arguments;
#[cfg(not(target_arch = "wasm32"))]
pub mod grown;
#[cfg(not(target_arch = "wasm32"))]
pub mod growth;
#[cfg(not(target_arch = "wasm32"))]
pub mod in_browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod markdown;
#[cfg(not(target_arch = "wasm32"))]
pub mod ours;
#[cfg(not(target_arch = "wasm32"))]
pub mod pages;
#[cfg(not(target_arch = "wasm32"))]
pub mod plot;
#[cfg(not(target_arch = "wasm32"))]
pub mod rival;
#[cfg(not(target_arch = "wasm32"))]
pub mod served;
#[cfg(not(target_arch = "wasm32"))]
pub mod table;
