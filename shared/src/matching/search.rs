//! Ranks documents for the text as typed so far.

use super::asked::asked;
use super::compounds::as_written;
use super::confidence::likelihoods;
use super::expand::TELLING;
use super::highlight::{marks, snippet};
use super::index::Index;
use super::lexical::{Judged, judge};
use super::text::Accents;
use std::ops::Range;

/// What to search for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    /// The text as typed so far. A trailing space closes the last word.
    pub text: &'a str,
    /// Documents not to give: what the visitor has just read, or has said did not help.
    pub exclude: &'a [String],
    /// At most this many hits.
    pub limit: usize,
    /// Documents that are less likely than this are not given; with 0, all are that have anything of the text.
    pub at_least: f32,
    /// The path of the page where the visitor is; documents that belong there are lifted.
    pub page: &'a str,
    /// The products that the visitor uses; documents about them are lifted.
    pub products: &'a [String],
}

/// A document that may answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The bytes of the title that matched.
    pub title_marks: Vec<Range<usize>>,
    /// One line of the body, best where it matched.
    pub snippet: String,
    /// The bytes of the snippet that matched.
    pub snippet_marks: Vec<Range<usize>>,
    /// How likely it is the right one, from 0 to 1.
    pub confidence: f32,
}

/// Documents by number.
pub(super) struct Ranked {
    /// The best ones, best first, each with how likely it is the right one.
    pub(super) docs: Vec<(usize, f32)>,
    /// The terms to mark.
    marked: Vec<usize>,
    /// How likely each document is by the text alone. The rest to 1 is for "nothing here answers this".
    pub(super) likelihoods: Vec<f32>,
}

/// An article of the visitor's page or products is likelier by this factor.
pub(super) const LIFT: f32 = 2.0;

/// From here on a word says enough for all of a likelihood; below `TELLING` this much of it is left.
const TOLD: f32 = 0.5;
const WHISPERED: f32 = 0.1;

impl<B: AsRef<[u8]>> Index<B> {
    /// The best documents for the text, best first; ties in the order of the documents.
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        let Some(Ranked { docs, marked, .. }) = self.ranked(query) else { return Vec::new() };
        let matched: Vec<&str> = marked.into_iter().map(|term| self.term_text(term)).collect();
        docs.into_iter().map(|(doc, confidence)| self.hit(doc, confidence, &matched)).collect()
    }

    /// The likeliest documents for a text by itself, best first: the number of each, and how likely it is the right one.
    pub fn likeliest(&self, text: &str, limit: usize) -> Vec<(usize, f32)> {
        self.ranked(&Query { text, limit, ..Query::default() }).map(|ranked| ranked.docs).unwrap_or_default()
    }

    /// The best documents by number; none if no word of the text tells anything.
    pub(super) fn ranked(&self, query: &Query<'_>) -> Option<Ranked> {
        let (Judged { mut scores, wanted, unknown, marked, tells }, model) = self.judged(query.text);
        if wanted <= 0.0 {
            return None;
        }
        // A document without a single word of the text is no hit, unless the model knows better. Words that say nothing by themselves
        // are for a document that has no others in its title; the model has learned what two of them begin.
        let silent = tells < TELLING
            && self
                .model
                .as_ref()
                .is_none_or(|model| model.knows_some(self.bytes()) || query.text.split_whitespace().nth(1).is_none());
        let is_possible = |(doc, score): (usize, &f32)| {
            (*score > 0.0 || self.model.as_ref().is_some_and(|model| model.has_learned(self.bytes(), doc)))
                && (!silent || self.is_plain(doc))
        };
        let possible: Vec<bool> = scores.iter().enumerate().map(is_possible).collect();
        likelihoods(&self.scale, &mut scores, wanted, unknown, model.as_deref());
        // Where the model knows what such words begin they say in which order to look, and nothing is offered for them.
        let said = ((tells - TELLING) / (TOLD - TELLING)).clamp(WHISPERED, 1.0);
        if said < 1.0 {
            scores.iter_mut().enumerate().filter(|(doc, _)| !self.is_plain(*doc)).for_each(|(_, score)| *score *= said);
        }
        if silent {
            // So that what explains the search says so, too.
            scores.iter_mut().zip(&possible).filter(|(_, possible)| !**possible).for_each(|(score, _)| *score = 0.0);
        }
        let mut docs: Vec<(usize, f32)> = Vec::with_capacity(query.limit + 1);
        for (doc, (likelihood, possible)) in scores.iter().zip(possible).enumerate() {
            // Most documents could not be among the first even if they were lifted: their texts are not looked at.
            let last = if docs.len() < query.limit { None } else { docs.last() };
            let at_best = (LIFT * likelihood).min(1.0);
            if !possible || at_best < query.at_least || last.is_some_and(|(_, last)| *last >= at_best) {
                continue;
            }
            let confidence = self.lifted(doc, *likelihood, query);
            // Behind its equals, so that they keep their order.
            let at = docs.partition_point(|(_, other)| *other >= confidence);
            if confidence >= query.at_least && at < query.limit && !self.is_excluded(doc, query) {
                docs.insert(at, (doc, confidence));
                docs.truncate(query.limit);
            }
        }
        Some(Ranked { docs, marked, likelihoods: scores })
    }

    /// How likely a document is, given where the visitor is and what they use.
    pub(super) fn lifted(&self, doc: usize, likelihood: f32, query: &Query<'_>) -> f32 {
        let lift = if self.lifted_by(doc, query).is_some() { LIFT } else { 1.0 };
        (lift * likelihood).min(1.0)
    }

    /// What the words say of each document, and what the model does if there is one.
    pub(crate) fn judged(&self, text: &str) -> (Judged, Option<Vec<f32>>) {
        let typed = as_written(self, asked(text, self.accents()));
        let lexical = judge(self, &typed);
        let model = self.model.as_ref().map(|model| {
            let mut judged = vec![0.0; lexical.scores.len()];
            // It has learned from words without accents, as many type them.
            model.judge(self.bytes(), &asked(text, Accents::Folded), &mut judged);
            judged
        });
        (lexical, model)
    }

    fn is_excluded(&self, doc: usize, query: &Query<'_>) -> bool {
        let id = self.doc_id(doc);
        query.exclude.iter().any(|excluded| excluded == id)
    }

    fn hit(&self, doc: usize, confidence: f32, matched: &[&str]) -> Hit {
        let title = self.doc_title(doc);
        let (snippet, snippet_marks) = snippet(self.doc_lead(doc), matched, self.accents());
        Hit {
            id: String::from(self.doc_id(doc)),
            title: String::from(title),
            title_marks: marks(title, matched, self.accents()),
            snippet,
            snippet_marks,
            confidence,
        }
    }

    /// Whether the title of a document has only words that say nothing by themselves, such as "Who are you".
    fn is_plain(&self, doc: usize) -> bool {
        self.doc_tags(doc).lines().any(|tag| tag == PLAIN)
    }

    /// The tag by which a document belongs to the visitor's page or to a product of theirs.
    pub(super) fn lifted_by(&self, doc: usize, query: &Query<'_>) -> Option<&str> {
        self.doc_tags(doc).lines().find(|tag| match tag.split_at_checked(1) {
            Some((PLACE, _)) => query.page.starts_with(tag),
            Some((PRODUCT, product)) => query.products.iter().any(|used| used == product),
            _ => false,
        })
    }
}

/// What a tag's first character says that it is: the beginning of a page's path.
pub(crate) const PLACE: &str = "/";
/// A title without a word that says something by itself.
pub(crate) const PLAIN: &str = "~";
/// A product.
pub(crate) const PRODUCT: &str = "*";
