//! The documents as they are compiled: with what is kept of the proposals.

use super::{Proposal, Verdict};
use crate::matching::{Accents, Doc, words_with};
use std::collections::{BTreeMap, BTreeSet};

/// The documents with what is kept of the proposals.
pub fn with_kept(docs: &[Doc], proposals: &[Proposal], verdicts: &[Verdict], locale: &str) -> Vec<Doc> {
    let mut docs = docs.to_vec();
    let mut kept: BTreeMap<&str, Vec<(&str, &Verdict)>> = BTreeMap::new();
    for (proposal, verdict) in proposals.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_kept()) {
        kept.entry(&proposal.article).or_default().push((&proposal.text, verdict));
    }
    for doc in &mut docs {
        if let Some(kept) = kept.get(doc.id.as_str()) {
            add_kept(doc, kept.iter().copied(), locale);
        }
    }
    docs
}

/// Adds what is kept to a document: lessons to its examples, and words to its keywords. An article that has a text gets only the words that
/// it lacks, each once: how much the others weigh is its author's. A bare title has no other text.
pub fn add_kept<'a>(doc: &mut Doc, kept: impl IntoIterator<Item = (&'a str, &'a Verdict)>, locale: &str) {
    let accents = Accents::of(locale);
    let mut has = if is_bare(doc) { None } else { Some(own_words(doc, accents)) };
    for (text, verdict) in kept {
        match (verdict, &mut has) {
            (Verdict::KeptAsLesson, _) => doc.examples.push(String::from(text)),
            (Verdict::KeptAsWords, None) => doc.keywords.push(String::from(text)),
            (Verdict::KeptAsWords, Some(has)) => {
                let lacked = words_with(text, accents).into_iter().filter(|word| has.insert(word.folded.clone()));
                let lacked: Vec<&str> = lacked.filter_map(|word| text.get(word.range)).collect();
                if !lacked.is_empty() {
                    doc.keywords.push(lacked.join(" "));
                }
            }
            _ => {}
        }
    }
}

/// Whether a document has no text but its title.
pub(super) fn is_bare(doc: &Doc) -> bool {
    doc.body.trim().is_empty() && doc.headings.is_empty()
}

/// Every word that a document has by itself.
fn own_words(doc: &Doc, accents: Accents) -> BTreeSet<String> {
    let texts = [&doc.title, &doc.body].into_iter().chain(&doc.headings).chain(&doc.keywords).chain(&doc.examples);
    texts.flat_map(|text| words_with(text, accents)).map(|word| word.folded).collect()
}
