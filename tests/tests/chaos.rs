//! The short form of `cargo xtask chaos`.

use std::time::Duration;
use tests::chaos::Chaos;

/// A dozen faults.
const LENGTH: Duration = Duration::from_secs(25);
/// Chosen so that every kind happens.
const SEED: u64 = 7;

#[test]
fn what_was_acknowledged_is_there_once_in_order_and_seen_by_the_team_whatever_goes_wrong_meanwhile() {
    println!("{}", Chaos { length: LENGTH, seed: SEED }.live());
}
