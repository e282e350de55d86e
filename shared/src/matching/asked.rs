//! The words of a text that are judged. A question may stand before or behind a pasted log, and a text of any length costs no more
//! than a long question.

use super::text::{Accents, Word, is_letter, words_with};

/// A longer text than this is not a question: as many words of its beginning and of its end are judged.
pub(super) const MAX_WORDS: usize = 160;
const HALF: usize = MAX_WORDS / 2;
/// Longer halves than this, in bytes, are not cut into words: as much as that many words take that are not pasted.
const HALF_BYTES: usize = HALF * 64;

/// A text of more words may hold what its writer has not written.
const QUESTION: usize = 64;
/// Above the mail that is answered.
const QUOTED: &str = "-----";
/// Above a signature.
const SIGNED: &str = "--";
/// One sign of a program in this many characters makes a line a record: people write fewer.
const RECORD: usize = 15;
/// Fewer are a number, or a sign of the sentence.
const FEW: usize = 4;

/// The words of a text that are judged, in order: all, or the first and the last that people wrote.
pub(super) fn asked(text: &str, accents: Accents) -> Vec<Word> {
    let (head, tail) = halves(text).unwrap_or((text, ""));
    let mut words = words_with(head, accents);
    let from = text.len() - tail.len();
    if !tail.is_empty() {
        if let Some(last) = words.last_mut() {
            // The text goes on behind it.
            last.open = false;
        }
        let shifted = |word: Word| Word { range: word.range.start + from..word.range.end + from, ..word };
        words.extend(words_with(tail, accents).into_iter().map(shifted));
    }
    let is_long = !tail.is_empty() || words.len() > QUESTION;
    if is_long || text.contains('\n') {
        let mut lines = Vec::new();
        read_lines(head, 0, is_long, &mut lines);
        read_lines(tail, from, is_long, &mut lines);
        let is_written = |word: &Word| {
            let line = lines.partition_point(|(end, _)| *end <= word.range.start);
            lines.get(line).is_some_and(|(_, is_left_out)| !is_left_out)
        };
        if words.iter().any(is_written) {
            words.retain(is_written);
        }
    }
    if words.len() > MAX_WORDS {
        words.drain(HALF..words.len() - HALF);
    }
    words
}

/// Adds where each line ends, and whether it is left out: what the writer of the text has not written now, which is a mail that is quoted, what
/// stands below a signature's line, or, in a long text, a record of a program.
fn read_lines(text: &str, from: usize, is_long: bool, lines: &mut Vec<(usize, bool)>) {
    let (mut end, mut is_over) = (from, false);
    for line in text.split_inclusive('\n') {
        end += line.len();
        is_over |= line.starts_with(QUOTED) || line.trim_end() == SIGNED;
        lines.push((end, is_over || line.starts_with('>') || (is_long && is_record(line))));
    }
}

/// Whether a line was written by a program: a log, a trace, data.
fn is_record(line: &str) -> bool {
    let mut signs = 0;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let is_inside = |next: Option<&char>| next.is_some_and(|next| is_letter(*next));
        signs += usize::from(match c {
            '0'..='9' | '{' | '}' | '[' | ']' | '<' | '>' | '=' | '/' | '\\' | '_' | '|' | '#' | '$' | '@' => true,
            '.' | ':' | '(' | '"' | '-' => is_inside(chars.peek()),
            _ => false,
        });
    }
    signs >= FEW && signs * RECORD > line.chars().count()
}

/// The beginning and the end of a text that is long, cut between words where it has spaces.
fn halves(text: &str) -> Option<(&str, &str)> {
    if text.len() <= 2 * HALF_BYTES {
        return None;
    }
    let head = text.get(..text.floor_char_boundary(HALF_BYTES))?;
    let tail = text.get(text.ceil_char_boundary(text.len() - HALF_BYTES)..)?;
    let head = head.rsplit_once(char::is_whitespace).map_or(head, |(head, _)| head);
    let tail = tail.split_once(char::is_whitespace).map_or(tail, |(_, tail)| tail);
    Some((head, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, first: &str, last: &str, count: usize) {
        let words = asked(text, Accents::Folded);
        let written = |word: Option<&Word>| word.and_then(|word| text.get(word.range.clone())).unwrap_or_default();
        assert_eq!((written(words.first()), written(words.last()), words.len()), (first, last, count));
    }

    #[test]
    fn a_question_is_judged_whole() {
        check("Where is my parcel?", "Where", "parcel", 4);
        check(&"word ".repeat(64), "word", "word", 64);
        check("", "", "", 0);
    }

    #[test]
    fn a_question_before_or_behind_a_log_is_judged() {
        for log in ["at line 7: null\n".repeat(10_000), "x".repeat(100_000), "日志".repeat(20_000)] {
            let words = asked(&format!("refund please {log} invoice 12"), Accents::Folded);
            let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
            assert!(folded.starts_with(&["refund", "please"]), "{folded:?}");
            assert!(folded.ends_with(&["invoice", "12"]), "{folded:?}");
            assert!(words.len() <= MAX_WORDS);
        }
    }

    #[test]
    fn only_the_end_of_the_text_is_open() {
        let open = |text: &str| asked(text, Accents::Folded).iter().filter(|word| word.open).count();
        assert_eq!((open(&"word ".repeat(9_000)), open(&format!("{}wor", "word ".repeat(9_000)))), (0, 1));
    }
}
