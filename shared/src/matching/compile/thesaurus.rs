//! Words that customers use for one another. Most articles name a thing once, and half of the visitors call it otherwise.

use super::super::text::{Accents, words_with};
use super::term::Term;
use crate::languages::thesaurus;
use std::collections::BTreeMap;

/// A word brings in the terms that begin with a word of like meaning and go on for at most this many letters: "refunds". Behind a
/// short word one letter more is an ending, and two are another word: "age" is no "agent".
const MAX_ENDING: usize = 2;
const MAX_SHORT_ENDING: usize = 1;
const SHORT: usize = 4;

/// Per word the terms, by number and in order, that mean about the same.
pub(super) fn aliases(locale: &str, terms: &[Term]) -> BTreeMap<String, Vec<u32>> {
    let mut aliases: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let accents = Accents::of(locale);
    for line in thesaurus(locale).lines() {
        let group: Vec<String> = line.split_whitespace().filter_map(|word| folded(word, accents)).collect();
        for word in &group {
            let others =
                group.iter().filter(|other| *other != word).flat_map(|other| with_endings(other, terms, accents));
            aliases.entry(word.clone()).or_default().extend(others);
        }
    }
    aliases.retain(|_, targets| {
        targets.sort_unstable();
        targets.dedup();
        !targets.is_empty()
    });
    aliases
}

/// A word as it is searched; parts that a hyphen joins are one, as they are in the documents.
fn folded(word: &str, accents: Accents) -> Option<String> {
    let parts: Vec<String> = words_with(word, accents).into_iter().map(|word| word.folded).collect();
    (!parts.is_empty()).then(|| parts.concat())
}

/// The numbers of the terms with postings that are the word with a short ending, if any.
fn with_endings(word: &str, terms: &[Term], accents: Accents) -> Vec<u32> {
    // Where accents tell words apart, words have no endings.
    let most = if accents == Accents::Kept {
        0
    } else if word.chars().count() <= SHORT {
        MAX_SHORT_ENDING
    } else {
        MAX_ENDING
    };
    let start = terms.partition_point(|term| term.text.as_str() < word);
    (start as u32..)
        .zip(terms.iter().skip(start))
        .take_while(|(_, term)| term.text.starts_with(word))
        .filter(|(_, term)| {
            let ending = term.text.strip_prefix(word).unwrap_or_default();
            ending.chars().count() <= most && !term.postings.is_empty()
        })
        .map(|(number, _)| number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_to_the_terms_of_like_meaning_that_the_documents_have() {
        let term = |text: &str, docs: &[u32]| Term {
            text: text.into(),
            telling: 1.0,
            postings: docs.iter().map(|doc| (*doc, 1.0)).collect(),
        };
        let terms = [term("arrival", &[0]), term("cost", &[1]), term("fees", &[2]), term("price", &[])];
        let aliases = aliases("en", &terms);
        assert_eq!(aliases.get("price"), Some(&vec![1, 2]), "itself and what no document has are left out");
        assert_eq!(aliases.get("delivery"), Some(&vec![0]));
        assert_eq!(aliases.get("withdrawal"), None);
    }
}
