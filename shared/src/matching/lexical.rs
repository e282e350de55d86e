//! The lexical judge: BM25 over words with fields, where a typed word counts for all that it can mean.

use super::expand::{power, telling_of};
use super::index::Index;
use super::meanings::{all_meanings, is_repeated};
use super::meant::Meant;
use super::pairs::{overlap, worth};
use super::text::Word;

/// What the words say of each document.
pub(crate) struct Judged {
    /// Per document.
    pub(crate) scores: Vec<f32>,
    /// What a document with all of the words would have, about.
    pub(crate) wanted: f32,
    /// What those words weigh that no document knows.
    pub(crate) unknown: f32,
    /// The terms to mark, by number and in order: the surest meanings of each word.
    pub(crate) marked: Vec<usize>,
    /// How much the word says by itself that says most of those that are known here, from 0 to 1.
    pub(crate) tells: f32,
}

/// Rarity counts a little less than the textbook has it: a rare word may also be a slip.
const RARITY_POWER: f32 = 0.8;
/// A word in every document still orders what is otherwise equal.
const MIN_RARITY: f32 = 0.05;
/// An open word of one or two letters is mostly a guess.
const SHORT: f32 = 0.8;
const SHORT_LETTERS: usize = 2;
/// A long number that no document has is the visitor's own: of their order or their bill. A short one is of another version or error.
const STRANGE_NUMBER: f32 = 0.2;
const LONG_NUMBER: usize = 4;
/// A slip or another form is worth less than the word, and there is less to be had: by this power of how sure it is.
const UNSURE: f32 = 0.3;
/// Another code or version is mostly what is asked about.
const STRANGE_CODE: f32 = 2.0;
/// What two neighbours in one document add, as a share of the second one's weight.
const NEIGHBOURS: f32 = 0.15;
/// Less sure meanings than this are not marked.
const MARKED: f32 = 0.3;
/// Nor are words that every text has.
const MARKED_TELLING: f32 = 0.5;

/// Judges every document by the words.
pub(crate) fn judge<B: AsRef<[u8]>>(index: &Index<B>, words: &[Word]) -> Judged {
    let count = index.len();
    let mut judged = Judged { scores: vec![0.0; count], wanted: 0.0, unknown: 0.0, marked: Vec::new(), tells: 0.0 };
    let mut strengths = vec![0.0f32; count];
    let mut before = vec![0.0f32; count];
    for (number, (word, meant)) in words.iter().zip(all_meanings(index, words)).enumerate() {
        if is_repeated(words, number) {
            continue;
        }
        if !meant.is_empty() {
            judged.tells = judged.tells.max(telling_of(index, &word.folded));
        }
        strengths.fill(0.0);
        let mut telling = 1.0;
        for Meant { term, surely } in &meant {
            if *surely >= 1.0 && index.term_bytes(*term) == word.folded.as_bytes() {
                telling = index.term_telling(*term);
            }
            for (doc, strength) in index.term(*term).iter().flat_map(|term| term.postings()) {
                if let Some(place) = strengths.get_mut(doc) {
                    // As if each meaning were another witness: together surer, and never over 1.
                    *place += surely * strength * (1.0 - *place);
                }
            }
        }
        let is_known = strengths.iter().any(|strength| *strength > 0.0);
        let stranger = if is_known { 1.0 } else { strangeness(&word.folded) };
        let weight = telling * rarity(count, &strengths) * shortness(word) * worth(words, number) * stranger;
        // That overlapping pairs stand beside each other is what they are.
        let is_told = number.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|before| overlap(before, word));
        let neighbours = if is_told { 0.0 } else { NEIGHBOURS };
        let surest = meant.iter().map(|meant| meant.surely).fold(0.0, f32::max);
        judged.wanted += if is_known { weight * power(surest, UNSURE) } else { weight };
        if !is_known {
            judged.unknown += weight;
        }
        for ((score, strength), before) in judged.scores.iter_mut().zip(&strengths).zip(&before) {
            if *strength > 0.0 {
                *score += weight * (strength + neighbours * (strength * before).sqrt());
            }
        }
        std::mem::swap(&mut before, &mut strengths);
        for Meant { term, surely } in meant {
            if surely >= MARKED && index.term_telling(term) >= MARKED_TELLING {
                let at = judged.marked.partition_point(|other| *other < term);
                if judged.marked.get(at) != Some(&term) {
                    judged.marked.insert(at, term);
                }
            }
        }
    }
    // What a document has of any question says nothing of this one.
    for (score, breadth) in judged.scores.iter_mut().zip(index.breadths()) {
        if *score > 0.0 && breadth > 0.0 {
            *score = (*score - breadth * judged.wanted).max(f32::MIN_POSITIVE);
        }
    }
    judged
}

/// What a word counts that no document has.
fn strangeness(word: &str) -> f32 {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return if Word::is_code(word) { STRANGE_CODE } else { 1.0 };
    }
    if word.len() >= LONG_NUMBER { STRANGE_NUMBER } else { 1.0 }
}

/// BM25's inverse document frequency of all that a word can mean, where a document counts by how strongly it has it.
fn rarity(count: usize, strengths: &[f32]) -> f32 {
    let most = strengths.iter().copied().fold(0.0, f32::max);
    let holding = if most > 0.0 { (strengths.iter().sum::<f32>() / most).max(0.5) } else { 0.5 };
    let rarity = (1.0 + (count as f32 - holding + 0.5).max(0.0) / (holding + 0.5)).ln().max(MIN_RARITY);
    power(rarity, RARITY_POWER)
}

fn shortness(word: &Word) -> f32 {
    if word.open && word.folded.chars().count() <= SHORT_LETTERS { SHORT } else { 1.0 }
}
