//! Which pairs of characters are in a word and which only where one word ends and the next begins, where a script has no spaces. The
//! documents themselves show it: what belongs together is together more often than its characters would be by chance.

use super::super::pairs::{hiragana, is_katakana, overlap, pair};
use super::super::text::{Word, words};
use super::doc::Doc;
use crate::turns::Turns;
use std::collections::BTreeMap;

/// With fewer different pairs there is little to count by, and little to save.
const MANY_PAIRS: usize = 4_000;

/// How surely the characters of each pair belong together.
pub(super) struct Cohesion {
    /// Pointwise mutual information, by pair.
    pairs: BTreeMap<[char; 2], f32>,
}

impl Cohesion {
    pub(super) async fn of(docs: &[&Doc], turns: &Turns) -> Self {
        let mut pairs: BTreeMap<[char; 2], f32> = BTreeMap::new();
        let mut ends: [BTreeMap<char, f32>; 2] = Default::default();
        let mut all = 0.0f32;
        for text in docs.iter().flat_map(|doc| [&doc.title, &doc.body]) {
            for word in words(text) {
                let Some(pair) = pair(&word.folded) else { continue };
                *pairs.entry(pair).or_default() += 1.0;
                for (end, c) in ends.iter_mut().zip(pair) {
                    *end.entry(c).or_default() += 1.0;
                }
                all += 1.0;
            }
            turns.did(text.len()).await;
        }
        if pairs.len() < MANY_PAIRS {
            pairs.clear();
        }
        for (pair, count) in &mut pairs {
            let by_chance: f32 = ends.iter().zip(pair).map(|(end, c)| end.get(c).copied().unwrap_or(1.0)).product();
            *count = (*count * all / by_chance).ln();
        }
        Self { pairs }
    }

    /// The words of a running text that are worth their bytes: without pairs that hold together less than those on both sides of
    /// them, and without pairs of hiragana.
    pub(super) fn kept(&self, words: Vec<Word>) -> Vec<Word> {
        let is_kept: Vec<bool> = (0..words.len()).map(|number| self.keeps(&words, number)).collect();
        words.into_iter().zip(is_kept).filter_map(|(word, kept)| kept.then_some(word)).collect()
    }

    fn keeps(&self, words: &[Word], number: usize) -> bool {
        let cohesion = |word: &Word| self.pairs.get(&pair(&word.folded)?).copied();
        let Some(word) = words.get(number) else { return true };
        let (Some(pair), Some(own)) = (pair(&word.folded), cohesion(word)) else { return true };
        // Foreign words, so that all of a run is mostly one.
        if is_katakana(pair) {
            return true;
        }
        let before = number.checked_sub(1).and_then(|at| words.get(at)).filter(|before| overlap(before, word));
        let after = words.get(number + 1).filter(|after| overlap(word, after));
        let is_between = match (before.and_then(cohesion), after.and_then(cohesion)) {
            (Some(before), Some(after)) => 2.0 * own < before + after,
            _ => false,
        };
        !is_between && hiragana(pair) < 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turns::at_once;

    /// A word of two characters that no other word has.
    fn word(number: u32) -> String {
        [2 * number, 2 * number + 1].into_iter().filter_map(|at| char::from_u32(0x4e00 + at)).collect()
    }

    /// Pages of twenty words in any order.
    fn pages(count: u32) -> Vec<Doc> {
        let mut seed = 1u32;
        let mut any = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            word((seed >> 16) % 97)
        };
        (0..count).map(|_| Doc { body: (0..20).map(|_| any()).collect(), ..Doc::default() }).collect()
    }

    fn kept(pages: &[Doc]) -> Vec<String> {
        let docs: Vec<&Doc> = pages.iter().collect();
        let body = pages.first().map(|page| words(&page.body)).unwrap_or_default();
        at_once(Cohesion::of(&docs, &Turns::none())).kept(body).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_kept_and_what_lies_between_them_is_not() {
        let pages = pages(2_000);
        let letters: Vec<char> = pages.first().map(|page| page.body.chars().collect()).unwrap_or_default();
        let expected: Vec<String> = letters.chunks(2).map(|word| word.iter().collect()).collect();
        assert_eq!(kept(&pages), expected);
    }

    #[test]
    fn few_pages_keep_everything() {
        assert_eq!(kept(&pages(3)).len(), 39);
    }

    #[test]
    fn a_run_of_katakana_is_kept_whole_and_hiragana_is_not() {
        let mut pages = pages(2_000);
        if let Some(first) = pages.first_mut() {
            first.body = "ファイルをひらく".into();
        }
        assert_eq!(kept(&pages), ["ファ", "ァイ", "イル", "ルを"]);
    }
}
