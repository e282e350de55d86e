//! The documents as they are compiled: with what is kept of the proposals.

use super::{Proposal, Verdict};
use crate::matching::{Accents, Doc, words_with};
use std::collections::{BTreeMap, BTreeSet};

/// The documents with what is kept of the proposals: lessons among their examples, and words among their keywords. An article that has
/// a text gets only the words that it lacks, each once: how much the others weigh is its author's. A bare title has no other text.
pub fn with_kept(docs: &[Doc], proposals: &[Proposal], verdicts: &[Verdict], locale: &str) -> Vec<Doc> {
    let accents = Accents::of(locale);
    let mut docs = docs.to_vec();
    let numbers: BTreeMap<String, usize> =
        docs.iter().enumerate().map(|(number, doc)| (doc.id.clone(), number)).collect();
    let mut has: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (proposal, verdict) in proposals.iter().zip(verdicts) {
        let Some(number) = numbers.get(&proposal.article) else { continue };
        let Some(doc) = docs.get_mut(*number) else { continue };
        match verdict {
            Verdict::KeptAsLesson => doc.examples.push(proposal.text.clone()),
            Verdict::KeptAsWords if is_bare(doc) => doc.keywords.push(proposal.text.clone()),
            Verdict::KeptAsWords => {
                let has = has.entry(*number).or_insert_with(|| own_words(doc, accents));
                let lacked = words_with(&proposal.text, accents).into_iter();
                let lacked = lacked.filter(|word| has.insert(word.folded.clone()));
                let lacked: Vec<&str> = lacked.filter_map(|word| proposal.text.get(word.range)).collect();
                if !lacked.is_empty() {
                    doc.keywords.push(lacked.join(" "));
                }
            }
            _ => {}
        }
    }
    docs
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
