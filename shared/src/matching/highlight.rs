//! Marks what was matched, in a title and in a snippet.

use super::words::words;
use std::ops::Range;

/// A snippet is one line of the panel: about this many characters.
const SNIPPET_CHARS: usize = 110;
/// Words before the first match, so that it can be read.
const LEAD_WORDS: usize = 3;

/// The parts of `text` that begin with one of the matched (folded) word beginnings.
///
/// A closed word marks the whole word; the length of the beginning is that of the folded letters typed so far.
pub fn marks(text: &str, matched: &[String]) -> Vec<Range<usize>> {
    let hit = |folded: &str| matched.iter().any(|beginning| folded.starts_with(beginning.as_str()));
    words(text).into_iter().filter(|word| hit(&word.folded)).map(|word| word.range).collect()
}

/// One line of the body around the first match, or its beginning, with the marks in it.
pub(crate) fn snippet(body: &str, matched: &[String]) -> (String, Vec<Range<usize>>) {
    let all = words(body);
    let hit = |folded: &str| matched.iter().any(|beginning| folded.starts_with(beginning.as_str()));
    let first = all.iter().position(|word| hit(&word.folded)).unwrap_or(0);
    let start = match all.get(first.saturating_sub(LEAD_WORDS)) {
        Some(word) if first > LEAD_WORDS => word.range.start,
        _ => 0,
    };
    let rest = body.get(start..).unwrap_or(body);
    let mut line = String::new();
    if start > 0 {
        line.push('…');
    }
    match rest.char_indices().nth(SNIPPET_CHARS) {
        Some((cut, _)) => {
            let cut = rest.get(..cut).and_then(|head| head.rfind(' ')).filter(|space| *space > 0).unwrap_or(cut);
            line.push_str(rest.get(..cut).unwrap_or(""));
            line.push('…');
        }
        None => line.push_str(rest),
    }
    let marks = marks(&line, matched);
    (line, marks)
}
