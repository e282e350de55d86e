//! The table of `docs/accessibility.md` has every criterion of WCAG 2.2 at the levels A and AA, and names tests that exist.

use super::{File, Finding};
use std::collections::BTreeSet;

const TABLE: &str = "docs/accessibility.md";

/// The criteria of WCAG 2.2 at the levels A and AA, in order (https://www.w3.org/TR/WCAG22/).
const CRITERIA: [&str; 55] = [
    "1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.4.1",
    "1.4.2", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "2.1.1", "2.1.2", "2.1.4", "2.2.1",
    "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4", "2.4.5", "2.4.6", "2.4.7", "2.4.11", "2.5.1", "2.5.2",
    "2.5.3", "2.5.4", "2.5.7", "2.5.8", "3.1.1", "3.1.2", "3.2.1", "3.2.2", "3.2.3", "3.2.4", "3.2.6", "3.3.1",
    "3.3.2", "3.3.3", "3.3.4", "3.3.7", "3.3.8", "4.1.2", "4.1.3",
];
/// What a cell says that names no test.
const REASONS: [&str; 2] = ["does not apply: ", "deviation: "];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let Some(table) = files.iter().find(|file| file.path == TABLE) else { return Vec::new() };
    let tests = tests(files);
    let mut findings = Vec::new();
    let mut expected = CRITERIA.iter();
    for (line, text) in table.lines() {
        for name in named(text).filter(|name| !tests.contains(*name)) {
            findings.push(table.finding(line, format!("there is no test {name}")));
        }
        let Some(cells) = text.strip_prefix("| ").filter(|row| row.starts_with(|c: char| c.is_ascii_digit())) else {
            continue;
        };
        let cells: Vec<&str> = cells.trim_end_matches(" |").split(" | ").collect();
        let number = cells.first().and_then(|cell| cell.split(' ').next()).unwrap_or_default();
        if expected.next() != Some(&number) {
            findings.push(table.finding(line, format!("{number} does not follow in the order of WCAG 2.2")));
        }
        for cell in cells.iter().skip(2) {
            if named(cell).next().is_none() && !REASONS.iter().any(|reason| cell.starts_with(reason)) {
                findings.push(table.finding(line, format!("{number} has neither a test nor a reason: {cell}")));
            }
        }
        if cells.len() < 4 {
            findings.push(table.finding(line, format!("{number} lacks a column")));
        }
    }
    if let Some(missing) = expected.next() {
        findings.push(table.finding(0, format!("{missing} is missing")));
    }
    findings
}

/// The tests that a text names: `file::test` between two ticks.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).filter(|name| name.contains("::"))
}

/// All tests by the name of their file and their own.
fn tests(files: &[File]) -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for file in files.iter().filter(|file| file.has_ending(&["rs"])) {
        let stem = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".rs")).unwrap_or_default();
        let mut is_test = false;
        for (_, line) in file.lines() {
            let line = line.trim();
            if let Some(rest) = line.strip_prefix("fn ").filter(|_| is_test) {
                let name = rest.split('(').next().unwrap_or_default();
                tests.insert(format!("{stem}::{name}"));
            }
            is_test = line.starts_with("#[test]") || (is_test && line.starts_with("#["));
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    fn table(row: impl Fn(&str) -> String) -> Vec<File> {
        let rows: Vec<String> = CRITERIA.iter().map(|number| row(number)).collect();
        vec![
            file(TABLE, &format!("Shown by `a::b`.\n\n{}\n", rows.join("\n"))),
            file("tests/tests/a.rs", "#[test]\nfn b() {\n}\nfn c() {\n}\n"),
        ]
    }

    #[test]
    fn a_whole_table_with_tests_and_reasons_is_in_order() {
        assert_eq!(check(&table(|number| format!("| {number} Name | A | `a::b` | does not apply: none |"))), []);
    }

    #[test]
    fn a_missing_criterion_an_empty_cell_and_a_test_that_is_none_are_found() {
        let found = |row: &dyn Fn(&str) -> String| -> Vec<String> {
            check(&table(row)).into_iter().map(|finding| finding.message).collect()
        };
        let whole = |number: &str| format!("| {number} Name | A | `a::b` | `a::b` |");
        let without = found(&|number| if number == "4.1.3" { String::new() } else { whole(number) });
        assert_eq!(without, ["4.1.3 is missing"]);
        let empty = found(&|number| {
            if number == "1.3.1" { format!("| {number} Name | A | TODO | `a::b` |") } else { whole(number) }
        });
        assert_eq!(empty, ["1.3.1 has neither a test nor a reason: TODO"]);
        let none = found(&|number| {
            if number == "1.1.1" { format!("| {number} Name | A | `a::c` | `a::b` |") } else { whole(number) }
        });
        assert_eq!(none, ["there is no test a::c"]);
    }
}
