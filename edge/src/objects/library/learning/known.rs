//! Which words the documents of the site have. The index tells which ones may have it; these are read, since an index also takes one word
//! for another.

use super::super::kind::Kind;
use super::super::stored;
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::matching::{Accents, Index, Query, words_with};
use shared::readership::Reader;
use shared::richtext::{Block, plain_text};
use std::cell::RefCell;
use std::collections::BTreeMap;
use worker::Storage;

/// How many documents are read for a word: the index gives those first that have it.
const MOST_READ: usize = 3;

/// How many words are looked for with one telling; a further one counts as unknown, and is masked.
const MOST_WORDS: usize = 60;

/// The words of one language at a time, each looked for once.
#[derive(Default)]
pub(super) struct Known {
    locale: String,
    index: Option<Index<Vec<u8>>>,
    found: RefCell<BTreeMap<String, bool>>,
    failed: RefCell<Option<Failure>>,
}

#[derive(Deserialize)]
struct TextRow {
    title: String,
    blocks: String,
}

impl Known {
    /// Asks about this language from here on.
    pub(super) fn open(&mut self, storage: &Storage, locale: &str) -> Result<(), Failure> {
        if self.locale != locale {
            self.index = stored::open(storage, locale, Kind::Articles, &Reader::everybody())?;
            self.found.borrow_mut().clear();
            self.locale = String::from(locale);
        }
        Ok(())
    }

    /// Whether a document that everybody may read has a word. A word that cannot be looked up is not known.
    pub(super) fn has(&self, storage: &Storage, word: &str) -> bool {
        if let Some(known) = self.found.borrow().get(word) {
            return *known;
        }
        if self.found.borrow().len() >= MOST_WORDS {
            return false;
        }
        let known = self.look(storage, word).unwrap_or_else(|failure| {
            self.failed.replace(Some(failure));
            false
        });
        self.found.borrow_mut().insert(String::from(word), known);
        known
    }

    /// Whether everything could be looked up.
    pub(super) fn settle(&self) -> Result<(), Failure> {
        self.failed.take().map_or(Ok(()), Err)
    }

    fn look(&self, storage: &Storage, word: &str) -> Result<bool, Failure> {
        let Some(index) = &self.index else { return Ok(false) };
        let accents = Accents::of(&self.locale);
        let wanted: Vec<String> = words_with(word, accents).into_iter().map(|word| word.folded).collect();
        if wanted.is_empty() {
            return Ok(false);
        }
        let hits = index.search(&Query { text: &[word, " "].concat(), limit: MOST_READ, ..Query::default() });
        for hit in hits {
            let query = "SELECT title, blocks FROM articles WHERE locale = ? AND id = ?";
            let values = [self.locale.as_str(), &hit.id].map(Into::into).to_vec();
            let Some(row): Option<TextRow> = sql::one(storage, query, values)? else { continue };
            let blocks: Vec<Block> = serde_json::from_str(&row.blocks)?;
            let text = [row.title.as_str(), "\n", &plain_text(&blocks)].concat();
            let has: Vec<String> = words_with(&text, accents).into_iter().map(|word| word.folded).collect();
            if wanted.iter().all(|word| has.contains(word)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
