//! Programs around the text of MDX: `import`, `export`, over as many lines as their brackets are open.

use super::place::Line;
use std::collections::BTreeMap;

/// Lines of one program. Of a longer one the first line alone is taken out, because a bracket may be missing.
const MOST_LINES: usize = 200;

/// The word with which a program begins that a page of MDX has around its text.
pub(super) fn begins(line: &str) -> Option<&'static str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_$,*{} ".contains(c);
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.trim_end().trim_end_matches(';');
        let (names, from) = rest.rsplit_once(" from ").unwrap_or(("", rest));
        let is_text =
            from.len() > 2 && from.starts_with(['"', '\'']) && from.ends_with(['"', '\'']) && !from.contains(' ');
        let is_open = rest.starts_with('{') && rest.trim_end() == "{";
        return (is_open || is_text && names.chars().all(is_name)).then_some("import");
    }
    let rest = line.strip_prefix("export ")?;
    let word = rest.split([' ', '{', '(']).next()?;
    let names = match word {
        "const" | "let" | "var" => rest.contains('='),
        "default" | "function" | "async" | "class" => rest.contains(['(', '{', ';']) || rest.split(' ').count() == 2,
        "" => rest.starts_with('{'),
        _ => false,
    };
    names.then_some("export")
}

/// For each line that begins a program, the line behind it, where both are known.
pub(super) type Ends = BTreeMap<usize, usize>;

/// Where each program ends: at the next line that is blank, or begins another, with no more brackets open than before it. One pass
/// from the last line to the first finds all: a line with more brackets open than one above it ends nothing further above.
pub(super) fn ends(lines: &[Line<'_>]) -> Ends {
    let depth = |line: &str| {
        line.chars().fold(0i64, |depth, c| depth + i64::from("{([".contains(c)) - i64::from("})]".contains(c)))
    };
    let mut after = 0i64;
    let mut before: Vec<i64> = Vec::new();
    for line in lines {
        before.push(after);
        after += depth(line.text);
    }
    let mut possible = vec![(lines.len(), after)];
    let mut out = Ends::new();
    for (place, (line, open)) in lines.iter().zip(before).enumerate().rev() {
        let is_program = begins(line.text).is_some();
        if !is_program && !line.text.trim().is_empty() {
            continue;
        }
        while possible.last().is_some_and(|(_, later)| *later > open) {
            possible.pop();
        }
        if let Some((end, _)) = possible.last().filter(|(end, _)| is_program && end - place <= MOST_LINES) {
            out.insert(place, *end);
        }
        possible.push((place, open));
    }
    out
}
