//! What the model sees of a text: its words, its pairs of words and the letters in a row, hashed to rows.

use super::asked::MAX_WORDS;
use super::format::SCALE_STEP;
use super::pairs::pair;
use super::text::Word;

/// How many letters in a row. Three are in too many words, five add bytes and no rank.
const LETTERS: usize = 4;
/// What a word counts.
const WORD: f32 = 1.0;
/// A pair of neighbours is surer than its words and rarer.
const PAIR: f32 = 0.7;
/// A word has several runs of letters, which together say about what the word says.
const RUN: f32 = 0.35;
/// How far the length of a text's features goes before the weights are applied. Larger makes the model surer of itself.
const LENGTH: f32 = 4.0;

/// The features of a text, each row once, in order, with a length of `LENGTH` after scaling. `rows` is a power of two.
pub(crate) fn features(words: &[Word], rows: u32, scales: &[u8]) -> Vec<(u32, f32)> {
    let mut found = raw(words, rows);
    for (row, value) in &mut found {
        *value *= scale(scales.get(*row as usize).copied().unwrap_or(0));
    }
    let length = found.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        found.iter_mut().for_each(|(_, value)| *value *= LENGTH / length);
    }
    found
}

/// The factor that a feature's scale stands for: rarer features weigh more.
fn scale(code: u8) -> f32 {
    (f32::from(code) * SCALE_STEP).exp()
}

/// The features before they are scaled; of an example that is longer than any text that is asked, those of its beginning.
pub(crate) fn raw(words: &[Word], rows: u32) -> Vec<(u32, f32)> {
    let words = words.get(..MAX_WORDS).unwrap_or(words);
    let row = |hash: u32| hash & rows.wrapping_sub(1);
    let mut found: Vec<(u32, f32)> = Vec::new();
    // Sorted by hand, here and elsewhere in the search: the library's sort weighs more than all of this file.
    let mut add = |row: u32, value: f32| {
        let at = found.partition_point(|(other, _)| *other < row);
        match found.get_mut(at) {
            Some((other, most)) if *other == row => *most = most.max(value),
            _ => found.insert(at, (row, value)),
        }
    };
    let mut before: Option<&Word> = None;
    for word in words {
        add(row(finish(hash(SEED_WORD, &word.folded))), WORD);
        if let Some(before) = before {
            add(row(finish(hash(hash(SEED_PAIR, &before.folded), &word.folded))), PAIR);
        }
        before = Some(word);
        push_runs(word, |run| add(row(run), RUN));
    }
    found
}

/// The runs of letters of a word with its bounds; the end of an open word is no bound.
fn push_runs(word: &Word, mut push: impl FnMut(u32)) {
    // A pair is a run by itself; its characters are in other pairs too.
    if let Some(pair) = pair(&word.folded) {
        return pair.into_iter().for_each(|c| push(finish(step(SEED_RUN, u32::from(c)))));
    }
    let mut last = ['_'; LETTERS];
    let end = (!word.open).then_some('_');
    for (number, c) in std::iter::once('_').chain(word.folded.chars()).chain(end).enumerate() {
        last.rotate_left(1);
        if let Some(place) = last.last_mut() {
            *place = c;
        }
        if number + 1 >= LETTERS {
            push(finish(last.iter().fold(SEED_RUN, |hash, c| step(hash, u32::from(*c)))));
        }
    }
}

// Three unlike beginnings, so that a word, a pair and a run of the same letters are different features.
const SEED_WORD: u32 = 0x811c_9dc5;
const SEED_PAIR: u32 = 0x2f0b_4a17;
const SEED_RUN: u32 = 0x51ed_270b;

/// FNV-1a over bytes; the byte that no text has ends a word.
fn hash(seed: u32, text: &str) -> u32 {
    step(text.bytes().fold(seed, |hash, byte| step(hash, u32::from(byte))), 0xff)
}

fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193)
}

/// Lets the high bits reach the low ones, which choose the row.
fn finish(hash: u32) -> u32 {
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    mixed ^ (mixed >> 12)
}
