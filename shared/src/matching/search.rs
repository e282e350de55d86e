//! Ranks documents for the text as typed so far.

use super::confidence::likelihoods;
use super::highlight::{marks, snippet};
use super::index::Index;
use super::lexical::{Judged, judge};
use super::text::words;
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
    /// The path of the page where the visitor is; documents that belong there are lifted.
    pub page: &'a str,
    /// The products that the visitor uses; documents about them are lifted.
    pub products: &'a [String],
}

/// A document that may answer.
#[derive(Debug, Clone, PartialEq)]
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

/// What belongs to the visitor's page or products is likelier by this factor.
const LIFT: f32 = 2.0;

impl<B: AsRef<[u8]>> Index<B> {
    /// The best documents for the text, best first; ties in the order of the documents.
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        let words = words(query.text);
        let Judged { mut scores, wanted, meant } = judge(self, &words);
        if wanted <= 0.0 {
            return Vec::new();
        }
        let model = self.model.as_ref().map(|model| {
            let mut judged = vec![0.0; scores.len()];
            model.judge(self.bytes(), &words, &mut judged);
            judged
        });
        let mut ranked: Vec<(usize, f32)> = match &model {
            // A document without a single word of the text is no hit, unless the model knows better.
            None => touched(&scores),
            Some(_) => (0..scores.len()).map(|doc| (doc, 0.0)).collect(),
        };
        likelihoods(&mut scores, wanted, model.as_deref());
        for (doc, likelihood) in &mut ranked {
            let lift = if self.belongs(*doc, query) { LIFT } else { 1.0 };
            *likelihood = (lift * scores.get(*doc).copied().unwrap_or(0.0)).min(1.0);
        }
        ranked.retain(|(doc, _)| {
            let [id, ..] = self.doc(*doc);
            !query.exclude.iter().any(|excluded| excluded == id)
        });
        let better = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if ranked.len() > query.limit && query.limit > 0 {
            ranked.select_nth_unstable_by(query.limit - 1, better);
        }
        ranked.truncate(query.limit);
        ranked.sort_unstable_by(better);
        let mut matched: Vec<&str> = meant.iter().map(|meant| self.term_text(meant.term)).collect();
        matched.sort_unstable();
        matched.dedup();
        ranked.into_iter().map(|(doc, confidence)| self.hit(doc, confidence, &matched)).collect()
    }

    fn hit(&self, doc: usize, confidence: f32, matched: &[&str]) -> Hit {
        let [id, title, lead, _] = self.doc(doc);
        let (snippet, snippet_marks) = snippet(lead, matched);
        Hit {
            id: String::from(id),
            title: String::from(title),
            title_marks: marks(title, matched),
            snippet,
            snippet_marks,
            confidence,
        }
    }

    /// Whether a document belongs to the visitor's page or to a product of theirs.
    fn belongs(&self, doc: usize, query: &Query<'_>) -> bool {
        let [_, _, _, tags] = self.doc(doc);
        tags.lines().any(|tag| match tag.split_at_checked(1) {
            Some((PLACE, _)) => query.page.starts_with(tag),
            Some((PRODUCT, product)) => query.products.iter().any(|used| used == product),
            _ => false,
        })
    }
}

/// What a tag's first character says that it is: the beginning of a page's path.
pub(crate) const PLACE: &str = "/";
/// A product.
pub(crate) const PRODUCT: &str = "*";

fn touched(scores: &[f32]) -> Vec<(usize, f32)> {
    scores.iter().enumerate().filter(|(_, score)| **score > 0.0).map(|(doc, score)| (doc, *score)).collect()
}
