//! Reports as lines that a person reads.

use crate::in_browser::Times;
use crate::levels::LEVELS;
use crate::report::{ByShare, Report};
use std::fmt::Write;

/// A heading and one line for each report.
pub fn table(reports: &[Report]) -> String {
    let mut text = format!(
        "{:<18} {:<20} {:>15} {:>15} {:>5} {:>6} {:>9} {:>22} {:>8} {:>6} {:>6}\n",
        "set",
        "engine",
        "S@3 25/50/75/100",
        "S@1 25/50/75/100",
        "typo",
        "typed",
        "replaced",
        "p50/p95/p99 ms",
        "kB gzip",
        "AUROC",
        "FPR95"
    );
    for report in reports {
        let times = format!("{:.3}/{:.3}/{:.3}", report.p50_ms, report.p95_ms, report.p99_ms);
        let _ = writeln!(
            text,
            "{:<18} {:<20} {:>16} {:>16} {:>5} {:>6.2} {:>9.3} {:>22} {:>8} {:>6} {:>6}",
            report.set,
            report.engine,
            shares(&report.s3),
            shares(&report.s1),
            percent(report.typo_s3),
            report.typed,
            report.replaced_per_key,
            times,
            kilobytes(report.index_gzip),
            optional(report.auroc),
            optional(report.fpr95),
        );
    }
    text
}

/// A heading and one line for each report with times of a browser; nothing when there are none.
pub fn browser_table(reports: &[Report]) -> String {
    let all: Vec<_> = reports.iter().filter_map(|report| Some((report, report.in_browser.as_ref()?))).collect();
    if all.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "{:<18} {:>7} {:>26} {:>26} {:>11}\n",
        "set, in Chromium", "keys", "ours p50/p95/p99 ms", "MiniSearch p50/p95/p99 ms", "p99 ratio"
    );
    let times = |times: &Times| format!("{:.3}/{:.3}/{:.3}", times.p50_ms, times.p95_ms, times.p99_ms);
    for (report, both) in all {
        let (ours, minisearch) = (times(&both.ours), times(&both.minisearch));
        let _ =
            writeln!(text, "{:<18} {:>7} {ours:>26} {minisearch:>26} {:>11.1}", report.set, both.keys, both.p99_ratio);
    }
    text
}

/// For each set, of our first suggestions in each tenth of confidence: the percentage that was right, and of how many.
pub fn reliability_table(reports: &[Report]) -> String {
    let mut text = format!("{:<18} {:>5}", "right % of first", "typed");
    (0..10).for_each(|tenth| text.push_str(&format!(" {:>9}", format!("from .{tenth}"))));
    text.push('\n');
    for report in reports {
        for (share, buckets) in report.reliability.iter().flatten() {
            let _ = write!(text, "{:<18} {share:>5}", report.set);
            for bucket in buckets {
                let right = bucket.right.map_or(String::from("-"), percent);
                let _ = write!(text, " {:>9}", format!("{right} of {}", bucket.count));
            }
            text.push('\n');
        }
    }
    text
}

/// For each set with strangers, what they and the others hear at each level of the product, in percent.
pub fn levels_table(reports: &[Report]) -> String {
    let mut text =
        format!("{:<18} {:<24} {:>6} {:>10} {:>7} {:>6}\n", "set", "", "from", "strangers", "others", "right");
    for report in reports {
        for ((name, _), at) in LEVELS.iter().zip(report.levels.iter().flatten()) {
            let [level, strangers, others, right] =
                [at.level, at.strangers, at.others, at.right].map(|share| format!("{:.1}", share * 100.0));
            let _ = writeln!(text, "{:<18} {name:<24} {level:>6} {strangers:>10} {others:>7} {right:>6}", report.set);
        }
    }
    text
}

/// Whole percents, as `12/34/56/78`.
pub fn shares(values: &ByShare) -> String {
    values.values().map(|value| percent(*value)).collect::<Vec<_>>().join("/")
}

/// Whole percents.
pub fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// Thousands of bytes.
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1000.0)
}

/// Three digits, or a dash where there is nothing.
pub fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| String::from("-"), |value| format!("{value:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_one_line_under_the_heading() {
        let s3 = ByShare::from([(25, 0.124), (50, 0.5), (75, 0.755), (100, 1.0)]);
        let report = Report { set: "s".into(), s3, index_gzip: 12_340, auroc: Some(0.9), ..Report::default() };
        let text = table(&[report]);
        let line = text.lines().nth(1).unwrap();
        for part in ["12/50/76/100", "12.3", "0.900", "-"] {
            assert!(line.contains(part), "{part} in {line}");
        }
        assert_eq!(text.lines().count(), 2);
    }

    #[test]
    fn every_tenth_of_confidence_has_a_column() {
        let buckets = crate::reliability::reliability(&[(0.95, true), (0.95, false), (0.05, true)]);
        let reliability = Some(ByShare::from([(50, buckets.clone()), (100, buckets)]));
        let text = reliability_table(&[Report { set: "s".into(), reliability, ..Report::default() }]);
        let line = text.lines().nth(2).unwrap();
        assert!(line.starts_with("s ") && line.ends_with("50 of 2") && line.contains("100 of 1"), "{line}");
        assert_eq!(text.lines().count(), 3);
    }
}
