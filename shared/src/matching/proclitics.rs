//! Small words that are written as a part of the next one: "and", "with", "to" and "as" in Arabic, these and the article in Hebrew.

use super::index::Index;
use super::meant::{Meant, push};

const ARABIC: &str = "وبلفك";
const HEBREW: &str = "הובלמשכ";
/// The word with or without one: less sure, since many words begin with such a letter by themselves.
pub(super) const ATTACHED: f32 = 0.6;
/// What has to be left of the word, in letters.
const LEAST: usize = 3;

/// The word without the first letter, if that may be a word by itself.
pub(super) fn without_proclitic(word: &str) -> Option<&str> {
    let mut letters = word.chars();
    let first = letters.next()?;
    let attached = letters_before(word).chars().any(|letter| letter == first);
    Some(letters.as_str()).filter(|rest| attached && is_long(rest))
}

/// Adds the terms that are the word behind such a letter; an open word may go on.
pub(super) fn with_proclitics<B: AsRef<[u8]>>(index: &Index<B>, word: &str, open: bool, found: &mut Vec<Meant>) {
    for letter in letters_before(word).chars().filter(|_| is_long(word)) {
        let mut sought = String::from(letter);
        sought.push_str(word);
        let mut number = index.first_at_or_after(&sought);
        while index.term_text(number).starts_with(&sought) && (open || index.term_text(number) == sought) {
            push(found, number, ATTACHED);
            number += 1;
        }
    }
}

/// The letters that may be written before a word.
fn letters_before(word: &str) -> &'static str {
    match word.chars().next() {
        Some('\u{5d0}'..='\u{5ea}') => HEBREW,
        Some('\u{620}'..='\u{6ff}') => ARABIC,
        _ => "",
    }
}

fn is_long(word: &str) -> bool {
    word.chars().nth(LEAST - 1).is_some()
}
