//! Where in a list the right document stands.

use crate::set::Question;

/// How many suggestions a visitor sees.
pub const SHOWN: usize = 3;
/// How far down a list anybody looks.
pub const LISTED: usize = 10;

/// The place of the first document that answers the question, from 1; none when it is not among the first ten.
pub fn rank<'a>(question: &Question, ids: impl IntoIterator<Item = &'a str>) -> Option<usize> {
    ids.into_iter().take(LISTED).position(|id| question.is_answered_by(id)).map(|place| place + 1)
}

/// 1 when the right document is among the first `places`, or else 0.
pub fn success(rank: Option<usize>, places: usize) -> f64 {
    f64::from(u8::from(rank.is_some_and(|rank| rank <= places)))
}

/// One over the rank, or 0; its mean is MRR.
pub fn reciprocal(rank: Option<usize>) -> f64 {
    rank.and_then(|rank| u32::try_from(rank).ok()).map_or(0.0, |rank| 1.0 / f64::from(rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(relevant: &[&str], ids: &[&str], expected: Option<usize>) {
        let relevant = relevant.iter().map(|id| String::from(*id)).collect();
        let question = Question { text: String::new(), relevant };
        assert_eq!(rank(&question, ids.iter().copied()), expected, "{ids:?}");
    }

    #[test]
    fn the_first_right_document_counts_down_to_the_tenth_place() {
        check(&["b"], &["a", "b"], Some(2));
        check(&["b", "a"], &["a", "b"], Some(1));
        check(&["x"], &["a", "b"], None);
        check(&["x"], &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "x"], None);
        check(&[], &["a"], None);
    }

    #[test]
    fn success_and_reciprocal_follow_the_rank() {
        assert_eq!((success(Some(3), 3), success(Some(4), 3), success(None, 3)), (1.0, 0.0, 0.0));
        assert_eq!((reciprocal(Some(1)), reciprocal(Some(4)), reciprocal(None)), (1.0, 0.25, 0.0));
    }
}
