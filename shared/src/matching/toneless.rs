//! Words that are written with other accents, where accents make other words: many Vietnamese type none, and everybody types a
//! word's tone last.

use super::index::Index;
use super::letters::letter_bit;
use super::meant::{Meant, push};
use super::text::{Accents, push_folded};

/// The word with other accents, where none are typed at all.
const NO_ACCENTS: f32 = 1.0;
/// The same, if it is still being typed among words that have theirs.
const OPEN: f32 = 0.2;
/// A slip.
const OTHER_ACCENT: f32 = 0.1;
/// Letters that no accent changes: a term without one of them is another word.
const UNCHANGED: [char; 15] = ['b', 'c', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't', 'v', 'x'];

/// Adds the terms that are the word but for its accents. `accented`: whether anything that was typed has an accent.
pub(super) fn toneless<B: AsRef<[u8]>>(
    index: &Index<B>,
    word: &str,
    open: bool,
    accented: bool,
    found: &mut Vec<Meant>,
) {
    if index.accents() == Accents::Folded {
        return;
    }
    let mut plain = String::new();
    word.chars().for_each(|c| push_folded(c, Accents::Folded, &mut plain));
    let kept = plain.chars().filter(|c| UNCHANGED.contains(c));
    let letters = kept.fold(0, |letters, c| letters | letter_bit(c));
    let surely = match (accented, open) {
        (false, _) => NO_ACCENTS,
        (true, true) => OPEN,
        (true, false) => OTHER_ACCENT,
    };
    let mut buffer = String::new();
    for (number, _) in index.letters().enumerate().filter(|(_, term)| letters & !term.all == 0) {
        if is_same(index.term_text(number), &plain, open, &mut buffer) {
            push(found, number, surely);
        }
    }
}

/// Whether a term is a word without accents but for its own, or begins with it.
fn is_same(term: &str, plain: &str, begins: bool, buffer: &mut String) -> bool {
    let mut rest = plain;
    for c in term.chars() {
        if begins && rest.is_empty() {
            return true;
        }
        buffer.clear();
        push_folded(c, Accents::Folded, buffer);
        let Some(after) = rest.strip_prefix(buffer.as_str()) else { return false };
        rest = after;
    }
    rest.is_empty()
}
