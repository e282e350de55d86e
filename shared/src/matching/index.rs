//! An opened index: where everything lies in bytes that stay where they are.

use super::bytes::{Cursor, partition, skip_ascending};
use super::confidence::Scale;
use super::format::{DOC_BYTES, Header, take_number};
use super::letters::Letters;
use super::model::Model;
use super::text::Accents;
use std::fmt;
use std::ops::Range;

/// The bytes are not an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenError;

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a search index of this version")
    }
}

impl std::error::Error for OpenError {}

/// An index over bytes that stay where they are. Beside them it holds twenty bytes a term, and a few a document.
pub struct Index<B> {
    bytes: B,
    /// Per document where its id, title, lead and tags begin, and where the tags end.
    docs: Vec<[u32; 5]>,
    terms: Vec<Entry>,
    aliases: Vec<Alias>,
    /// How broad each document is, a byte each.
    breadths: Range<usize>,
    /// The telling share of each term, a byte each.
    telling: Range<usize>,
    /// The strengths of all postings, a byte each.
    strengths: Range<usize>,
    accents: Accents,
    pub(crate) model: Option<Model>,
    pub(crate) scale: Scale,
}

/// Where a term lies.
struct Entry {
    text: u32,
    /// Where its postings begin.
    postings: u32,
    /// The number of its first posting among all.
    first: u32,
    /// The letters in it, so that most terms are known not to be near without a look at them.
    letters: Letters,
}

/// Where an alias lies.
struct Alias {
    text: u32,
    /// Where the number of its targets stands, and behind it the targets.
    targets: u32,
}

/// A term of the dictionary.
pub(crate) struct Term<'a> {
    postings: &'a [u8],
    strengths: &'a [u8],
}

impl Term<'_> {
    /// The documents that hold the term, and how strongly, from 0 to 1.
    pub(crate) fn postings(&self) -> impl Iterator<Item = (usize, f32)> {
        let mut rest = self.postings;
        let mut doc = 0;
        self.strengths.iter().map_while(move |strength| {
            doc += take_number(&mut rest)?;
            Some((doc as usize, (f32::from(*strength) + 0.5) / (f32::from(super::format::STRENGTHS) + 1.0)))
        })
    }
}

