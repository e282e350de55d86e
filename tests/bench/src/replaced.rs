//! How restless the suggestions are: what changes under the eyes of somebody who reads it costs attention.

use crate::rank::SHOWN;

/// The share of the suggestions shown now that were not shown before this key: 0 when nothing is shown now, and none when
/// nothing was shown before, because there was nothing to replace.
pub fn share_replaced(before: &[String], now: &[String]) -> Option<f64> {
    let (before, now) = (shown(before), shown(now));
    if before.is_empty() {
        return None;
    }
    let new = now.iter().filter(|id| !before.contains(id)).count();
    Some(if now.is_empty() { 0.0 } else { new as f64 / now.len() as f64 })
}

fn shown(ids: &[String]) -> &[String] {
    ids.get(..SHOWN).unwrap_or(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, now: &str, expected: Option<f64>) {
        let list = |ids: &str| ids.split_whitespace().map(String::from).collect::<Vec<_>>();
        assert_eq!(share_replaced(&list(before), &list(now)), expected, "{before} -> {now}");
    }

    #[test]
    fn new_suggestions_count_and_another_order_does_not() {
        check("a b c", "c a b", Some(0.0));
        check("a b", "a x", Some(0.5));
        check("a b c", "x y z", Some(1.0));
        check("a", "a b", Some(0.5));
        check("a b c d", "d a b", Some(1.0 / 3.0));
    }

    #[test]
    fn an_empty_list_replaces_nothing() {
        check("", "a b c", None);
        check("a b c", "", Some(0.0));
        check("", "", None);
    }
}
