//! Nothing that is shipped panics: on the edge it would reset every conversation of an isolate, on a page it would freeze
//! the panel, and a porter that ends lets nobody in. Clippy says so, too; this also sees code that clippy was told to allow.

use super::source::{in_folders, shipped, test_modules};
use super::{File, Finding};

const SHIPPED: [&str; 5] = ["edge/src/", "shared/src/", "widget/src/", "inbox/src/", "porter/src/"];

const PANICS: [&str; 8] =
    [".unwrap()", ".unwrap_err()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let for_tests = test_modules(files);
    let is_shipped = |file: &&File| file.has_ending(&["rs"]) && !for_tests.contains(&file.path);
    for file in in_folders(files, &SHIPPED).filter(is_shipped) {
        for (line, text) in shipped(file) {
            let found = PANICS.iter().find(|way| text.contains(**way));
            findings.extend(found.map(|way| file.finding(line, format!("{way} panics"))));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    fn found(path: &str, text: &str, expected: &[usize]) {
        assert_eq!(lines_found(check, path, text), expected, "{path}: {text}");
    }

    #[test]
    fn a_panic_is_found_in_what_is_shipped_and_nowhere_else() {
        found("edge/src/a.rs", "a\nb.unwrap()", &[2]);
        found("shared/src/a.rs", "let x = y.unwrap_or(3);", &[]);
        found("shared/src/a.rs", "a\n#[cfg(test)]\nmod tests { a.unwrap() }", &[]);
        found("widget/src/a.rs", "// .unwrap() would panic", &[]);
        found("tests/src/a.rs", "a.unwrap()", &[]);
        for way in PANICS {
            found("inbox/src/a.rs", way, &[1]);
        }
    }
}
