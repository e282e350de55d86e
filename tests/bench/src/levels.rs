//! What strangers hear: how many of the questions that nothing here answers are answered, suggested for, and shown something while
//! they are typed, at the levels that the product uses, and what is left of the others.

use crate::asked::Answer;
use serde::{Deserialize, Serialize};
use shared::matching::{ANSWER, SUGGEST_SENT, SUGGEST_TYPING};

/// The product's levels, by what happens from them on.
pub const LEVELS: [(&str, f32); 3] =
    [("answered", ANSWER), ("suggested after sending", SUGGEST_SENT), ("suggested while typing", SUGGEST_TYPING)];

/// What happens at one level with whole questions. Shares are from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AtLevel {
    /// The level.
    pub level: f64,
    /// The share of strangers whose first document reaches it.
    pub strangers: f64,
    /// The share of the other questions whose first document reaches it.
    pub others: f64,
    /// The share of all first documents that reach it which are right.
    pub right: f64,
}

/// Each level; nothing where no stranger asks, or an engine gives no confidences.
pub fn levels(with: &[Answer], without: &[Answer]) -> Option<Vec<AtLevel>> {
    if with.is_empty() || without.is_empty() {
        return None;
    }
    let at = |(_, level): (&str, f32)| {
        let level = f64::from(level);
        let reaches = |answer: &&Answer| answer.top.is_some_and(|top| top >= level);
        let (others, strangers) = (with.iter().filter(reaches).count(), without.iter().filter(reaches).count());
        let right = with.iter().filter(reaches).filter(|answer| answer.rank == Some(1)).count();
        AtLevel {
            level,
            strangers: strangers as f64 / without.len() as f64,
            others: others as f64 / with.len() as f64,
            right: right as f64 / (others + strangers).max(1) as f64,
        }
    };
    Some(LEVELS.map(at).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_and_others_are_counted_at_each_level() {
        let answer = |rank, top| Answer { rank, top: Some(top) };
        let with = [answer(Some(1), 0.95), answer(Some(2), 0.5), answer(None, f64::NEG_INFINITY), answer(Some(1), 0.2)];
        let without = [answer(None, 0.95), answer(None, 0.05)];
        let found = levels(&with, &without).unwrap();
        let shares: Vec<[f64; 3]> = found.iter().map(|at| [at.strangers, at.others, at.right]).collect();
        assert_eq!(shares, [[0.5, 0.25, 0.5], [0.5, 0.5, 1.0 / 3.0], [0.5, 0.75, 0.5]]);
        assert_eq!(levels(&with, &[]), None);
    }
}
