//! What Lighthouse measures in both pages, and how much worse the one with the tag may be.

use serde_json::{Value, json};

/// A value of both pages, once for each run.
pub(crate) struct Figure {
    name: &'static str,
    /// Where it is in a report.
    place: &'static str,
    /// What one in the report is here.
    unit: f64,
    digits: usize,
    /// The page with the tag may have so much more of it, or less if that is worse. For some there is no bar.
    most: Option<f64>,
    without: Vec<f64>,
    with: Vec<f64>,
}

/// All of them, without values.
pub(crate) fn all() -> [Figure; 5] {
    let figure = |name, place, unit, digits, most| Figure {
        name,
        place,
        unit,
        digits,
        most,
        without: Vec::new(),
        with: Vec::new(),
    };
    [
        figure("performance score", "/categories/performance/score", 100.0, 0, Some(-1.0)),
        figure("total blocking time, ms", "/audits/total-blocking-time/numericValue", 1.0, 0, Some(10.0)),
        figure("cumulative layout shift", "/audits/cumulative-layout-shift/numericValue", 1.0, 4, Some(0.0)),
        figure("largest contentful paint, ms", "/audits/largest-contentful-paint/numericValue", 1.0, 0, None),
        figure("bytes", "/audits/total-byte-weight/numericValue", 1.0, 0, None),
    ]
}

impl Figure {
    /// Takes its values from a report of each page, the one without the tag first.
    pub(crate) fn add(&mut self, reports: &[Value; 2]) {
        let value = |report: &Value| report.pointer(self.place).and_then(Value::as_f64);
        let [without, with] = reports.each_ref().map(|report| {
            let value = value(report).unwrap_or_else(|| panic!("no {}: {}", self.name, report["runtimeError"]));
            value * self.unit
        });
        self.without.push(without);
        self.with.push(with);
    }

    fn more(&self) -> f64 {
        median(&self.with) - median(&self.without)
    }

    /// Whether the tag costs no more than it may.
    pub(crate) fn holds(&self) -> bool {
        // A hair, because a score of 100 is a fraction in the report.
        const HAIR: f64 = 1e-6;
        self.most.is_none_or(|most| if most < 0.0 { self.more() >= most - HAIR } else { self.more() <= most + HAIR })
    }

    pub(crate) fn json(&self) -> Value {
        json!({ "name": self.name, "without": median(&self.without), "with": median(&self.with), "more": self.more(),
            "most_more": self.most, "all_without": self.without, "all_with": self.with })
    }
}

/// All of them, a line each.
pub(crate) fn table(figures: &[Figure]) -> String {
    let head = format!("{:>30} {:>10} {:>10} {:>10} {:>10}\n", "medians", "without", "with", "more", "at most");
    let row = |figure: &Figure| {
        let Figure { name, digits, .. } = figure;
        let [without, with, more] =
            [median(&figure.without), median(&figure.with), figure.more()].map(|value| format!("{value:.digits$}"));
        let most = figure.most.map_or(String::from("-"), |most| format!("{most:.0}"));
        let mark = if figure.holds() { "" } else { "  too much" };
        format!("{name:>30} {without:>10} {with:>10} {more:>10} {most:>10}{mark}\n")
    };
    figures.iter().map(row).fold(head, |table, row| table + &row)
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[half - 1], sorted[half]) } else { sorted[half] }
}
