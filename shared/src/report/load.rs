//! How many conversations an agent has at once, weighed by time.

use crate::protocol::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For how long an agent had how many conversations open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Load(BTreeMap<u32, Millis>);

impl Load {
    /// Counts a time with this many open.
    pub fn record(&mut self, open: u32, span: Millis) {
        let sum = self.0.entry(open).or_default();
        *sum = sum.saturating_add(span);
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(open, span)| self.record(*open, *span));
    }

    /// The mean in tenths, over the time with any; none if there was none.
    pub fn mean_tenths(&self) -> Option<u64> {
        let busy = self.0.iter().filter(|(open, _)| **open > 0);
        let (weighed, all) = busy.fold((0, 0), |(weighed, all), (open, span)| {
            (weighed + u128::from(*open) * u128::from(*span), all + u128::from(*span))
        });
        (weighed * 10).checked_div(all).and_then(|tenths| u64::try_from(tenths).ok())
    }

    /// The most at once.
    pub fn most(&self) -> u32 {
        self.0.keys().next_back().copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spans: &[(u32, Millis)], mean: Option<u64>, most: u32) {
        let mut load = Load::default();
        spans.iter().for_each(|(open, span)| load.record(*open, *span));
        assert_eq!((load.mean_tenths(), load.most()), (mean, most), "{spans:?}");
    }

    #[test]
    fn long_times_weigh_more_and_idle_ones_nothing() {
        check(&[], None, 0);
        check(&[(0, 5_000)], None, 0);
        check(&[(1, 3_000), (5, 1_000), (0, 9_000)], Some(20), 5);
        check(&[(1, Millis::MAX), (2, Millis::MAX)], Some(15), 2);
    }
}
