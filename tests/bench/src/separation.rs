//! Whether a score can tell that nothing here answers a question.

/// The chance that a question with an answer scores higher than one without; equal scores count half. None when there is
/// nothing to tell apart.
pub fn auroc(with_answer: &[f64], without: &[f64]) -> Option<f64> {
    if with_answer.is_empty() || without.is_empty() {
        return None;
    }
    let mut sorted = without.to_vec();
    sorted.sort_by(f64::total_cmp);
    let won = with_answer.iter().map(|score| {
        let below = sorted.partition_point(|other| other < score);
        let equal = sorted.partition_point(|other| other <= score) - below;
        below as f64 + equal as f64 / 2.0
    });
    Some(won.sum::<f64>() / (with_answer.len() as f64 * without.len() as f64))
}

/// The share of questions to keep whose answer is here.
const RECALL_PERCENT: usize = 95;

/// The share of questions without an answer that pass the highest threshold which 95 % of those with one pass.
pub fn fpr_at_95(with_answer: &[f64], without: &[f64]) -> Option<f64> {
    let mut sorted = with_answer.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let kept = (sorted.len() * RECALL_PERCENT).div_ceil(100);
    let threshold = sorted.get(kept.checked_sub(1)?)?;
    let passing = without.iter().filter(|score| *score >= threshold).count();
    (!without.is_empty()).then(|| passing as f64 / without.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auroc_counts_pairs_in_the_right_order_and_ties_half() {
        let check = |with: &[f64], without: &[f64], expected| {
            assert_eq!(auroc(with, without), expected, "{with:?} {without:?}");
        };
        check(&[3.0, 4.0], &[1.0, 2.0], Some(1.0));
        check(&[1.0, 2.0], &[3.0, 4.0], Some(0.0));
        check(&[1.0, 3.0], &[2.0], Some(0.5));
        check(&[1.0, 1.0], &[1.0], Some(0.5));
        check(&[f64::NEG_INFINITY, 1.0], &[f64::NEG_INFINITY], Some(0.75));
        check(&[1.0], &[], None);
        check(&[], &[1.0], None);
    }

    #[test]
    fn the_threshold_keeps_nineteen_of_twenty() {
        let with: Vec<f64> = (0..20).map(f64::from).collect();
        assert_eq!(fpr_at_95(&with, &[0.0, 0.5, 1.0, 9.0]), Some(0.5));
        assert_eq!(fpr_at_95(&with, &[]), None);
        assert_eq!(fpr_at_95(&[], &[1.0]), None);
        assert_eq!(fpr_at_95(&[1.0], &[f64::NEG_INFINITY]), Some(0.0));
    }
}
