//! The words of proposals, and how strongly each article has them already.

use super::with_kept::is_bare;
use super::{Proposal, Verdict};
use crate::matching::{Accents, Doc, words_with};
use crate::turns::Turns;
use std::collections::{BTreeMap, BTreeSet};

/// What a word counts in each part of a document, about as the engine has it (`matching/compile/lexicon.rs`).
const TITLE: f32 = 5.0;
pub(super) const KEYWORD: f32 = 3.0;
const HEADING: f32 = 1.5;
const BODY: f32 = 1.0;
/// The weight at which a word counts half.
const SATURATION: f32 = 2.9;
/// A word that every article has still tells a little.
const MIN_RARITY: f32 = 0.05;
/// What cutting a proposal into words costs beside its text, in bytes of text.
const PER_PROPOSAL: usize = 32;

/// A proposal's article and words.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The number of its article.
    pub(super) doc: usize,
    /// Its words, each once, by number.
    pub(super) words: Vec<u32>,
}

/// All words of proposals, and who has them.
#[derive(Debug)]
pub(super) struct Field {
    numbers: BTreeMap<String, u32>,
    accents: Accents,
    /// Per proposal; none where it has a verdict already.
    pub(super) candidates: Vec<Result<Candidate, Verdict>>,
    /// Per document how much it has of each word by itself.
    has: Vec<BTreeMap<u32, f32>>,
    /// Per word how much it tells: the fewer articles have it, or would have it by all of their proposals, the more.
    rarity: Vec<f32>,
    /// Per word its bytes, and whether some document has it by itself.
    known: Vec<(usize, bool)>,
}

impl Field {
    pub(super) async fn of(docs: &[Doc], proposals: &[Proposal], locale: &str, turns: &Turns) -> Self {
        let accents = Accents::of(locale);
        let by_id: BTreeMap<&str, usize> =
            docs.iter().enumerate().map(|(number, doc)| (doc.id.as_str(), number)).collect();
        let mut numbers = BTreeMap::new();
        let mut candidates = Vec::new();
        let mut seen = BTreeSet::new();
        for proposal in proposals {
            turns.did(proposal.text.len() + PER_PROPOSAL).await;
            let mut words: Vec<u32> = words_with(&proposal.text, accents)
                .into_iter()
                .map(|word| {
                    let next = numbers.len() as u32;
                    *numbers.entry(word.folded).or_insert(next)
                })
                .collect();
            words.sort_unstable();
            words.dedup();
            candidates.push(match by_id.get(proposal.article.as_str()) {
                None => Err(Verdict::NoArticle),
                Some(_) if words.is_empty() => Err(Verdict::SaysNothing),
                Some(doc) if !seen.insert((*doc, words.clone())) => Err(Verdict::Repeated),
                Some(doc) => Ok(Candidate { doc: *doc, words }),
            });
        }
        let mut field = Self { numbers, accents, candidates, has: Vec::new(), rarity: Vec::new(), known: Vec::new() };
        for doc in docs {
            let has = field.words_of(doc);
            field.has.push(has);
            turns.did(doc.title.len() + doc.body.len()).await;
        }
        field.leave_lacking(docs);
        field.weigh();
        field
    }

    /// Leaves only the words that an article lacks which has a text.
    fn leave_lacking(&mut self, docs: &[Doc]) {
        for one in &mut self.candidates {
            let Ok(candidate) = one else { continue };
            if docs.get(candidate.doc).is_some_and(is_bare) {
                continue;
            }
            let has = self.has.get(candidate.doc);
            candidate.words.retain(|word| has.is_none_or(|has| !has.contains_key(word)));
            if candidate.words.is_empty() {
                *one = Err(Verdict::AlreadyFound);
            }
        }
    }

    /// How much a document has of each word by itself.
    fn words_of(&self, doc: &Doc) -> BTreeMap<u32, f32> {
        let mut has = BTreeMap::new();
        let mut add = |text: &str, weight: f32| {
            for word in self.words_in(text).into_iter().flatten() {
                *has.entry(word).or_insert(0.0) += weight;
            }
        };
        add(&doc.title, TITLE);
        add(&doc.body, BODY);
        doc.headings.iter().for_each(|text| add(text, HEADING));
        doc.keywords.iter().for_each(|text| add(text, KEYWORD));
        doc.examples.iter().for_each(|text| add(text, KEYWORD));
        has
    }

    /// The words of a text, in order; none where no proposal has a word.
    pub(super) fn words_in(&self, text: &str) -> Vec<Option<u32>> {
        words_with(text, self.accents).into_iter().map(|word| self.numbers.get(&word.folded).copied()).collect()
    }

    fn weigh(&mut self) {
        let mut holders: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.numbers.len()];
        let mut hold = |word: u32, doc: usize| {
            if let Some(holders) = holders.get_mut(word as usize) {
                holders.insert(doc);
            }
        };
        for (doc, has) in self.has.iter().enumerate() {
            has.keys().for_each(|word| hold(*word, doc));
        }
        self.known = vec![(0, false); self.numbers.len()];
        for (text, number) in &self.numbers {
            let is_known = self.has.iter().any(|has| has.contains_key(number));
            if let Some(known) = self.known.get_mut(*number as usize) {
                *known = (text.len(), is_known);
            }
        }
        for candidate in self.candidates.iter().flatten() {
            candidate.words.iter().for_each(|word| hold(*word, candidate.doc));
        }
        self.rarity = holders.iter().map(|holders| self.rarity_of(holders.len())).collect();
    }

    /// How much a word tells, given how many documents have it.
    fn rarity_of(&self, holders: usize) -> f32 {
        let holding = holders as f32 + 0.5;
        (1.0 + (self.has.len() as f32 - holding + 1.0).max(0.0) / holding).ln().max(MIN_RARITY)
    }

    /// How much a word tells that one document has alone.
    pub(super) fn rarest(&self) -> f32 {
        self.rarity_of(1)
    }

    /// Whether a document has a word by itself.
    pub(super) fn has(&self, doc: usize, word: u32) -> bool {
        self.has.get(doc).is_some_and(|has| has.contains_key(&word))
    }

    /// How much a word tells.
    pub(super) fn rarity(&self, word: u32) -> f32 {
        self.rarity.get(word as usize).copied().unwrap_or(0.0)
    }

    /// The bytes of a word, and whether some document has it by itself.
    pub(super) fn known(&self, word: u32) -> (usize, bool) {
        self.known.get(word as usize).copied().unwrap_or_default()
    }

    /// How much each document has of each word, with these proposals.
    pub(super) fn with(&self, is_kept: impl Fn(usize) -> bool) -> Vec<BTreeMap<u32, f32>> {
        let mut has = self.has.clone();
        for (number, candidate) in self.candidates.iter().enumerate() {
            if let (Ok(candidate), true) = (candidate, is_kept(number))
                && let Some(has) = has.get_mut(candidate.doc)
            {
                candidate.words.iter().for_each(|word| *has.entry(*word).or_insert(0.0) += KEYWORD);
            }
        }
        has
    }
}

/// How strongly a document has a word of which it has so much.
pub(super) fn strength(weight: f32) -> f32 {
    weight / (weight + SATURATION)
}

/// What a document has of each word without a proposal that is kept.
pub(super) fn without(has: &BTreeMap<u32, f32>, candidate: &Candidate) -> BTreeMap<u32, f32> {
    let left = |word: &u32| (*word, (has.get(word).copied().unwrap_or(0.0) - KEYWORD).max(0.0));
    candidate.words.iter().map(left).collect()
}
