//! What the words of a text can mean, by themselves and beside each other.

use super::compounds::add_joined;
use super::expand::meanings;
use super::index::Index;
use super::meant::Meant;
use super::text::Word;

/// What each word of a text can mean, in order; nothing for one that was there before.
pub(crate) fn all_meanings<B: AsRef<[u8]>>(index: &Index<B>, words: &[Word]) -> Vec<Vec<Meant>> {
    let accented = is_accented(words);
    let meanings = |(number, word): (usize, &Word)| match is_repeated(words, number) {
        true => Vec::new(),
        false => meanings(index, &word.folded, word.open, accented),
    };
    let mut meant: Vec<Vec<Meant>> = words.iter().enumerate().map(meanings).collect();
    add_joined(index, words, &mut meant);
    meant
}

/// Whether anything that was typed has an accent.
fn is_accented(words: &[Word]) -> bool {
    words.iter().any(|word| !word.folded.is_ascii())
}

/// Whether a word stands further to the front already.
pub(crate) fn is_repeated(words: &[Word], number: usize) -> bool {
    let earlier = words.get(..number).unwrap_or_default();
    words.get(number).is_some_and(|word| earlier.iter().any(|other| other.folded == word.folded))
}
