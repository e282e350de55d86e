//! Marks what was matched, in a title and in a snippet.

use super::compounds::joined;
use super::text::{Accents, Word, words_with};
use std::ops::Range;

/// A snippet is one line of the panel: about this many characters.
const SNIPPET_CHARS: usize = 110;
/// Words before the first match, so that it can be read.
const LEAD_WORDS: usize = 3;

/// The parts of `text` whose words are among `matched`: folded terms, in alphabetical order. Neighbouring pairs of
/// characters, as where a script has no spaces, become one mark.
pub fn marks(text: &str, matched: &[&str], accents: Accents) -> Vec<Range<usize>> {
    let words = words_with(text, accents);
    // Whether each is marked, and whether the mark goes on from the word before: what is matched as one word is marked as one.
    let mut marked: Vec<(bool, bool)> = words.iter().map(|word| (is_matched(word, matched), false)).collect();
    for (first, last, _) in joined(&words).into_iter().filter(|(_, _, whole)| is_term(whole, matched)) {
        for (place, marked) in marked.iter_mut().enumerate().take(last + 1).skip(first) {
            *marked = (true, place > first || marked.1);
        }
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (word, (_, goes_on)) in words.into_iter().zip(marked).filter(|(_, (marked, _))| *marked) {
        match marks.last_mut() {
            Some(last) if goes_on || word.range.start < last.end => last.end = word.range.end,
            _ => marks.push(word.range),
        }
    }
    marks
}

fn is_matched(word: &Word, matched: &[&str]) -> bool {
    is_term(&word.folded, matched) || word.folded.strip_prefix('.').is_some_and(|rest| is_term(rest, matched))
}

fn is_term(word: &str, matched: &[&str]) -> bool {
    matched.binary_search(&word).is_ok()
}

/// One line of the text where most was matched, or its beginning, with the marks in it.
pub(crate) fn snippet(text: &str, matched: &[&str], accents: Accents) -> (String, Vec<Range<usize>>) {
    let fits = text.char_indices().nth(SNIPPET_CHARS).is_none();
    let start = if fits { 0 } else { best_start(text, matched, accents) };
    let rest = text.get(start..).unwrap_or(text);
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
    let marks = marks(&line, matched, accents);
    (line, marks)
}

/// Where the line begins that has the most different matched words: a few words before its first one.
fn best_start(text: &str, matched: &[&str], accents: Accents) -> usize {
    let all = words_with(text, accents);
    let mut best = (0, 0);
    for (number, word) in all.iter().enumerate().filter(|(_, word)| is_matched(word, matched)) {
        let lead = number.saturating_sub(LEAD_WORDS);
        let start = if number > LEAD_WORDS { all.get(lead).map_or(0, |word| word.range.start) } else { 0 };
        let inside = all.iter().skip(lead).take_while(|other| other.range.end <= start + SNIPPET_CHARS);
        let mut seen: Vec<&str> = Vec::new();
        for word in inside.filter(|word| is_matched(word, matched)) {
            if !seen.contains(&word.folded.as_str()) {
                seen.push(&word.folded);
            }
        }
        if seen.len() > best.0 {
            best = (seen.len(), start);
        }
        if word.range.start == 0 && seen.len() == matched.len() {
            break;
        }
    }
    best.1
}
