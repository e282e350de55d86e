//! What is compiled.

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
