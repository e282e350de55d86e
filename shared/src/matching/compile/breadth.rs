//! How much of any question a document has: one with many examples has a little of everything, and would stand before one that says
//! little more than its title.

use super::super::format::breadths_at;
use super::super::index::Index;
use super::doc::Doc;
use crate::turns::Turns;

/// Fewer documents are not compared.
const FEWEST: usize = 10;
/// The most texts that are asked.
const MAX_ASKED: usize = 400;
/// One document in this many has little of any question: its share of them is taken for usual.
const USUAL: usize = 4;
/// How much of that is taken off.
const COUNTED: f32 = 0.8;
/// What a text costs to ask, in bytes of text that are cut into words.
const PER_TEXT: usize = 2_000;

/// Writes into an index how broad each document is.
pub(super) async fn note(docs: &[&Doc], mut bytes: Vec<u8>, turns: &Turns) -> Vec<u8> {
    // Bare titles differ by what they share with a question, and by nothing else. Among a few documents nothing is usual.
    if docs.len() < FEWEST || docs.iter().all(|doc| doc.body.is_empty() && doc.examples.is_empty()) {
        return bytes;
    }
    let Ok(index) = Index::open(bytes.as_slice()) else { return bytes };
    let texts: Vec<(usize, &str)> =
        docs.iter().enumerate().flat_map(|(number, doc)| texts(doc).map(move |text| (number, text))).collect();
    let step = texts.len().div_ceil(MAX_ASKED).max(1);
    let mut shares = vec![(0.0f32, 0.0f32); docs.len()];
    for (own, text) in texts.into_iter().step_by(step) {
        turns.did(PER_TEXT + docs.len()).await;
        let (words, _) = index.judged(text);
        if words.wanted <= 0.0 {
            continue;
        }
        for (number, ((sum, count), score)) in shares.iter_mut().zip(&words.scores).enumerate() {
            if number != own {
                *sum += score / words.wanted;
                *count += 1.0;
            }
        }
    }
    let shares: Vec<f32> = shares.into_iter().map(|(sum, count)| sum / count.max(1.0)).collect();
    let mut sorted = shares.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = sorted.get(sorted.len() / USUAL).copied().unwrap_or(0.0);
    let noted: Vec<u8> =
        shares.iter().map(|share| (255.0 * COUNTED * (share - usual)).round().clamp(0.0, 255.0) as u8).collect();
    let from = breadths_at(docs.len());
    bytes.iter_mut().skip(from).zip(noted).for_each(|(byte, noted)| *byte = noted);
    bytes
}

/// What is asked: the title, and an example.
fn texts(doc: &Doc) -> impl Iterator<Item = &str> {
    std::iter::once(doc.title.as_str()).chain(doc.examples.first().map(String::as_str)).filter(|text| !text.is_empty())
}
