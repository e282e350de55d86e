//! What an opening takes in each build, and what this one may take of the older one's time.

use serde_json::{Value, json};

/// This build takes no larger share of the older one's time.
const MOST: f64 = 0.9;

/// Milliseconds of each run, in one way to open.
pub(crate) struct Figure {
    way: &'static str,
    pub(crate) old: Vec<f64>,
    pub(crate) new: Vec<f64>,
}

impl Figure {
    pub(crate) fn new(way: &'static str) -> Self {
        Self { way, old: Vec::new(), new: Vec::new() }
    }

    /// This build's share of the older one's time, if there is one.
    fn ratio(&self) -> Option<f64> {
        Some(median(&self.new)? / median(&self.old)?)
    }

    /// Whether this build is as much faster as it has to be.
    pub(crate) fn holds(&self) -> bool {
        self.ratio().is_none_or(|ratio| ratio <= MOST)
    }

    pub(crate) fn json(&self) -> Value {
        json!({ "way": self.way, "new_ms": median(&self.new), "old_ms": median(&self.old), "ratio": self.ratio(),
            "most": self.ratio().map(|_| MOST), "all_new_ms": self.new, "all_old_ms": self.old })
    }
}

/// All of them, a line each.
pub(crate) fn table(figures: &[Figure]) -> String {
    let head =
        format!("{:>32} {:>8} {:>8} {:>8} {:>8}\n", "ms from click to composer", "old", "new", "ratio", "at most");
    let shown =
        |value: Option<f64>, digits: usize| value.map_or(String::from("-"), |value| format!("{value:.digits$}"));
    let row = |figure: &Figure| {
        let [old, new] = [&figure.old, &figure.new].map(|values| shown(median(values), 0));
        let (ratio, most) = (shown(figure.ratio(), 2), shown(figure.ratio().map(|_| MOST), 2));
        let mark = if figure.holds() { "" } else { "  too much" };
        format!("{:>32} {old:>8} {new:>8} {ratio:>8} {most:>8}{mark}\n", figure.way)
    };
    figures.iter().map(row).fold(head, |table, row| table + &row)
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let upper = sorted.get(half).copied()?;
    Some(if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[half - 1], upper) } else { upper })
}
