//! Makes the binary index of a set of documents. The same documents give the same bytes.

mod beginnings;
mod calibrate;
mod cohesion;
mod common;
mod held_out;
mod lexicon;
mod pack;
mod roots;
mod thesaurus;
mod train;
mod write;

use super::confidence::Scale;
use lexicon::Lexicon;

/// What is compiled: an article, or a curated answer with its example questions.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Its slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The headings inside it.
    pub headings: Vec<String>,
    /// Other words that people use for it.
    pub keywords: Vec<String>,
    /// Questions that it answers, as people ask them.
    pub examples: Vec<String>,
    /// Its text without marks.
    pub body: String,
    /// Beginnings of the paths of pages that it belongs to, each with its slash, such as `/cart`.
    pub places: Vec<String>,
    /// Products that it is about.
    pub products: Vec<String>,
    /// Who may see it; everybody if empty.
    pub audience: Vec<String>,
}

/// Documents of one language for one audience.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// The language tag.
    pub locale: &'a str,
    /// The documents, in the order in which equals are given.
    pub docs: &'a [Doc],
    /// The audiences that the reader belongs to. A document for others is not in the bytes at all.
    pub audience: &'a [String],
}

/// Posting lists could name more, but nobody has as many help pages.
const MAX_DOCS: usize = 65_535;

/// Compiles a corpus to an index; documents past the 65,535th are left out.
pub fn compile(corpus: &Corpus<'_>) -> Vec<u8> {
    let may_see = |doc: &&Doc| doc.audience.is_empty() || doc.audience.iter().any(|one| corpus.audience.contains(one));
    let docs: Vec<&Doc> = corpus.docs.iter().filter(may_see).take(MAX_DOCS).collect();
    write(&docs, corpus.locale, &calibrate::scale(&docs, corpus.locale))
}

/// The index of these documents, with judges that are weighed like this.
fn write(docs: &[&Doc], locale: &str, scale: &Scale) -> Vec<u8> {
    let lexicon = Lexicon::of(docs, locale);
    let model = train::train(docs).map(|trained| pack::pack(&trained));
    write::write(docs, &lexicon, model.as_ref(), scale)
}
