//! Makes the binary index of a set of documents. The same documents give the same bytes.

use super::filler::is_filler;
use super::index::MAGIC;
use super::words::words;
use std::collections::BTreeMap;

/// What is compiled: an article, or a curated answer with its example questions as keywords.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Its slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The headings inside it.
    pub headings: Vec<String>,
    /// Other words that people use for it, or example questions.
    pub keywords: Vec<String>,
    /// Its text without marks.
    pub body: String,
}

/// A word of the title says more of an article than one anywhere else.
const TITLE: f32 = 4.0;
/// The owner's keywords are what customers call it.
const KEYWORD: f32 = 3.0;
/// A heading names a part of it.
const HEADING: f32 = 2.0;
/// Repetition in the body is limited by `SATURATION`.
const BODY: f32 = 0.6;
/// The weight at which a word counts half: BM25's k1, on field-weighted counts.
const SATURATION: f32 = 1.2;
/// A word that every question has says next to nothing, but two of them still order what is otherwise equal.
const FILLER: f32 = 0.1;
/// How much of the body travels for snippets, in characters: the first paragraph, where the answer should stand.
const SNIPPET_CHARS: usize = 320;
/// Posting lists name documents with 16 bits.
const MAX_DOCS: usize = 65_535;

/// Compiles documents to an index; more than 65,535 are cut off.
pub fn compile(docs: &[Doc]) -> Vec<u8> {
    let docs = docs.get(..MAX_DOCS).unwrap_or(docs);
    let mut terms: BTreeMap<String, Vec<(u16, f32)>> = BTreeMap::new();
    for (number, doc) in (0u16..).zip(docs) {
        for (word, weight) in weighted_words(doc) {
            terms.entry(word).or_default().push((number, weight));
        }
    }
    Writer::default().write(docs, &terms)
}

fn weighted_words(doc: &Doc) -> BTreeMap<String, f32> {
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    let mut add = |text: &str, weight: f32| {
        for word in words(text) {
            *weights.entry(word.folded).or_default() += weight;
        }
    };
    add(&doc.title, TITLE);
    add(&doc.body, BODY);
    doc.headings.iter().for_each(|heading| add(heading, HEADING));
    doc.keywords.iter().for_each(|keyword| add(keyword, KEYWORD));
    weights
}

/// Parts of the index that grow side by side and are joined at the end.
#[derive(Default)]
struct Writer {
    tables: Vec<u8>,
    texts: Vec<u8>,
    docs: Vec<u8>,
    strengths: Vec<u8>,
}

impl Writer {
    fn write(mut self, docs: &[Doc], terms: &BTreeMap<String, Vec<(u16, f32)>>) -> Vec<u8> {
        let top_weight = inverse_frequency(docs.len(), 1);
        self.tables.extend(MAGIC);
        for count in [docs.len(), terms.len()] {
            self.tables.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
        }
        self.tables.extend(top_weight.to_bits().to_le_bytes());
        for doc in docs {
            for text in [doc.id.as_str(), &doc.title, start_of(&doc.body)] {
                let text = fitting(text);
                self.tables.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes());
                self.texts.extend(text.as_bytes());
            }
        }
        for (word, postings) in terms {
            self.tables.push(u8::try_from(word.len()).unwrap_or(u8::MAX));
            let telling = if is_filler(word) { FILLER } else { 1.0 };
            let weight = 255.0 * telling * inverse_frequency(docs.len(), postings.len()) / top_weight;
            self.tables.push(weight.round().clamp(1.0, 255.0) as u8);
            self.tables.extend(u16::try_from(postings.len()).unwrap_or(u16::MAX).to_le_bytes());
            self.texts.extend(word.as_bytes());
            for (doc, count) in postings {
                self.docs.extend(doc.to_le_bytes());
                self.strengths.push(strength(*count));
            }
        }
        [self.tables, self.texts, self.docs, self.strengths].concat()
    }
}

/// The part of a body that travels.
fn start_of(body: &str) -> &str {
    body.char_indices().nth(SNIPPET_CHARS).and_then(|(cut, _)| body.get(..cut)).unwrap_or(body)
}

/// The longest beginning whose length fits into 16 bits.
fn fitting(text: &str) -> &str {
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// BM25's inverse document frequency, which stays positive.
fn inverse_frequency(docs: usize, holding: usize) -> f32 {
    let (docs, holding) = (docs as f32, holding as f32);
    ((docs - holding + 0.5) / (holding + 0.5) + 1.0).ln()
}

fn strength(count: f32) -> u8 {
    (255.0 * count / (count + SATURATION)).round() as u8
}
