//! Nothing of one machine is in the tree: no path of a home, no registry's host, no secret.

use super::{File, Finding};

/// Written in two halves, so that this file does not find itself.
const LEAKS: [(&str, &str, &str); 14] = [
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("/Us", "ers/", "a path of one machine"),
    ("/wo", "rk/", "a path of one machine"),
    ("registry.npm", "js.org", "a registry's host"),
    ("index.crates", ".io", "a registry's host"),
    ("static.crates", ".io", "a registry's host"),
    ("deb.debian", ".org", "a registry's host"),
    ("\"resol", "ved\": \"http", "a registry's host"),
    ("gh", "p_", "a token"),
    ("github_", "pat_", "a token"),
    ("AKI", "A", "a token"),
    ("-----BEGIN ", "PRIVATE KEY", "a private key"),
    ("-----BEGIN RSA ", "PRIVATE KEY", "a private key"),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (line, text) in file.lines() {
            let found = LEAKS.iter().find(|(start, end, _)| contains(text, start, end));
            findings.extend(found.map(|(_, _, what)| file.finding(line, *what)));
        }
    }
    findings
}

/// Whether the two halves stand together, at the beginning of a word.
fn contains(text: &str, start: &str, end: &str) -> bool {
    text.match_indices(start).any(|(place, _)| {
        let begins = !text[..place].ends_with(|before: char| before.is_alphanumeric() || "_-./*".contains(before));
        begins && text[place + start.len()..].starts_with(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    #[test]
    fn a_line_with_something_of_one_machine_is_found() {
        for (start, end, what) in LEAKS {
            let text = format!("fine\nsee {start}{end}x\n");
            assert_eq!(lines_found(check, "a.md", &text), [2], "{what}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_left_alone() {
        for text in ["/help/home/", "src/root/mod.rs", "network/work/x", "the work is done", "highp_float"] {
            assert_eq!(lines_found(check, "a.md", text), [0; 0], "{text}");
        }
    }
}
