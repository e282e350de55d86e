//! Where an order can be seen, it is the same in every run.

use super::source::{code, in_folders};
use super::{File, Finding};

const DETERMINISTIC: [&str; 2] = ["shared/", "edge/"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in in_folders(files, &DETERMINISTIC).filter(|file| file.has_ending(&["rs"])) {
        let unordered = code(file).filter(|(_, text)| text.contains("HashMap") || text.contains("HashSet"));
        findings.extend(unordered.map(|(line, _)| file.finding(line, "use BTreeMap, BTreeSet or Vec")));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    #[test]
    fn a_hash_map_is_found_in_what_both_ends_share() {
        assert_eq!(lines_found(check, "shared/src/a.rs", "use std::collections::HashMap;"), [1]);
        assert_eq!(lines_found(check, "edge/src/a.rs", "x\nlet s = HashSet::new();"), [2]);
        assert_eq!(lines_found(check, "tests/src/a.rs", "HashMap"), [0; 0]);
    }
}
