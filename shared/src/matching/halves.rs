//! What a pair of characters can mean that no document has: one of the two may be a slip.

use super::index::Index;
use super::letters::letter_bit;
use super::meant::{Meant, push};
use super::pairs::pair;

/// A pair that no document has: two characters that changed places, one that begins a word, and half of a pair.
const SWAPPED: f32 = 0.45;
const BEGINS: f32 = 0.5;
const HALF: f32 = 0.3;
/// A word of katakana is written in hiragana until it is finished.
const KANA: f32 = 0.9;

/// Adds what one half of a pair that no document has is a part of: one of its characters is a slip, or it is the end of one word
/// and the beginning of the next.
pub(super) fn halves<B: AsRef<[u8]>>(index: &Index<B>, typed: [char; 2], open: bool, found: &mut Vec<Meant>) {
    let [first, second] = typed;
    // The bits of both kana are the same.
    let either = letter_bit(first) | letter_bit(second);
    for (number, letters) in index.letters().enumerate() {
        // Most terms have neither of the two.
        if letters.all & either == 0 {
            continue;
        }
        let Some([one, two]) = pair(index.term_text(number)) else { continue };
        let surely = if [one, two].map(as_hiragana) == [first, second].map(as_hiragana) {
            KANA
        } else if [one, two] == [second, first] {
            SWAPPED
        } else if open && one == second {
            BEGINS
        } else if one == first || two == second {
            HALF
        } else {
            continue;
        };
        push(found, number, surely);
    }
}

/// A character of katakana as hiragana.
fn as_hiragana(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        other => other,
    }
}
