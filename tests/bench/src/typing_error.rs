//! One seeded typing error, of the kinds that people make: a key beside the right one, a letter left out, one too many, or
//! two in the wrong order.

use crate::random::Random;
use std::collections::BTreeSet;

/// A word of fewer letters becomes another word rather than a misspelt one.
const SHORTEST_WORD: usize = 4;
/// Where a character is a syllable or more, two of them already make a word.
const SHORTEST_DENSE_WORD: usize = 2;

/// The rows of the keyboard, for what lies beside what.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// The letters that the texts are written with, in order: what is struck in place of a letter that `ROWS` does not have.
pub fn alphabet<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<char> {
    let letters: BTreeSet<char> = texts
        .flat_map(|text| text.chars().flat_map(char::to_lowercase))
        .filter(|letter| letter.is_alphabetic())
        .collect();
    letters.into_iter().collect()
}

/// The text with one error in one of its words, never in a word's first letter; as it is when no word is long enough.
pub fn misspelt(text: &str, seed: u64, alphabet: &[char]) -> String {
    let mut random = Random::new(seed);
    let mut letters: Vec<char> = text.chars().collect();
    let shortest = if letters.iter().copied().any(is_dense) { SHORTEST_DENSE_WORD } else { SHORTEST_WORD };
    let words: Vec<(usize, usize)> =
        words(&letters).into_iter().filter(|(start, end)| end - start >= shortest).collect();
    let Some((start, end)) = random.one_of(&words) else { return text.to_owned() };

    let at = start + 1 + random.below(end - start - 1);
    match random.below(4) {
        0 => {
            let struck = beside(&letters, at, alphabet, &mut random);
            letters.splice(at..=at, struck);
        }
        1 => drop(letters.remove(at)),
        2 => {
            let struck = beside(&letters, at, alphabet, &mut random);
            letters.splice(at..at, struck);
        }
        _ if at + 1 < end => letters.swap(at, at + 1),
        _ => letters.swap(at - 1, at),
    }
    letters.into_iter().collect()
}

/// A key beside the one that was meant.
fn beside(letters: &[char], at: usize, alphabet: &[char], random: &mut Random) -> Option<char> {
    let meant = letters.get(at).map(char::to_ascii_lowercase)?;
    random.one_of(&neighbours(meant)).or_else(|| random.one_of(alphabet))
}

fn neighbours(letter: char) -> Vec<char> {
    let key = |row: usize, place: usize| ROWS.get(row).and_then(|row| row.chars().nth(place));
    let place = ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(letter)?)));
    let Some((row, place)) = place else { return Vec::new() };
    let around = [
        place.checked_sub(1).and_then(|left| key(row, left)),
        key(row, place + 1),
        row.checked_sub(1).and_then(|above| key(above, place)),
        key(row + 1, place),
    ];
    around.into_iter().flatten().collect()
}

/// Where each word begins and ends.
fn words(letters: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in letters.iter().copied().chain([' ']).enumerate() {
        match (letter.is_alphabetic() || is_mark(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(begun)) => {
                words.push((begun, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Combining marks of the scripts that we meet: Latin's, and Devanagari's and Thai's vowel signs.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e4e}')
}

/// Hangul, kana and Han.
fn is_dense(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: u64 = 200;

    fn check(text: &str, is_fine: impl Fn(&str) -> bool) {
        let alphabet = alphabet([text].into_iter());
        for seed in 0..MANY {
            let misspelt = misspelt(text, seed, &alphabet);
            assert!(is_fine(&misspelt), "seed {seed}: {misspelt}");
        }
    }

    #[test]
    fn one_long_word_changes_by_one_letter_and_keeps_its_first() {
        check("my card is broken", |misspelt| {
            let (mut changed, words) = (0, ["my", "card", "is", "broken"]);
            for (word, meant) in misspelt.split(' ').zip(words) {
                changed += usize::from(word != meant);
                assert!(word.chars().next() == meant.chars().next(), "{word}");
                assert!(word.len().abs_diff(meant.len()) <= 1, "{word}");
            }
            changed <= 1 && misspelt.split(' ').nth(2) == Some("is")
        });
    }

    #[test]
    fn every_kind_of_error_happens() {
        let all: BTreeSet<String> = (0..MANY).map(|seed| misspelt("word", seed, &['o'])).collect();
        for error in ["wrod", "wrd", "wprd", "wpord"] {
            assert!(all.contains(error), "{error} is not among {all:?}");
        }
    }

    #[test]
    fn a_text_of_short_words_stays_and_syllables_count_for_more() {
        check("is it so", |misspelt| misspelt == "is it so");
        assert!((0..MANY).any(|seed| misspelt("수식", seed, &['수', '식']) != "수식"));
    }

    #[test]
    fn a_letter_that_no_key_is_beside_is_replaced_from_the_alphabet() {
        assert_eq!(alphabet(["Ça va?", "à"].into_iter()), ['a', 'v', 'à', 'ç']);
        assert!(neighbours('ç').is_empty());
        assert_eq!(neighbours('g'), ['f', 'h', 't', 'b']);
    }
}
