//! Where marks in brackets end.

use super::place::Line;
use std::collections::BTreeMap;

/// Letters in the name of a mark. No dialect has longer ones.
const LONGEST_NAME: usize = 40;

/// For each name, where the last `[/name]` stands: on which line, and how many bytes before its end.
pub(super) type Closers = BTreeMap<String, (usize, usize)>;

/// All of a text, found in one pass.
pub(super) fn closers(lines: &[Line<'_>]) -> Closers {
    let mut out = Closers::new();
    for (place, line) in lines.iter().enumerate() {
        let text = line.text.trim_end();
        for (at, _) in text.match_indices("[/") {
            let rest = text.get(at + 2..).unwrap_or_default();
            let name: String = rest.chars().take(LONGEST_NAME).take_while(|c| !matches!(c, ']' | '[')).collect();
            if rest.get(name.len()..).is_some_and(|rest| rest.starts_with(']')) {
                out.insert(name.to_ascii_lowercase(), (place, text.len() - at));
            }
        }
    }
    out
}
