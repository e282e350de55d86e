//! What the panel takes beside the plain field, and how much more it may.

use serde::Serialize;

/// Milliseconds from the key to the end of its frame, in both fields.
#[derive(Serialize)]
pub(crate) struct Figure {
    slowed: u32,
    percentile: usize,
    panel_ms: f64,
    plain_ms: f64,
    /// The panel may take this much longer; for one there is no bar.
    most_more_ms: Option<f64>,
}

impl Figure {
    /// The value that this share of the keys in each field is below, in percent.
    pub(crate) fn new(slowed: u32, percentile: usize, panel: &[f64], plain: &[f64]) -> Self {
        let most_more_ms = match (slowed, percentile) {
            (1, 50) => Some(6.0),
            (1, _) => Some(16.0),
            (_, 50) => None,
            _ => Some(30.0),
        };
        let [panel_ms, plain_ms] = [panel, plain].map(|values| below(values, percentile));
        Self { slowed, percentile, panel_ms, plain_ms, most_more_ms }
    }

    fn more(&self) -> f64 {
        self.panel_ms - self.plain_ms
    }

    /// Whether the panel takes no longer than it may.
    pub(crate) fn holds(&self) -> bool {
        self.most_more_ms.is_none_or(|most| self.more() <= most)
    }
}

/// All of them, a line each.
pub(crate) fn table(figures: &[Figure]) -> String {
    let head = format!("{:>23} {:>8} {:>8} {:>8} {:>8}\n", "ms from key to paint", "panel", "plain", "more", "at most");
    let row = |figure: &Figure| {
        let Figure { slowed, percentile, panel_ms, plain_ms, most_more_ms } = figure;
        let more = figure.more();
        let most = most_more_ms.map_or(String::from("-"), |most| format!("{most:.1}"));
        let mark = if figure.holds() { "" } else { "  too much" };
        format!("{slowed:>18}x p{percentile:<3} {panel_ms:>8.1} {plain_ms:>8.1} {more:>8.1} {most:>8}{mark}\n")
    };
    figures.iter().map(row).fold(head, |table, row| table + &row)
}

fn below(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}
