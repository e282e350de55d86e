//! What a conversation's machine writes, in which order, and what it wants done then. The simulation (`tests/sim`) runs it
//! through crashes; here is what each input means by itself.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod clock;
mod commands;
mod debts;
mod grants;
mod memory;
mod mirrors;
mod object;
mod teaching;
