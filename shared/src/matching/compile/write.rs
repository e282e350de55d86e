//! Writes the parts of an index in the order of the format.

use super::super::confidence::Scale;
use super::super::expand::TELLING;
use super::super::format::{Header, STRENGTHS, push_number};
use super::super::search::{PLACE, PLAIN, PRODUCT};
use super::super::text::words_with;
use super::doc::Doc;
use super::lexicon::Lexicon;
use super::pack::Packed;

/// How much of a text travels for snippets, in characters: the first lines, where the answer should stand.
const LEAD_CHARS: usize = 72;
/// The same in bytes: characters of three bytes are as wide as two.
const LEAD_BYTES: usize = 108;

pub(super) fn write(docs: &[&Doc], lexicon: &Lexicon, model: Option<&Packed>, scale: &Scale) -> Vec<u8> {
    let mut texts = Vec::new();
    let doc_lengths = write_docs(docs, lexicon, &mut texts);
    let mut term_lengths = Vec::new();
    let mut telling = Vec::new();
    let mut postings = Vec::new();
    let mut strengths = Vec::new();
    for term in &lexicon.terms {
        term_lengths.push(push_text(&term.text, usize::from(u8::MAX), &mut texts) as u8);
        telling.push((255.0 * term.telling).round() as u8);
        push_ascending(term.postings.iter().map(|(doc, _)| *doc), &mut postings);
        strengths.extend(term.postings.iter().map(|(_, strength)| strength_code(*strength)));
    }
    let mut alias_lengths = Vec::new();
    let mut targets = Vec::new();
    for (alias, terms) in &lexicon.aliases {
        alias_lengths.push(push_text(alias, usize::from(u8::MAX), &mut texts) as u8);
        push_ascending(terms.iter().copied(), &mut targets);
    }
    let empty = Packed {
        priors: Vec::new(),
        scales: Vec::new(),
        numbers: Vec::new(),
        codes: Vec::new(),
        least: 0.0,
        step: 0.0,
    };
    let model = model.unwrap_or(&empty);
    let header = Header {
        docs: docs.len() as u32,
        terms: lexicon.terms.len() as u32,
        postings: strengths.len() as u32,
        posting_bytes: postings.len() as u32,
        aliases: alias_lengths.len() as u32,
        alias_bytes: targets.len() as u32,
        features: model.scales.len() as u32,
        weights: model.codes.len() as u32,
        weight_bytes: model.numbers.len() as u32,
        least: model.least.to_bits(),
        step: model.step.to_bits(),
        scale: *scale,
    };
    let mut out = Vec::new();
    header.write(&mut out);
    // Measured on the index itself (`breadth.rs`).
    let breadths = vec![0u8; docs.len()];
    let parts = [&doc_lengths, &breadths, &term_lengths, &telling, &postings, &strengths, &alias_lengths, &targets];
    parts
        .into_iter()
        .chain([&model.priors, &model.scales, &model.numbers, &model.codes, &texts])
        .for_each(|part| out.extend(part));
    out
}

/// Writes the texts of the documents and gives their lengths.
fn write_docs(docs: &[&Doc], lexicon: &Lexicon, texts: &mut Vec<u8>) -> Vec<u8> {
    let mut lengths = Vec::new();
    for doc in docs {
        let places = doc.places.iter().filter(|place| place.starts_with(PLACE)).cloned();
        let products = doc.products.iter().map(|product| [PRODUCT, product].concat());
        let plain = is_plain(&doc.title, lexicon).then(|| String::from(PLAIN));
        let tags: Vec<String> = places.chain(products).filter(|tag| !tag.contains('\n')).chain(plain).collect();
        for text in [doc.id.as_str(), &doc.title, &lead(&doc.body), &tags.join("\n")] {
            let length = push_text(text, usize::from(u16::MAX), texts) as u16;
            lengths.extend(length.to_le_bytes());
        }
    }
    lengths
}

/// Whether a title has words, and none that says something by itself.
fn is_plain(title: &str, lexicon: &Lexicon) -> bool {
    let is_told = |word: &str| {
        let found = lexicon.terms.binary_search_by(|term| term.text.as_str().cmp(word)).ok();
        found.and_then(|number| lexicon.terms.get(number)).is_none_or(|term| term.telling >= TELLING)
    };
    let words = words_with(title, lexicon.accents);
    !words.is_empty() && !words.iter().any(|word| is_told(&word.folded))
}

/// Appends the longest beginning of a text that fits, and gives its length.
fn push_text(text: &str, limit: usize, texts: &mut Vec<u8>) -> usize {
    let kept = text.get(..text.floor_char_boundary(limit.min(text.len()))).unwrap_or("");
    texts.extend(kept.as_bytes());
    kept.len()
}

/// Appends how many numbers there are, and each as the distance from the one before.
fn push_ascending(numbers: impl ExactSizeIterator<Item = u32>, out: &mut Vec<u8>) {
    push_number(numbers.len() as u32, out);
    let mut before = 0;
    for number in numbers {
        push_number(number - before, out);
        before = number;
    }
}

fn strength_code(strength: f32) -> u8 {
    ((f32::from(STRENGTHS) + 1.0) * strength).floor().clamp(0.0, f32::from(STRENGTHS)) as u8
}

/// The part of a body that travels: its beginning up to a whole word.
fn lead(body: &str) -> String {
    let end = body.char_indices().nth(LEAD_CHARS).map_or(body.len(), |(cut, _)| cut).min(LEAD_BYTES);
    let kept = body.get(..body.floor_char_boundary(end)).unwrap_or(body);
    if kept.len() == body.len() {
        return String::from(body);
    }
    let whole = kept.rfind(' ').filter(|space| *space > 0).and_then(|space| kept.get(..space)).unwrap_or(kept);
    [whole, "…"].concat()
}
