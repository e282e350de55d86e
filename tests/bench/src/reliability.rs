//! Whether a confidence means what it says: of all first suggestions with seven tenths, seven in ten should be right.

use serde::{Deserialize, Serialize};

/// Confidences from 0 to 1 in tenths.
const BUCKETS: usize = 10;

/// First suggestions with about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// The least confidence in it; the next bucket's is the end.
    pub from: f64,
    /// How many there were.
    pub count: usize,
    /// The share of them that was right; nothing where there were none.
    pub right: Option<f64>,
}

/// Sorts first suggestions, each with its confidence and whether it was right, into tenths.
pub fn reliability(tops: &[(f64, bool)]) -> Vec<Bucket> {
    let in_bucket = |number: usize| {
        let all: Vec<bool> =
            tops.iter().filter(|(confidence, _)| bucket_of(*confidence) == number).map(|(_, right)| *right).collect();
        let right = all.iter().filter(|right| **right).count();
        Bucket {
            from: number as f64 / BUCKETS as f64,
            count: all.len(),
            right: (!all.is_empty()).then(|| right as f64 / all.len() as f64),
        }
    };
    (0..BUCKETS).map(in_bucket).collect()
}

/// The tenth of a confidence; 1 belongs to the last.
fn bucket_of(confidence: f64) -> usize {
    ((confidence * BUCKETS as f64) as usize).min(BUCKETS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suggestion_is_in_its_tenth() {
        let buckets = reliability(&[(0.0, false), (0.05, true), (0.1, true), (0.95, true), (1.0, false)]);
        let seen: Vec<(usize, Option<f64>)> = buckets.iter().map(|bucket| (bucket.count, bucket.right)).collect();
        let mut expected = vec![(0, None); BUCKETS];
        expected[0] = (2, Some(0.5));
        expected[1] = (1, Some(1.0));
        expected[9] = (2, Some(0.5));
        assert_eq!(seen, expected);
        assert_eq!(buckets[3].from, 0.3);
    }
}
