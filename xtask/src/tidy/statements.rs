//! Statements on stored tables name their columns: what is written by place, or read by a star, changes its meaning when a table
//! gets another column.

use super::source::{in_folders, shipped};
use super::{File, Finding};

/// Where statements are.
const FOLDERS: [&str; 1] = ["edge/src/"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in in_folders(files, &FOLDERS).filter(|file| file.has_ending(&["rs"])) {
        let lines: Vec<(usize, &str)> = shipped(file).collect();
        for (at, (line, text)) in lines.iter().enumerate() {
            if has_star(text) {
                findings.push(file.finding(*line, "a star reads every column: name those that are meant"));
            }
            let rest = lines[at + 1..].iter().map(|(_, text)| *text);
            if has_insert_by_place(text, rest) {
                findings.push(file.finding(*line, "INSERT without the names of its columns"));
            }
        }
    }
    findings
}

/// `SELECT *`, `SELECT DISTINCT *` and `table.*`, but not `COUNT(*)`.
fn has_star(line: &str) -> bool {
    line.match_indices('*').any(|(at, _)| {
        let before = line[..at].trim_end();
        let is_of_table =
            line[..at].ends_with('.') && line[..at - 1].ends_with(|c: char| c.is_ascii_lowercase() || c == '_');
        let is_of_select = ["SELECT", "DISTINCT", "RETURNING"].iter().any(|word| before.ends_with(word));
        is_of_select || (is_of_table && line.contains("SELECT"))
    })
}

/// The name of a table that stands in the statement's own text must be followed by a list of columns, which may stand in the next
/// line. A name that is put in from elsewhere is that code's own business.
fn has_insert_by_place<'a>(line: &'a str, rest: impl Iterator<Item = &'a str>) -> bool {
    let Some((before, after)) = line.split_once(" INTO ") else { return false };
    if !before.contains("INSERT") && !before.contains("REPLACE") {
        return false;
    }
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
    let (name, after) = after.split_at(end);
    if name.is_empty() {
        return false;
    }
    let next = std::iter::once(after).chain(rest);
    let first = next.map(|text| text.trim().trim_start_matches('\\').trim()).find(|text| !text.is_empty());
    !first.is_some_and(|text| text.starts_with('('))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    fn found(text: &str, expected: &[usize]) {
        assert_eq!(lines_found(check, "edge/src/a.rs", text), expected, "{text}");
    }

    #[test]
    fn what_is_written_by_place_is_found() {
        found(r#"run("INSERT INTO told VALUES (?, ?)")"#, &[1]);
        found(r#"run("INSERT OR IGNORE INTO told SELECT 1, 2")"#, &[1]);
        found(r#"run("REPLACE INTO told VALUES (?, ?)")"#, &[1]);
        found("\"INSERT INTO told \\\n VALUES (?)\"", &[1]);
        found(r#"run("INSERT INTO told (target, revision) VALUES (?, ?)")"#, &[]);
        found("\"INSERT INTO told \\\n (target) VALUES (?)\"", &[]);
        found(r#"["INSERT INTO ", &table, " (", &columns, ")"]"#, &[]);
        found("// INSERT INTO told VALUES (1)", &[]);
    }

    #[test]
    fn what_is_read_by_a_star_is_found() {
        found(r#"all("SELECT * FROM told")"#, &[1]);
        found(r#"all("SELECT agents.* FROM sessions JOIN agents")"#, &[1]);
        found(r#"all("DELETE FROM told RETURNING *")"#, &[1]);
        found(r#"all("SELECT COUNT(*) AS count FROM told")"#, &[]);
        found("let x = a * b; use super::*;", &[]);
    }

    #[test]
    fn other_crates_have_no_tables() {
        assert_eq!(lines_found(check, "shared/src/a.rs", "SELECT * FROM told"), Vec::<usize>::new());
    }
}
