//! The words of a text that are judged. A question may stand before or behind a pasted log, and a text of any length costs no more
//! than a long question.

use super::text::{Accents, Word, words_with};

/// A longer text than this is not a question: as many words of its beginning and of its end are judged.
const MAX_WORDS: usize = 64;
const HALF: usize = MAX_WORDS / 2;
/// Longer halves than this, in bytes, are not cut into words: as much as that many words take that are not pasted.
const HALF_BYTES: usize = HALF * 64;

/// The words of a text that are judged, in order: all, or the first and the last.
pub(super) fn asked(text: &str, accents: Accents) -> Vec<Word> {
    let mut words = match halves(text) {
        None => words_with(text, accents),
        Some((head, tail)) => {
            let from = text.len() - tail.len();
            let shifted = |word: Word| Word { range: word.range.start + from..word.range.end + from, ..word };
            let mut words = words_with(head, accents);
            words.truncate(HALF);
            // The text goes on behind it.
            words.iter_mut().for_each(|word| word.open = false);
            words.extend(words_with(tail, accents).into_iter().map(shifted));
            words
        }
    };
    if words.len() > MAX_WORDS {
        words.drain(HALF..words.len() - HALF);
    }
    words
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
