//! A share of a number.

use serde::{Deserialize, Serialize};

/// A share with both of its numbers, because eight of ten and 800 of 1,000 are not the same news.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// How many of them it is about.
    pub part: u64,
    /// How many there are.
    pub whole: u64,
}

impl Rate {
    /// In thousandths, rounded down; none of nothing. Never over 1,000, even if a day's parts belong to another day's
    /// whole.
    pub fn permille(self) -> Option<u64> {
        let permille = (u128::from(self.part) * 1_000).checked_div(u128::from(self.whole))?;
        u64::try_from(permille.min(1_000)).ok()
    }
}
