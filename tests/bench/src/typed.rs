//! How much of a question has to be typed.

use crate::rank::SHOWN;

/// The share of the keys after which the right document is shown and stays; 1 when it never does. `ranks` has the right
/// document's rank after each key.
pub fn share_typed(ranks: &[Option<usize>]) -> f64 {
    let is_shown = |rank: &Option<usize>| rank.is_some_and(|rank| rank <= SHOWN);
    let staying = ranks.iter().rev().take_while(|rank| is_shown(rank)).count();
    if staying == 0 {
        return 1.0;
    }
    // The key that brought it had to be typed, too.
    (ranks.len() - staying + 1) as f64 / ranks.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ranks: &[Option<usize>], expected: f64) {
        assert_eq!(share_typed(ranks), expected, "{ranks:?}");
    }

    #[test]
    fn only_what_stays_counts() {
        check(&[Some(1), Some(2)], 0.5);
        check(&[None, Some(3), Some(3), Some(1)], 0.5);
        check(&[Some(1), None, Some(2), Some(2)], 0.75);
        check(&[None, None, None, Some(1)], 1.0);
        check(&[Some(1), Some(1), Some(4)], 1.0);
        check(&[None, None], 1.0);
        check(&[], 1.0);
    }
}
