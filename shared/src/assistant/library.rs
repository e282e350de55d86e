//! What the assistant searches for a message: the published indexes of one language.

use crate::matching::{Hit, Index, KEEP, Query, Suggester};

/// The indexes of one language; none of what is not published in it.
pub struct Library<'a, B> {
    /// The language.
    pub locale: &'a str,
    /// The articles.
    pub articles: Option<&'a Index<B>>,
    /// The curated answers.
    pub answers: Option<&'a Index<B>>,
}

/// A message to search for, and where its visitor is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'a> {
    /// What the visitor wrote.
    pub text: &'a str,
    /// The path of the page where they wrote it.
    pub page: &'a str,
    /// The products that they use.
    pub products: &'a [String],
}

/// From how many articles the assistant chooses: more than it says at once, for it may have said some before.
const FOUND_ARTICLES: usize = 8;
/// From how many answers. The second best is for another question.
const FOUND_ANSWERS: usize = 1;

impl<B: AsRef<[u8]>> Library<'_, B> {
    /// The articles for a message, best first. Behind them, with no likelihood, is what only the unfinished last word finds:
    /// a visitor who sends half a word may mean what it has brought above the composer.
    pub fn articles(&self, sought: &Sought<'_>) -> Vec<Hit> {
        let mut hits = search(self.articles, sought, FOUND_ARTICLES);
        let open = query(sought.text, sought, Suggester::LOOK_AT);
        let typed = self.articles.map(|index| index.search(&open)).unwrap_or_default();
        for hit in typed {
            if hit.confidence >= KEEP && hits.iter().all(|other| other.id != hit.id) {
                hits.push(Hit { confidence: 0.0, ..hit });
            }
        }
        hits
    }

    /// The answers for a message, best first.
    pub fn answers(&self, sought: &Sought<'_>) -> Vec<Hit> {
        search(self.answers, sought, FOUND_ANSWERS)
    }
}

fn search<B: AsRef<[u8]>>(index: Option<&Index<B>>, sought: &Sought<'_>, limit: usize) -> Vec<Hit> {
    let text = closed(sought.text);
    index.map(|index| index.search(&query(&text, sought, limit))).unwrap_or_default()
}

/// What is asked of an index for a message, whose text is `closed`.
pub(super) fn query<'a>(closed: &'a str, sought: &Sought<'a>, limit: usize) -> Query<'a> {
    Query { text: closed, page: sought.page, products: sought.products, limit, ..Query::default() }
}

/// A message is finished: a space at the end closes its last word.
pub(super) fn closed(text: &str) -> String {
    [text, " "].concat()
}
