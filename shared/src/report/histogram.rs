//! Many times as counts in fixed steps, so that medians can be had of what was counted in many places.

use crate::protocol::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Each doubling is cut into 8 steps: a percentile is at most an eighth above the truth, and a year's times take at most
/// 300 counts.
const STEP_BITS: u32 = 3;
/// The steps of one doubling.
const STEPS: u64 = 1 << STEP_BITS;

/// How often which time was measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Histogram {
    /// By step; steps without a count are left out.
    counts: BTreeMap<u16, u64>,
    sum: u64,
    longest: Millis,
}

impl Histogram {
    /// Counts a time.
    pub fn record(&mut self, time: Millis) {
        let count = self.counts.entry(step(time)).or_default();
        *count = count.saturating_add(1);
        self.sum = self.sum.saturating_add(time);
        self.longest = self.longest.max(time);
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (step, more) in &other.counts {
            let count = self.counts.entry(*step).or_default();
            *count = count.saturating_add(*more);
        }
        self.sum = self.sum.saturating_add(other.sum);
        self.longest = self.longest.max(other.longest);
    }

    /// How many times were counted.
    pub fn count(&self) -> u64 {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The mean, exactly; none without a count.
    pub fn mean(&self) -> Option<Millis> {
        self.sum.checked_div(self.count())
    }

    /// The time that `percent` of a hundred did not exceed: at most an eighth too long, never too short; none without a count.
    pub fn percentile(&self, percent: u8) -> Option<Millis> {
        let count = u128::from(self.count());
        let rank = (count * u128::from(percent.min(100))).div_ceil(100).max(1);
        let mut seen = 0;
        let found = self.counts.iter().find(|(_, count)| {
            seen += u128::from(**count);
            seen >= rank
        });
        found.map(|(step, _)| longest_of(*step).min(self.longest))
    }

    /// The time within which half were.
    pub fn median(&self) -> Option<Millis> {
        self.percentile(50)
    }
}

/// The step of a time: the place of its highest bit, and the three bits behind it.
fn step(time: Millis) -> u16 {
    let Some(high) = time.checked_ilog2().filter(|high| *high >= STEP_BITS) else {
        return u16::try_from(time).unwrap_or(0);
    };
    let behind = (time >> (high - STEP_BITS)) & (STEPS - 1);
    let doubling = u64::from(high - STEP_BITS + 1);
    u16::try_from(doubling * STEPS + behind).unwrap_or(u16::MAX)
}

/// The longest time of a step.
fn longest_of(step: u16) -> Millis {
    let (doubling, behind) = (u64::from(step) / STEPS, u64::from(step) % STEPS);
    let Some(shift) = doubling.checked_sub(1).and_then(|shift| u32::try_from(shift).ok()) else { return behind };
    let next = u128::from(STEPS + behind + 1).checked_shl(shift).unwrap_or(u128::MAX);
    u64::try_from(next - 1).unwrap_or(Millis::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn check(times: &[Millis], percent: u8, truth: Option<Millis>) {
        let mut histogram = Histogram::default();
        times.iter().for_each(|time| histogram.record(*time));
        let found = histogram.percentile(percent);
        assert_eq!(found.is_some(), truth.is_some(), "{times:?}");
        if let (Some(found), Some(truth)) = (found, truth) {
            assert!(found >= truth, "{found} is under {truth}");
            assert!(found - truth <= truth / STEPS, "{found} is far over {truth}");
        }
    }

    #[test]
    fn a_percentile_is_at_most_an_eighth_too_long() {
        check(&[], 50, None);
        check(&[0], 50, Some(0));
        check(&[5, 6, 7], 50, Some(6));
        check(&[1_000, 20_000, 300_000, 4_000_000, 50_000_000], 80, Some(4_000_000));
        check(&[Millis::MAX, 1], 100, Some(Millis::MAX));
        check(&[Millis::MAX, 1], 0, Some(1));
    }

    #[test]
    fn a_percentile_of_any_times_is_near_that_of_the_sorted_list() {
        for seed in 0..500 {
            let dice = &mut Dice::new(seed);
            let mut times: Vec<Millis> = (0..1 + dice.under(60)).map(|_| dice.under(1 << (1 + seed % 50))).collect();
            let percent = dice.under(101) as u8;
            times.sort_unstable();
            let rank = (times.len() * usize::from(percent)).div_ceil(100).max(1);
            check(&times, percent, Some(times[rank - 1]));
        }
    }

    #[test]
    fn steps_follow_each_other_without_a_gap() {
        for time in (0..2_000).chain([Millis::MAX - 1, Millis::MAX]) {
            assert!(longest_of(step(time)) >= time, "{time}");
            assert!(step(time) == 0 || longest_of(step(time) - 1) < time, "{time}");
        }
    }

    #[test]
    fn a_mean_is_exact() {
        let mut histogram = Histogram::default();
        [10, 20, 60].into_iter().for_each(|time| histogram.record(time));
        assert_eq!((histogram.mean(), histogram.count()), (Some(30), 3));
        assert_eq!(Histogram::default().mean(), None);
    }
}
