//! The binary index.
//!
//! Little-endian, and without a single offset: those would be most of what travels, and `open` finds them by adding up.
//! Magic `BFI2`; u32 number of documents, u32 number of terms, f32 weight of the most telling term. Then, per document,
//! u16 lengths of its id, title and body. Per term, in the order of their bytes: u8 length, u8 weight (255 is the most
//! telling), u16 number of postings. Then the texts of the documents, the texts of the terms, the u16 documents of all
//! postings, and the u8 strengths of all postings.

use std::fmt;

pub(crate) const MAGIC: [u8; 4] = *b"BFI2";
const DOC_BYTES: usize = 6;
const TERM_BYTES: usize = 4;

/// The bytes are not an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenError;

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a search index of this version")
    }
}

impl std::error::Error for OpenError {}

/// An index over bytes that stay where they are.
pub struct Index<B> {
    bytes: B,
    top_weight: f32,
    /// Per document where its id, title and body begin, and where the body ends.
    docs: Vec<[u32; 4]>,
    terms: Vec<Entry>,
    strengths: u32,
    postings: u32,
}

/// Where a term lies.
struct Entry {
    text: u32,
    length: u8,
    weight: u8,
    count: u16,
    /// The number of its first posting among all.
    first: u32,
}

/// A term of the dictionary.
pub(crate) struct Term<'a> {
    pub(crate) text: &'a str,
    /// How telling the word is: its inverse document frequency.
    pub(crate) weight: f32,
    docs: &'a [u8],
    strengths: &'a [u8],
}

impl Term<'_> {
    /// The documents that hold the term, and how strongly, from 0 to 1.
    pub(crate) fn postings(&self) -> impl Iterator<Item = (u16, f32)> {
        self.docs.chunks_exact(2).zip(self.strengths).filter_map(|(doc, strength)| match doc {
            [low, high] => Some((u16::from_le_bytes([*low, *high]), f32::from(*strength) / 255.0)),
            _ => None,
        })
    }
}

impl<B: AsRef<[u8]>> Index<B> {
    /// Takes the bytes after adding up where everything lies: the sum has to be exactly their length.
    pub fn open(bytes: B) -> Result<Self, OpenError> {
        let all = bytes.as_ref();
        let mut reader = Reader { all, at: 0 };
        if reader.take(MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err(OpenError);
        }
        let (docs, terms, top_weight, postings, strengths) = layout(&mut reader).ok_or(OpenError)?;
        Ok(Self { bytes, top_weight, docs, terms, strengths, postings })
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.docs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// The document's id, title and body; empty where there is none, or where the bytes are damaged.
    pub(crate) fn doc(&self, doc: u16) -> [&str; 3] {
        match self.docs.get(usize::from(doc)) {
            Some([id, title, body, end]) => [self.text(*id, *title), self.text(*title, *body), self.text(*body, *end)],
            None => ["", "", ""],
        }
    }

    /// The title of the document with this id.
    pub fn title(&self, id: &str) -> Option<&str> {
        let all = (0..self.docs.len()).filter_map(|doc| u16::try_from(doc).ok()).map(|doc| self.doc(doc));
        all.into_iter().find(|[this, _, _]| *this == id).map(|[_, title, _]| title)
    }

    pub(crate) fn term_count(&self) -> usize {
        self.terms.len()
    }

    pub(crate) fn term(&self, number: usize) -> Option<Term<'_>> {
        let entry = self.terms.get(number)?;
        let all = self.bytes.as_ref();
        let (first, count) = (entry.first as usize, usize::from(entry.count));
        let docs = self.postings as usize + 2 * first;
        let strengths = self.strengths as usize + first;
        Some(Term {
            text: self.text(entry.text, entry.text + u32::from(entry.length)),
            weight: self.top_weight * f32::from(entry.weight) / 255.0,
            docs: all.get(docs..docs + 2 * count)?,
            strengths: all.get(strengths..strengths + count)?,
        })
    }

    /// The number of the first term that is not before `prefix`.
    pub(crate) fn first_at_or_after(&self, prefix: &str) -> usize {
        self.terms.partition_point(|entry| self.text(entry.text, entry.text + u32::from(entry.length)) < prefix)
    }

    fn text(&self, from: u32, to: u32) -> &str {
        let part = self.bytes.as_ref().get(from as usize..to as usize);
        part.and_then(|part| std::str::from_utf8(part).ok()).unwrap_or("")
    }
}

type Layout = (Vec<[u32; 4]>, Vec<Entry>, f32, u32, u32);

/// Reads the tables and adds up where everything lies; none if that is not exactly the bytes' length.
fn layout(reader: &mut Reader<'_>) -> Option<Layout> {
    let (doc_count, term_count) = (reader.u32()? as usize, reader.u32()? as usize);
    let top_weight = f32::from_bits(reader.u32()?);
    let doc_table = reader.take(doc_count.checked_mul(DOC_BYTES)?)?;
    let term_table = reader.take(term_count.checked_mul(TERM_BYTES)?)?;
    let mut at = u32::try_from(reader.at).ok()?;
    let mut docs = Vec::with_capacity(doc_count);
    for entry in doc_table.chunks_exact(DOC_BYTES) {
        let [a, b, c, d, e, f] = entry else { return None };
        let title = at.checked_add(u32::from(u16::from_le_bytes([*a, *b])))?;
        let body = title.checked_add(u32::from(u16::from_le_bytes([*c, *d])))?;
        let end = body.checked_add(u32::from(u16::from_le_bytes([*e, *f])))?;
        docs.push([at, title, body, end]);
        at = end;
    }
    let mut terms = Vec::with_capacity(term_count);
    let mut first: u32 = 0;
    for entry in term_table.chunks_exact(TERM_BYTES) {
        let [length, weight, low, high] = entry else { return None };
        let count = u16::from_le_bytes([*low, *high]);
        terms.push(Entry { text: at, length: *length, weight: *weight, count, first });
        at = at.checked_add(u32::from(*length))?;
        first = first.checked_add(u32::from(count))?;
    }
    let strengths = at.checked_add(first.checked_mul(2)?)?;
    let end = strengths.checked_add(first)?;
    (top_weight.is_finite() && end as usize == reader.all.len()).then_some((docs, terms, top_weight, at, strengths))
}

/// Takes bytes from the front.
struct Reader<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.all.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
}
