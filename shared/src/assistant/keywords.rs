//! Words that tell what a message is about, in any language.

use crate::matching::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Patterns by language tag. The tags are for the site owner who edits them: all patterns are looked for in every message,
/// since people write in other languages than the page's, and one match too many only leads to a person.
///
/// A pattern is one or more words that must come in this order, with at most `GAP` others between two of them. A word that
/// ends with `*` stands for all that begin with it, which languages with endings need. Capitals and accents do not count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keywords(pub BTreeMap<String, Vec<String>>);

/// "Cancel my Lumen Plus subscription" is one thought; two words in different sentences are not.
const GAP: usize = 3;

impl Keywords {
    pub(super) fn of(lists: &[(&str, &[&str])]) -> Self {
        let owned = |patterns: &[&str]| patterns.iter().map(|pattern| String::from(*pattern)).collect();
        Self(lists.iter().map(|(locale, patterns)| (String::from(*locale), owned(patterns))).collect())
    }

    /// The first of the patterns that is in the text.
    pub fn found_in(&self, text: &str) -> Option<&str> {
        let words = folded_words(text);
        self.0.values().flatten().find(|pattern| is_in(pattern, &words)).map(String::as_str)
    }

    /// The pattern that is all of the text, if one is.
    pub fn all_of(&self, text: &str) -> Option<&str> {
        let words = folded_words(text);
        let is_all = |pattern: &&String| {
            let parts: Vec<&str> = pattern.split_whitespace().collect();
            parts.len() == words.len() && parts.iter().zip(&words).all(|(part, word)| fits(part, word))
        };
        self.0.values().flatten().find(is_all).map(String::as_str)
    }
}

fn is_in(pattern: &str, words: &[String]) -> bool {
    let parts: Vec<&str> = pattern.split_whitespace().collect();
    let Some((first, rest)) = parts.split_first() else { return false };
    let starts = words.iter().enumerate().filter(|(_, word)| fits(first, word));
    starts.into_iter().any(|(start, _)| {
        let mut at = start;
        rest.iter().all(|part| {
            let next = words.iter().enumerate().skip(at + 1).take(GAP + 1).find(|(_, word)| fits(part, word));
            next.inspect(|(found, _)| at = *found).is_some()
        })
    })
}

fn fits(part: &str, word: &str) -> bool {
    match part.strip_suffix('*') {
        Some(beginning) => word.starts_with(&fold(beginning)),
        None => word == fold(part),
    }
}

fn folded_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

fn fold(word: &str) -> String {
    folded_words(word).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_as_words_and_not_as_letters() {
        let check = |pattern: &str, text: &str, expected: bool| {
            let found = Keywords::of(&[("en", &[pattern])]).found_in(text) == Some(pattern);
            assert_eq!(found, expected, "{pattern}: {text}");
        };
        check("quote", "Can I get a QUOTE?", true);
        check("quote", "unquoted", false);
        check("cancel* subscription*", "I am cancelling my Lumen Plus subscription.", true);
        check("cancel* subscription*", "cancel my order, and by the way how do I see my subscription", false);
        check("cancel* subscription*", "my subscription? cancel", false);
        check("şikayet*", "SIKAYETIM var", true);
        check("해지*", "구독을 해지하고 싶어요", true);
        check("", "anything", false);
    }

    #[test]
    fn a_whole_text_is_more_than_a_part_of_it() {
        let no = Keywords::of(&[("en", &["no", "no thanks"])]);
        assert_eq!((no.all_of("No."), no.all_of("no, thanks")), (Some("no"), Some("no thanks")));
        assert_eq!(no.all_of("no parcel came"), None);
    }
}
