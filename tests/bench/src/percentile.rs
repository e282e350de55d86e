//! How long the slow ones take.

/// The value that `percent` of all are below; 0 of nothing. The order of the values does not matter.
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], percent: usize, expected: f64) {
        assert_eq!(percentile(values, percent), expected, "{percent} of {values:?}");
    }

    #[test]
    fn the_value_stands_behind_its_share_of_the_others() {
        check(&[3.0, 1.0, 2.0, 4.0], 50, 3.0);
        check(&[3.0, 1.0, 2.0, 4.0], 99, 4.0);
        check(&[1.0], 50, 1.0);
        check(&[], 99, 0.0);
        let hundred: Vec<f64> = (0..100).map(f64::from).collect();
        check(&hundred, 95, 95.0);
    }
}
