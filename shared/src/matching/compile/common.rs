//! How common words are in a language at large. A help centre is too small to tell: "how" stands in two titles of forty and
//! would look telling.

use super::super::text::{Accents, words_with};
use crate::languages::common_words;
use std::collections::BTreeMap;

/// From this rank on a word is taken to tell as much as any. Words about here ("support", "cover") name topics.
const TELLING_RANK: f32 = 1500.0;
/// What each e-fold of rank before that takes from a word's weight. The commonest keeps a fifth.
const PER_FOLD: f32 = 0.41;
/// The list begins with words of a few percent each, so that the first ranks differ little.
const FIRST_RANK: f32 = 3.0;
/// How many of them travel with every index.
const TRAVELLING: usize = 110;

/// Per folded word how far it is commoner than a telling one; a word that is not there is not.
pub(super) fn commonness(locale: &str) -> BTreeMap<String, f32> {
    let mut found = BTreeMap::new();
    for (rank, word) in ranked(locale).enumerate() {
        let excess = PER_FOLD * (TELLING_RANK / (rank as f32 + FIRST_RANK)).ln().max(0.0);
        found.entry(word).or_insert(excess);
    }
    found
}

/// The commonest words, folded.
pub(super) fn commonest(locale: &str) -> impl Iterator<Item = String> {
    ranked(locale).take(TRAVELLING)
}

fn ranked(locale: &str) -> impl Iterator<Item = String> {
    let accents = Accents::of(locale);
    common_words(locale).split_whitespace().flat_map(move |word| words_with(word, accents)).map(|word| word.folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commoner_a_word_the_less_it_tells() {
        let english = commonness("en-GB");
        let excess = |word: &str| english.get(word).copied().unwrap_or(0.0);
        assert!(excess("the") > excess("want") && excess("want") > excess("cover") && excess("refund") == 0.0);
    }

    #[test]
    fn every_language_has_a_list_without_repetitions_at_its_head() {
        for locale in
            ["ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "vi", "zh"]
        {
            assert!(commonest(locale).count() >= 40, "{locale}");
        }
        assert_eq!(commonest("xx").count(), 0);
    }
}
