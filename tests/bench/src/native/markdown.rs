//! Reports as a table for documentation: a row for each engine, under the name of each set.

use crate::report::Report;
use crate::table::{kilobytes, optional, percent, shares};
use std::fmt::Write;

const HEADING: &str = "\
| set | engine | S@3 at 25/50/75/100 % | S@1 | MRR | typed | one typo | replaced a key | p99 ms | index kB | AUROC | FPR95 |
|---|---|---|---|---|---|---|---|---|---|---|---|
";

/// The table. Shares are in percent, MRR, S@1 and AUROC are of whole questions.
pub fn markdown(reports: &[Report]) -> String {
    let mut text = String::from(HEADING);
    for report in reports {
        let whole = |values: &crate::report::ByShare| values.get(&100).copied();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {:.2} | {} | {:.2} | {:.2} | {} | {} | {} |",
            report.set,
            report.engine,
            shares(&report.s3),
            whole(&report.s1).map(percent).unwrap_or_default(),
            optional(whole(&report.mrr)),
            report.typed,
            percent(report.typo_s3),
            report.replaced_per_key,
            report.p99_ms,
            kilobytes(report.index_gzip),
            optional(report.auroc),
            optional(report.fpr95),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_the_headings_columns() {
        let text = markdown(&[Report { set: "s".into(), engine: "e".into(), ..Report::default() }]);
        let columns: Vec<usize> = text.lines().map(|line| line.matches('|').count()).collect();
        assert_eq!(columns, [13, 13, 13]);
    }
}
