//! Why a text finds what it finds: for the people who write the articles. The search itself says it, so that both agree.

use super::asked::asked;
use super::compounds::as_written;
use super::index::Index;
use super::meanings::{all_meanings, is_repeated};
use super::search::{PRODUCT, Query};
use std::collections::BTreeSet;

/// What the search made of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Searched {
    /// The words of the text that are looked for, in order, each once.
    pub words: Vec<SearchedWord>,
    /// How likely it is that no document answers the text, from 0 to 1; 1 if no word of it tells anything.
    pub nothing: f32,
    /// The documents that were looked at, best first, and behind them those that were asked for by name.
    pub docs: Vec<SearchedDoc>,
}

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchedWord {
    /// As it was typed.
    pub word: String,
    /// How many documents have it, or something that it can mean.
    pub docs: usize,
}

/// A document, and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchedDoc {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How likely it is the right one, from 0 to 1, page and products included.
    pub confidence: f32,
    /// The words of the text that it has, as they were typed.
    pub words: Vec<String>,
    /// The page or product of the visitor to which it belongs: a path such as `/cart`, or a product's name.
    pub lifted_by: Option<String>,
}

impl<B: AsRef<[u8]>> Index<B> {
    /// What `search` finds for the query, and why. Documents that are named in `about` are told of in any case.
    pub fn explain(&self, query: &Query<'_>, about: &[String]) -> Searched {
        let words = self.where_words_are(query.text);
        let ranked = self.ranked(query);
        let likelihoods = ranked.as_ref().map(|ranked| ranked.likelihoods.clone()).unwrap_or_default();
        let mut docs = ranked.map(|ranked| ranked.docs).unwrap_or_default();
        let is_named = |number: &usize| {
            let id = self.doc_id(*number);
            about.iter().any(|named| named == id)
        };
        let named = (0..self.len()).filter(is_named);
        let missing: Vec<usize> = named.filter(|number| docs.iter().all(|(doc, _)| doc != number)).collect();
        for number in missing {
            let has_none = self.model.is_none() && words.iter().all(|(_, holders)| !holders.contains(&number));
            let likelihood = likelihoods.get(number).copied().filter(|_| !has_none).unwrap_or(0.0);
            docs.push((number, self.lifted(number, likelihood, query)));
        }
        let docs = docs.into_iter().map(|(doc, confidence)| {
            let holds = words.iter().filter(|(_, holders)| holders.contains(&doc));
            SearchedDoc {
                id: String::from(self.doc_id(doc)),
                title: String::from(self.doc_title(doc)),
                confidence,
                words: holds.map(|(word, _)| word.clone()).collect(),
                lifted_by: self.lifted_by(doc, query).map(|tag| String::from(tag.strip_prefix(PRODUCT).unwrap_or(tag))),
            }
        });
        Searched {
            docs: docs.collect(),
            nothing: (1.0 - likelihoods.iter().sum::<f32>()).clamp(0.0, 1.0),
            words: words.into_iter().map(|(word, docs)| SearchedWord { word, docs: docs.len() }).collect(),
        }
    }

    /// The words of a text, each with the documents that have something that it can mean.
    fn where_words_are(&self, text: &str) -> Vec<(String, BTreeSet<usize>)> {
        let words = as_written(self, asked(text, self.accents()));
        let mut found = Vec::new();
        for (number, (word, meant)) in words.iter().zip(all_meanings(self, &words)).enumerate() {
            if is_repeated(&words, number) {
                continue;
            }
            let terms = meant.iter().filter_map(|meant| self.term(meant.term));
            let holders = terms.flat_map(|term| term.postings().map(|(doc, _)| doc).collect::<Vec<_>>()).collect();
            found.push((String::from(text.get(word.range.clone()).unwrap_or_default()), holders));
        }
        found
    }
}
