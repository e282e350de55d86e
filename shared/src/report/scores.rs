//! Scores that visitors gave.

use super::fact::Score;
use super::rate::Rate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// From this on a score is a good one: four and five of five, as CSAT is counted everywhere.
const GOOD_FROM: u8 = 4;

/// How often each score was given. A score that was taken back on a later day counts less than nothing on that day, so
/// that days add up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scores(BTreeMap<Score, i64>);

impl Scores {
    /// Counts a score, and no longer the one that it takes the place of.
    pub fn record(&mut self, score: Score, instead_of: Option<Score>) {
        self.add(score, 1);
        if let Some(old) = instead_of {
            self.add(old, -1);
        }
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (score, more) in &other.0 {
            self.add(*score, *more);
        }
    }

    /// The share of good scores.
    pub fn good(&self) -> Rate {
        let sum = |from: u8| {
            let counts = self.0.iter().filter(|(score, _)| score.get() >= from);
            counts.map(|(_, count)| u64::try_from(*count).unwrap_or(0)).sum()
        };
        Rate { part: sum(GOOD_FROM), whole: sum(1) }
    }

    /// A score that was taken back leaves nothing, not even a zero.
    fn add(&mut self, score: Score, more: i64) {
        let count = self.0.entry(score).or_default();
        *count = count.wrapping_add(more);
        if *count == 0 {
            self.0.remove(&score);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scores: &[(u8, Option<u8>)], good: (u64, u64)) {
        let mut sum = Scores::default();
        for (score, old) in scores {
            sum.record(Score::new(*score).unwrap(), old.and_then(Score::new));
        }
        assert_eq!(sum.good(), Rate { part: good.0, whole: good.1 }, "{scores:?}");
    }

    #[test]
    fn four_and_five_are_good() {
        check(&[], (0, 0));
        check(&[(5, None), (4, None), (3, None), (1, None)], (2, 4));
    }

    #[test]
    fn who_changes_their_mind_counts_once() {
        check(&[(1, None), (5, Some(1))], (1, 1));
    }

    #[test]
    fn a_change_on_another_day_adds_up() {
        let (mut monday, mut tuesday) = (Scores::default(), Scores::default());
        let score = |score| Score::new(score).unwrap();
        monday.record(score(2), None);
        tuesday.record(score(5), Some(score(2)));
        assert_eq!(tuesday.good(), Rate { part: 1, whole: 1 });
        monday.merge(&tuesday);
        assert_eq!(monday.good(), Rate { part: 1, whole: 1 });
        let mut only = Scores::default();
        only.record(score(5), None);
        assert_eq!(monday, only, "what was taken back leaves nothing");
    }

    #[test]
    fn only_one_to_five_is_a_score() {
        assert_eq!((Score::new(0), Score::new(6)), (None, None));
        assert!(serde_json::from_str::<Score>("6").is_err());
    }
}
