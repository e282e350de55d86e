//! Tests wait for events, run always, and fail by saying why.

use super::source::code;
use super::{File, Finding};

/// Written in two halves, so that this file does not find itself.
const NEVER: [(&str, &str, &str); 3] = [
    ("#[igno", "re", "a test that does not run tells nothing"),
    ("#[should_", "panic", "check the value or the error instead"),
    ("thread::", "sleep", "wait for the event, with a deadline"),
];

/// The one place that may look at a clock again and again: what it waits for tells nobody when it changes.
const POLLS: [&str; 2] = ["xtask/src/stopping.rs", "tests/src/waiting.rs"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.has_ending(&["rs"]) && !POLLS.contains(&file.path.as_str())) {
        for (line, text) in code(file) {
            let found = NEVER.iter().find(|(start, end, _)| text.contains(&format!("{start}{end}")));
            findings.extend(found.map(|(_, _, why)| file.finding(line, *why)));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    #[test]
    fn tests_that_sleep_or_do_not_run_are_found() {
        for (start, end, why) in NEVER {
            assert_eq!(lines_found(check, "tests/tests/a.rs", &format!("x\n{start}{end}")), [2], "{why}");
            assert_eq!(lines_found(check, "a.md", &format!("{start}{end}")), [0; 0], "{why}");
        }
    }
}
