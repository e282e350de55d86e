//! What was promised to those who wait, and what brings them back before a promise is broken.
//!
//! A `Promises` says how soon somebody is answered; a `Watch` keeps one conversation's promise. It has no clock: the
//! caller asks `poll_timeout`, sets an alarm, and calls `handle_timeout` when it rings, late or twice.
//!
//! **Invariant:** nothing that waits for a reply can be put off past its promise, not even by a snooze.

mod order;
mod promise;
#[cfg(test)]
mod scenes;
mod watch;

pub use order::{Rank, oldest_promise_first};
pub use promise::{Kind, Pair, Promises, Target};
pub use watch::{Input, Output, Reason, Terms, Watch};