impl<B: AsRef<[u8]>> Index<B> {
    /// Takes the bytes after adding up where everything lies: the sum has to be exactly their length, and every number
    /// has to name something that is there.
    pub fn open(bytes: B) -> Result<Self, OpenError> {
        let layout = lay_out(bytes.as_ref()).ok_or(OpenError)?;
        let Layout { docs, terms, aliases, breadths, telling, strengths, accents, model, scale } = layout;
        Ok(Self { bytes, docs, terms, aliases, breadths, telling, strengths, accents, model, scale })
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.docs.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// The title of the document with this id.
    pub fn title(&self, id: &str) -> Option<&str> {
        (0..self.len()).find(|number| self.doc_id(*number) == id).map(|number| self.doc_title(number))
    }

    /// How its terms have their accents.
    pub(crate) fn accents(&self) -> Accents {
        self.accents
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    pub(crate) fn doc_id(&self, number: usize) -> &str {
        self.doc_part(number, 0)
    }

    pub(crate) fn doc_title(&self, number: usize) -> &str {
        self.doc_part(number, 1)
    }

    /// The beginning of a document's text.
    pub(crate) fn doc_lead(&self, number: usize) -> &str {
        self.doc_part(number, 2)
    }

    /// What a document belongs to, a line each.
    pub(crate) fn doc_tags(&self, number: usize) -> &str {
        self.doc_part(number, 3)
    }

    fn doc_part(&self, number: usize, part: usize) -> &str {
        match self.docs.get(number).and_then(|bounds| bounds.get(part..part + 2)) {
            Some([start, end]) => self.text(*start, *end),
            _ => "",
        }
    }

    /// What each document has of any question, beyond what most have, from 0 to 1.
    pub(crate) fn breadths(&self) -> impl Iterator<Item = f32> {
        let bytes = self.bytes().get(self.breadths.clone()).unwrap_or_default();
        bytes.iter().map(|byte| f32::from(*byte) / 255.0)
    }

    pub(crate) fn term_count(&self) -> usize {
        self.terms.len().saturating_sub(1)
    }

    /// The text of a term; empty past the end.
    pub(crate) fn term_text(&self, number: usize) -> &str {
        match self.terms.get(number..number.saturating_add(2)) {
            Some([entry, next]) => self.text(entry.text, next.text),
            _ => "",
        }
    }

    /// The same as bytes, which cost no look at whether they are a text.
    pub(crate) fn term_bytes(&self, number: usize) -> &[u8] {
        match self.terms.get(number..number.saturating_add(2)) {
            Some([entry, next]) => self.bytes().get(entry.text as usize..next.text as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The letters in each term, in order.
    pub(crate) fn letters(&self) -> impl Iterator<Item = &Letters> {
        self.terms.iter().take(self.term_count()).map(|entry| &entry.letters)
    }

    /// How much of its weight a term keeps that is common in the language at large, from 0 to 1.
    pub(crate) fn term_telling(&self, number: usize) -> f32 {
        let telling = self.bytes().get(self.telling.clone()).and_then(|all| all.get(number));
        f32::from(telling.copied().unwrap_or(u8::MAX)) / 255.0
    }

    pub(crate) fn term(&self, number: usize) -> Option<Term<'_>> {
        let [entry, next] = self.terms.get(number..number.checked_add(2)?)? else { return None };
        Some(Term {
            postings: self.bytes().get(entry.postings as usize..next.postings as usize)?,
            strengths: self.bytes().get(self.strengths.clone())?.get(entry.first as usize..next.first as usize)?,
        })
    }

    /// The first term that is not before a text.
    pub(crate) fn first_at_or_after(&self, text: &str) -> usize {
        partition(self.term_count(), |number| self.term_bytes(number) < text.as_bytes())
    }

    /// The number of the term that is a text.
    pub(crate) fn number(&self, text: &str) -> Option<usize> {
        let is_it = |number: &usize| !text.is_empty() && self.term_bytes(*number) == text.as_bytes();
        Some(self.first_at_or_after(text)).filter(is_it)
    }

    /// Whether any document has a term.
    pub(crate) fn has_postings(&self, number: usize) -> bool {
        self.term(number).is_some_and(|term| !term.strengths.is_empty())
    }

    /// Whether one document has both terms.
    pub(crate) fn have_both(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.term(one), self.term(other)) else { return false };
        let mut others = other.postings().map(|(doc, _)| doc).peekable();
        one.postings().any(|(doc, _)| {
            while others.next_if(|other| *other < doc).is_some() {}
            others.peek() == Some(&doc)
        })
    }

    /// The terms that mean the same as a word or as the word that it is a form of: the alias may lack up to `ending`
    /// bytes of the word's end.
    pub(crate) fn alias(&self, word: &str, ending: usize) -> impl Iterator<Item = usize> {
        let count = self.aliases.len().saturating_sub(1);
        let after = partition(count, |number| self.alias_text(number) <= word);
        let fits = |number: &usize| {
            let alias = self.alias_text(*number);
            let ending = if alias.len() <= SHORT_ALIAS { ending.min(1) } else { ending };
            word.starts_with(alias) && word.len() - alias.len() <= ending
        };
        let found = after.checked_sub(1).filter(fits);
        let targets = found.and_then(|number| match self.aliases.get(number..number + 2) {
            Some([alias, next]) => self.bytes().get(alias.targets as usize..next.targets as usize),
            _ => None,
        });
        let mut rest = targets.unwrap_or_default();
        let count = take_number(&mut rest).unwrap_or(0);
        let mut term = 0;
        (0..count).map_while(move |_| {
            term += take_number(&mut rest)?;
            Some(term as usize)
        })
    }

    /// A beginning that words take here, by number; the first is the empty one. They are the aliases that begin with a hyphen,
    /// which no word does.
    pub(crate) fn beginning(&self, number: usize) -> Option<&str> {
        self.alias_text(number).strip_prefix(BEGINNING)
    }

    fn alias_text(&self, number: usize) -> &str {
        match self.aliases.get(number..number.saturating_add(2)) {
            Some([alias, next]) => self.text(alias.text, next.text),
            _ => "",
        }
    }

    fn text(&self, start: u32, end: u32) -> &str {
        self.bytes().get(start as usize..end as usize).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or("")
    }
}

/// Behind an alias of so few bytes more than one letter is no ending: "age" is no "agent".
const SHORT_ALIAS: usize = 3;

/// What marks an alias as the beginning of words.
pub(crate) const BEGINNING: &str = "-";

struct Layout {
    docs: Vec<[u32; 5]>,
    terms: Vec<Entry>,
    aliases: Vec<Alias>,
    breadths: Range<usize>,
    telling: Range<usize>,
    strengths: Range<usize>,
    accents: Accents,
    model: Option<Model>,
    scale: Scale,
}

/// Adds up where everything lies; none if the sums do not fit the bytes.
fn lay_out(all: &[u8]) -> Option<Layout> {
    let header = Header::read(all)?;
    u32::try_from(all.len()).ok()?;
    let mut cursor = Cursor { at: Header::BYTES, all };
    let doc_lengths = cursor.take(header.docs.checked_mul(DOC_BYTES)?)?;
    let breadths = cursor.range(header.docs)?;
    let term_lengths = cursor.take(header.terms)?;
    let telling = cursor.range(header.terms)?;
    let postings_at = cursor.at;
    let mut postings = cursor.take(header.posting_bytes)?;
    let strengths = cursor.range(header.postings)?;
    let alias_lengths = cursor.take(header.aliases)?;
    let targets_at = cursor.at;
    let mut targets = cursor.take(header.alias_bytes)?;
    let model = Model::lay_out(&header, &mut cursor)?;

    let mut text = cursor.at as u32;
    let mut docs = Vec::with_capacity(header.docs as usize);
    for lengths in doc_lengths.chunks_exact(DOC_BYTES as usize) {
        let mut bounds = [text; 5];
        for (bound, length) in bounds.iter_mut().skip(1).zip(lengths.chunks_exact(2)) {
            text = text.checked_add(u32::from(u16::from_le_bytes(length.try_into().ok()?)))?;
            *bound = text;
        }
        docs.push(bounds);
    }
    let mut terms = Vec::with_capacity(term_lengths.len() + 1);
    let mut first = 0;
    let mut accents = Accents::Folded;
    for length in term_lengths {
        let end = text.checked_add(u32::from(*length))?;
        let term = std::str::from_utf8(all.get(text as usize..end as usize)?).ok()?;
        let letters = Letters::of(term);
        if Accents::of_term(term) == Accents::Kept {
            accents = Accents::Kept;
        }
        let count = take_number(&mut postings)?;
        let at = (end_of(postings_at, header.posting_bytes)? - postings.len()) as u32;
        skip_ascending(&mut postings, count, header.docs)?;
        terms.push(Entry { text, postings: at, first, letters });
        text = end;
        first = first.checked_add(count)?;
    }
    terms.push(Entry {
        text,
        postings: (postings_at as u32).checked_add(header.posting_bytes)?,
        first,
        letters: Letters::of(""),
    });
    let mut aliases = Vec::with_capacity(alias_lengths.len() + 1);
    for length in alias_lengths {
        let begins = (end_of(targets_at, header.alias_bytes)? - targets.len()) as u32;
        let count = take_number(&mut targets)?;
        aliases.push(Alias { text, targets: begins });
        skip_ascending(&mut targets, count, header.terms)?;
        text = text.checked_add(u32::from(*length))?;
    }
    aliases.push(Alias { text, targets: (targets_at as u32).checked_add(header.alias_bytes)? });

    let whole = postings.is_empty() && targets.is_empty() && first == header.postings && text as usize == all.len();
    whole.then_some(Layout { docs, terms, aliases, breadths, telling, strengths, accents, model, scale: header.scale })
}

/// The end of a stream that begins at `start`.
fn end_of(start: usize, bytes: u32) -> Option<usize> {
    start.checked_add(bytes as usize)
}
