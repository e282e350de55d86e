//! Which questions are alike: they share the words that tell something.
//!
//! Nothing is trained, and nothing is asked of an index: the same two texts are always as much alike, whatever else was asked.

use crate::languages::common_words;
use crate::matching::{Accents, words_with};
use std::collections::BTreeSet;

/// From here on two questions are alike.
pub const LIKE: f32 = 0.5;
/// The most words of a question that are compared; a longer one is hardly one question.
const MAX_WORDS: usize = 40;
/// Two words are forms of one that begin with this many letters alike, and of which each has no more than `MAX_ENDING` others.
const MIN_BEGINNING: usize = 4;
const MAX_ENDING: usize = 4;

/// The words of a text that tell something, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Informative(BTreeSet<String>);

impl Informative {
    /// The words of a text without those that are common in its language; all of them if there are no others.
    pub fn of(text: &str, locale: &str) -> Self {
        let accents = Accents::of(locale);
        let common: BTreeSet<String> =
            words_with(common_words(locale), accents).into_iter().map(|word| word.folded).collect();
        let all: BTreeSet<String> = words_with(text, accents).into_iter().map(|word| word.folded).collect();
        let telling: BTreeSet<String> = all.difference(&common).take(MAX_WORDS).cloned().collect();
        Self(if telling.is_empty() { all.into_iter().take(MAX_WORDS).collect() } else { telling })
    }

    /// How much alike two questions are, from 0 to 1: the share of their words that both have.
    pub fn likeness(&self, other: &Self) -> f32 {
        let mut left: Vec<&str> = other.0.iter().map(String::as_str).collect();
        let mut both = 0usize;
        for word in &self.0 {
            let same = left.iter().position(|one| one == word);
            if let Some(place) = same.or_else(|| left.iter().position(|one| are_forms_of_one(word, one))) {
                left.remove(place);
                both += 1;
            }
        }
        let (least, all) = (self.0.len().min(other.0.len()), self.0.len() + other.0.len());
        // One word is much of a short question, and chance in two longer ones.
        if both == 0 || both < least.min(2) { 0.0 } else { 2.0 * both as f32 / all as f32 }
    }
}

/// The words of a text in order of the alphabet, each once: two texts with the same ones are the same question.
pub fn normal_form(text: &str, locale: &str) -> String {
    let words: BTreeSet<String> = words_with(text, Accents::of(locale)).into_iter().map(|word| word.folded).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// Whether two words are forms of one.
fn are_forms_of_one(a: &str, b: &str) -> bool {
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longest = a.chars().count().max(b.chars().count());
    let is_code = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    alike >= MIN_BEGINNING && longest - alike <= MAX_ENDING && !is_code(a) && !is_code(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(locale: &str, a: &str, b: &str, expected: bool) {
        let (one, other) = (Informative::of(a, locale), Informative::of(b, locale));
        let likeness = one.likeness(&other);
        assert_eq!(likeness >= LIKE, expected, "{a} | {b}: {likeness} {one:?} {other:?}");
    }

    #[test]
    fn questions_that_share_their_telling_words_are_alike() {
        check("en", "How do I change the voltage of my lamp?", "change voltage lamp", true);
        check("en", "Do you ship to Norway?", "shipping to norway possible?", true);
        check("en", "Do you ship to Norway?", "Is there a warranty for the motor?", false);
        check("en", "How do I do it?", "how do i do it", true);
        check("en", "error 404 on the radio", "error 405 on the toaster", false);
        check("de", "Wie stelle ich die Spannung der Lampe um?", "spannung der lampen umstellen", true);
        check("de", "Liefert ihr nach Norwegen?", "Wann öffnet das Lager?", false);
        check("ru", "как поменять лампочку в торшере", "замена лампочки торшера", true);
        check("ja", "電圧の変更方法を教えてください", "電圧の変更はできますか", true);
        check("ja", "電圧の変更方法を教えてください", "返品したいです", false);
        check("ar", "كيف أغير جهد المصباح", "تغيير جهد المصباح", true);
    }

    #[test]
    fn the_same_words_are_the_same_question() {
        assert_eq!(normal_form("Where is my Parcel?", "en"), normal_form("my parcel: where is, is", "en"));
        assert_eq!(normal_form("Cafe\u{301}", "fr"), normal_form("caf\u{e9}", "fr"));
        assert_ne!(normal_form("where is my parcel", "en"), normal_form("where is my order", "en"));
    }
}
