//! What a site owner wants to know, as counters that can be added up.
//!
//! Every `Fact` is counted where it happens, in a `Ledger` by day and topic. Ledgers of many objects and days are merged;
//! `Rate`s and percentiles are read from the sum.
//!
//! **Invariant:** merging is commutative and associative, so that it does not matter who adds up what first.

mod counters;
mod fact;
mod fall;
mod histogram;
mod ledger;
mod load;
mod rate;
mod rates;
#[cfg(test)]
mod scenes;
mod scores;
mod tally;

pub use counters::{Counters, Funnel, Kept, Means};
pub use fact::{By, Fact, Score, Survey};
pub use fall::{Fall, falls};
pub use histogram::Histogram;
pub use ledger::{DayNumber, Ledger};
pub use load::Load;
pub use rate::Rate;
pub use rates::Roar;
pub use scores::Scores;
pub use tally::{OTHER, Tally};
