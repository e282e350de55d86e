//! Joins the rare forms of a word where the documents themselves show that an ending is one: "tablolar" is "tablo" if many other
//! words are there with and without "-lar". It needs no list of endings, so it works in any language.

use super::super::text::Word;
use super::term::{PER_WORD, Weights};
use crate::turns::Turns;
use std::collections::BTreeMap;

/// Shorter beginnings are too often another word.
const MIN_ROOT: usize = 4;
/// The longest ending, in letters.
const MAX_ENDING: usize = 6;
/// An ending counts as one if at least this many words are there with and without it, or this part of all words.
const MIN_WORDS: usize = 4;
const MIN_SHARE: usize = 500;

/// Forms in more documents than this are worth their own term: they rank better apart, and typing errors in them are found.
const RARE: usize = 2;

/// The weights with the rare forms of a word joined under the shortest one.
pub(super) async fn merge(weights: Weights, turns: &Turns) -> Weights {
    let all: Vec<&str> = weights.keys().map(String::as_str).collect();
    let mut endings: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &all {
        turns.did(MAX_ENDING * PER_WORD).await;
        for root in shorter(word, &weights) {
            *endings.entry(word.get(root.len()..).unwrap_or("")).or_default() += 1;
        }
    }
    let enough = MIN_WORDS.max(all.len() / MIN_SHARE);
    let root_of = |word: &str| -> Option<String> {
        let is_ending =
            |root: &&str| endings.get(word.get(root.len()..).unwrap_or("")).is_some_and(|count| *count >= enough);
        shorter(word, &weights).into_iter().find(is_ending).map(String::from)
    };
    let mut merged = Weights::new();
    for (word, docs) in &weights {
        turns.did(MAX_ENDING * PER_WORD + docs.len()).await;
        let mut root = word.clone();
        if docs.len() <= RARE {
            while let Some(shorter) = root_of(&root) {
                root = shorter;
            }
        }
        let into = merged.entry(root).or_default();
        for (doc, weight) in docs {
            *into.entry(*doc).or_default() += weight;
        }
    }
    merged
}

/// The words that this one begins with, the longest first; none for a code, a version or a number, of which each is another.
fn shorter<'a>(word: &'a str, weights: &Weights) -> Vec<&'a str> {
    if Word::is_code(word) {
        return Vec::new();
    }
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(MIN_ROOT).collect();
    ends.into_iter()
        .rev()
        .take(MAX_ENDING)
        .filter_map(|end| word.get(..end))
        .filter(|root| weights.contains_key(*root))
        .collect()
}
