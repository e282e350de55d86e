//! Our engine, seen from here. Nothing else in this crate knows its interface.

use shared::matching::{Index, Query};

use crate::rank::{LISTED, SHOWN};

#[cfg(not(target_arch = "wasm32"))]
pub use compiling::compile;

/// An opened index, and what the panel keeps while a question is typed.
pub struct Engine {
    index: Index<Vec<u8>>,
}

impl Engine {
    /// Opens an index; an error says what is wrong with the bytes.
    pub fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let index = Index::open(bytes).map_err(|error| error.to_string())?;
        Ok(Self { index })
    }

    /// Forgets what was shown for the question before.
    pub fn start_question(&mut self) {}

    /// What is shown after a key, each with its confidence, best first. `text` is all that is typed so far.
    pub fn key(&mut self, text: &str) -> Vec<(String, f64)> {
        self.find(text, SHOWN)
    }

    /// The first ten for a text by itself.
    pub fn search(&self, text: &str) -> Vec<(String, f64)> {
        self.find(text, LISTED)
    }

    fn find(&self, text: &str, limit: usize) -> Vec<(String, f64)> {
        let hits = self.index.search(&Query { text, exclude: &[], limit });
        hits.into_iter().map(|hit| (hit.id, f64::from(hit.confidence))).collect()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod compiling {
    use crate::set::Doc;

    /// The index of these documents, as it travels. `_lang` is their language.
    pub fn compile(docs: &[Doc], _lang: &str) -> Vec<u8> {
        let docs: Vec<shared::matching::Doc> = docs
            .iter()
            .map(|doc| shared::matching::Doc {
                id: doc.id.clone(),
                title: doc.title.clone(),
                keywords: doc.examples.clone(),
                body: doc.body.clone(),
                ..Default::default()
            })
            .collect();
        shared::matching::compile(&docs)
    }
}
