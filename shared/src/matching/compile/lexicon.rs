//! The words of the documents: how strongly each document has each, and what else they mean.

use super::super::compounds::joined;
use super::super::index::BEGINNING;
use super::super::text::{Accents, Word, words_with};
use super::cohesion::Cohesion;
use super::doc::Doc;
use super::term::{PER_WORD, Term, Weights};
use super::{beginnings, common, roots, thesaurus};
use crate::turns::Turns;
use std::collections::BTreeMap;

/// What the lexical judge needs.
pub(super) struct Lexicon {
    /// The terms in the order of their bytes, with the documents that have them.
    pub(super) terms: Vec<Term>,
    /// Words that mean the same as terms, by number, in the order of their bytes.
    pub(super) aliases: BTreeMap<String, Vec<u32>>,
    /// How the terms have their accents.
    pub(super) accents: Accents,
}

/// A word of the title says more of an article than one anywhere else.
const TITLE: f32 = 5.0;
/// The owner's keywords are what customers call it.
const KEYWORD: f32 = 3.0;
/// A heading names a part of it.
const HEADING: f32 = 1.5;
/// A word of the body.
const BODY: f32 = 1.0;
/// What a word in the first lines has besides: they say what the article is about.
const LEAD: f32 = 0.5;
const LEAD_WORDS: usize = 20;
/// A word that all of the examples have.
const EXAMPLES: f32 = 13.0;
/// Of fewer examples nobody knows which of the language's common words are their frame: those count as if there were four.
const FEW_EXAMPLES: usize = 4;
/// How far the length of a body matters (BM25's b); a title is always counted by its share.
const BODY_LENGTH: f32 = 0.6;
/// The weight at which a word counts half (BM25's k1).
const SATURATION: f32 = 2.9;
/// A posting weaker than this changes no ranking: a word of one example among a hundred and thirty.
const MIN_STRENGTH: f32 = 0.035;

impl Lexicon {
    pub(super) async fn of(docs: &[&Doc], locale: &str, turns: &Turns) -> Self {
        let accents = Accents::of(locale);
        let common = common::commonness(locale);
        let telling = |word: &str| common.get(word).map_or(1.0, |excess| 1.0 / (1.0 + excess));
        let weights = weigh(docs, accents, &|word| telling(word) < 1.0, turns).await;
        let weights = roots::merge(weights, turns).await;
        let mut postings: BTreeMap<String, Vec<(u32, f32)>> = BTreeMap::new();
        for (word, by_doc) in weights {
            turns.did(PER_WORD + by_doc.len()).await;
            let all: Vec<(u32, f32)> =
                by_doc.into_iter().map(|(doc, weight)| (doc, weight / (weight + SATURATION))).collect();
            let strong: Vec<(u32, f32)> =
                all.iter().copied().filter(|(_, strength)| *strength >= MIN_STRENGTH).collect();
            // A word that is nowhere strong is known all the same: names, codes and products tell the most.
            postings.insert(word, if strong.is_empty() { all } else { strong });
        }
        // That a document lacks a common word says nothing against it, so the commonest are known even if none has them.
        for word in common::commonest(locale) {
            postings.entry(word).or_default();
        }
        let terms: Vec<Term> =
            postings.into_iter().map(|(text, postings)| Term { telling: telling(&text), text, postings }).collect();
        let mut aliases = thesaurus::aliases(locale, &terms);
        let beginnings = beginnings::of(terms.iter().map(|term| term.text.as_str()), turns).await;
        aliases.extend(beginnings.into_iter().map(|one| (format!("{BEGINNING}{one}"), Vec::new())));
        Self { terms, aliases, accents }
    }
}

/// How much each document has of each word.
async fn weigh(docs: &[&Doc], accents: Accents, is_common: &dyn Fn(&str) -> bool, turns: &Turns) -> Weights {
    let cohesion = Cohesion::of(docs, turns).await;
    let words = |text: &str| words_with(text, accents);
    let mut weights = Weights::new();
    let average = |all: usize| (all as f32 / docs.len().max(1) as f32).max(1.0);
    let mut title_words = 0;
    let mut bodies: Vec<Vec<Word>> = Vec::new();
    for doc in docs {
        title_words += words(&doc.title).len();
        bodies.push(cohesion.kept(words(&doc.body)));
        turns.did(doc.title.len() + doc.body.len()).await;
    }
    let title_words = average(title_words);
    let body_words = average(bodies.iter().map(Vec::len).sum());
    for ((number, doc), body) in (0u32..).zip(docs).zip(bodies) {
        let examples: usize = doc.examples.iter().chain(&doc.keywords).map(String::len).sum();
        turns.did(examples + PER_WORD * body.len()).await;
        let mut add = |word: String, weight: f32| {
            *weights.entry(word).or_default().entry(number).or_default() += weight;
        };
        let title = words(&doc.title);
        let share = title_words / title.len().max(1) as f32;
        each(title, |_, word| add(word, TITLE * share));
        for (texts, weight) in [(&doc.keywords, KEYWORD), (&doc.headings, HEADING)] {
            texts.iter().for_each(|text| each(words(text), |_, word| add(word, weight)));
        }
        let length = 1.0 - BODY_LENGTH + BODY_LENGTH * body.len() as f32 / body_words;
        each(body, |place, word| add(word, BODY / length + if place < LEAD_WORDS { LEAD } else { 0.0 }));
        for (word, count) in in_examples(doc, accents) {
            let fewest = if is_common(&word) { FEW_EXAMPLES } else { 1 };
            add(word, EXAMPLES * count as f32 / doc.examples.len().max(fewest) as f32);
        }
    }
    weights
}

/// Gives each word with its place, and what joined words are as one. A name is also known without the point before it.
fn each(words: Vec<Word>, mut take: impl FnMut(usize, String)) {
    joined(&words).into_iter().for_each(|(_, place, whole)| take(place, whole));
    for (place, word) in words.into_iter().enumerate() {
        if let Some(rest) = word.folded.strip_prefix('.') {
            take(place, String::from(rest));
        }
        take(place, word.folded);
    }
}

/// In how many examples each word is.
fn in_examples(doc: &Doc, accents: Accents) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for example in &doc.examples {
        let mut found = Vec::new();
        each(words_with(example, accents), |_, word| found.push(word));
        found.sort_unstable();
        found.dedup();
        found.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    counts
}
