//! Words that tell what a message is about, in any language.

use crate::phrase::{Alone, Phrase, Text};
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
pub(super) const GAP: usize = 3;

impl Keywords {
    pub(super) fn of(lists: &[(&str, &[&str])]) -> Self {
        let owned = |patterns: &[&str]| patterns.iter().map(|pattern| String::from(*pattern)).collect();
        Self(lists.iter().map(|(locale, patterns)| (String::from(*locale), owned(patterns))).collect())
    }

    /// The first of the patterns that is in the text.
    pub(super) fn found_in(&self, text: &Text<'_>) -> Option<&str> {
        self.0.values().flatten().find(|pattern| is_in(&parts(pattern), text)).map(String::as_str)
    }

    /// The pattern that is all of the text, if one is.
    pub(super) fn all_of(&self, text: &Text<'_>) -> Option<&str> {
        self.0.values().flatten().find(|pattern| is_all(&parts(pattern), text)).map(String::as_str)
    }
}

/// A message as keywords are looked for in it.
pub(super) fn read(text: &str) -> Text<'_> {
    Text::new(text, Alone::Unspaced)
}

/// Where a script has no spaces, the characters between two spaces of a pattern come in a row.
pub(super) fn parts(pattern: &str) -> Vec<Phrase> {
    pattern.split_whitespace().filter_map(|part| Phrase::new(part, Alone::Unspaced)).collect()
}

fn is_in(parts: &[Phrase], text: &Text<'_>) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    first.places(text).into_iter().any(|start| {
        let mut end = start + first.len();
        rest.iter().all(|part| {
            let next = (end..=end + GAP).find(|place| part.is_at(text, *place));
            next.inspect(|found| end = found + part.len()).is_some()
        })
    })
}

fn is_all(parts: &[Phrase], text: &Text<'_>) -> bool {
    let mut at = 0;
    let mut fits = |part: &Phrase| {
        let fits = part.is_at(text, at);
        at += part.len();
        fits
    };
    parts.iter().all(&mut fits) && !parts.is_empty() && at == text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_as_words_and_not_as_letters() {
        let check = |pattern: &str, text: &str, expected: bool| {
            let found = Keywords::of(&[("en", &[pattern])]).found_in(&read(text)) == Some(pattern);
            assert_eq!(found, expected, "{pattern}: {text}");
        };
        check("quote", "Can I get a QUOTE?", true);
        check("quote", "unquoted", false);
        check("cancel* subscription*", "I am cancelling my Lumen Plus subscription.", true);
        check("cancel* subscription*", "cancel my order, and by the way how do I see my subscription", false);
        check("cancel* subscription*", "my subscription? cancel", false);
        check("şikayet*", "SIKAYETIM var", true);
        check("해지*", "구독을 해지하고 싶어요", true);
        check("人工客服", "我要找人工客服!", true);
        check("人工客服", "人工的客服", false);
        check("人", "我要找人", true);
        check("解約*", "定期便を解約したい", true);
        check("คุยกับคน", "ขอคุยกับคนหน่อย", true);
        check("取消 订阅", "我想取消我的订阅", true);
        check("", "anything", false);
    }

    #[test]
    fn a_whole_text_is_more_than_a_part_of_it() {
        let no = Keywords::of(&[("en", &["no", "no thanks"])]);
        let all = |text: &str| no.all_of(&read(text)).map(String::from);
        assert_eq!((all("No.").as_deref(), all("no, thanks").as_deref()), (Some("no"), Some("no thanks")));
        assert_eq!(all("no parcel came"), None);
        assert_eq!(all("?"), None);
    }
}
