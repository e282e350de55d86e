//! Pairs of neighbouring characters, which stand in for words where a script has no spaces.

use super::text::{Word, has_no_spaces};

/// What a pair loses of its weight for each neighbour with which it shares a character: four characters in a row are three
/// pairs, but mostly two words.
const SHARED: f32 = 0.3;
/// What a pair keeps with one and with two hiragana, which are mostly endings and particles.
const HIRAGANA: [f32; 3] = [1.0, 0.7, 0.3];
/// What a pair of katakana keeps: they write foreign words, whose runs are long and mostly one word.
const KATAKANA: f32 = 0.65;
/// The characters of a pair; none if the word is none.
pub(super) fn pair(word: &str) -> Option<[char; 2]> {
    let mut chars = word.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(first), Some(second), None) => [first, second].into_iter().all(has_no_spaces).then_some([first, second]),
        _ => None,
    }
}

/// How many characters of a pair are hiragana.
pub(super) fn hiragana(pair: [char; 2]) -> usize {
    pair.into_iter().filter(|c| ('\u{3040}'..='\u{309f}').contains(c)).count()
}

/// Whether both characters are katakana.
pub(super) fn is_katakana(pair: [char; 2]) -> bool {
    pair.into_iter().all(|c| ('\u{30a0}'..='\u{30ff}').contains(&c))
}

/// Whether the second of two words begins with the last character of the first.
pub(super) fn overlap(first: &Word, second: &Word) -> bool {
    second.range.start < first.range.end && first.range.start < second.range.start
}

/// What a word keeps of its weight for being a pair; 1 for any other.
pub(super) fn worth(words: &[Word], number: usize) -> f32 {
    let Some(word) = words.get(number) else { return 1.0 };
    let before = number.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| overlap(before, word));
    let after = words.get(number + 1).is_some_and(|after| overlap(word, after));
    let shared = f32::from(u8::from(before) + u8::from(after));
    let script = match pair(&word.folded) {
        Some(pair) if is_katakana(pair) => KATAKANA,
        Some(pair) => HIRAGANA.get(hiragana(pair)).copied().unwrap_or(1.0),
        None => 1.0,
    };
    (1.0 - SHARED * shared) * script
}
