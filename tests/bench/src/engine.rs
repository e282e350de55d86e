//! Our engine, seen from here. Nothing else in this crate knows its interface.

use crate::rank::LISTED;
use shared::matching::{Hit, Index, Query, Suggester};

#[cfg(not(target_arch = "wasm32"))]
pub use compiling::{compile, filtered};

/// An opened index, and what the panel keeps while a question is typed.
pub struct Engine {
    index: Index<Vec<u8>>,
    suggester: Suggester,
}

impl Engine {
    /// Opens an index; an error says what is wrong with the bytes.
    pub fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let index = Index::open(bytes).map_err(|error| error.to_string())?;
        Ok(Self { index, suggester: Suggester::unreserved() })
    }

    /// Forgets what was shown for the question before.
    pub fn start_question(&mut self) {
        self.suggester.clear();
    }

    /// What is shown after a key, each with its confidence, best first. `text` is all that is typed so far.
    pub fn key(&mut self, text: &str) -> Vec<(String, f64)> {
        self.suggester.found(self.find(text, Suggester::LOOK_AT));
        self.suggester.hits().iter().map(judged).collect()
    }

    /// The first ten for a text by itself.
    pub fn search(&self, text: &str) -> Vec<(String, f64)> {
        self.find(text, LISTED).iter().map(judged).collect()
    }

    fn find(&self, text: &str, limit: usize) -> Vec<Hit> {
        self.index.search(&Query { text, limit, ..Query::default() })
    }
}

fn judged(hit: &Hit) -> (String, f64) {
    (hit.id.clone(), f64::from(hit.confidence))
}

#[cfg(not(target_arch = "wasm32"))]
mod compiling {
    use crate::set::Doc;
    use shared::matching::Corpus;
    use shared::turns::{Turns, at_once};
    use shared::written::{Budget, Proposal, judged, with_kept};

    /// The index of these documents, as it travels. `lang` is their language.
    pub fn compile(docs: &[Doc], lang: &str) -> Vec<u8> {
        let docs: Vec<shared::matching::Doc> = docs.iter().map(as_compiled).collect();
        shared::matching::compile(&Corpus { locale: lang, docs: &docs, audience: &[] })
    }

    /// The documents with those of the proposals that the engine keeps.
    pub fn filtered(docs: &[Doc], lang: &str, proposals: &[Proposal]) -> Vec<Doc> {
        let alone: Vec<shared::matching::Doc> = docs.iter().map(as_compiled).collect();
        let verdicts = at_once(judged(&alone, proposals, lang, Budget::default(), &Turns::none()));
        let kept = with_kept(&alone, proposals, &verdicts, lang).into_iter();
        let with = |(doc, kept): (&Doc, shared::matching::Doc)| Doc {
            examples: kept.examples,
            keywords: kept.keywords,
            ..doc.clone()
        };
        docs.iter().zip(kept).map(with).collect()
    }

    fn as_compiled(doc: &Doc) -> shared::matching::Doc {
        shared::matching::Doc {
            id: doc.id.clone(),
            title: doc.title.clone(),
            examples: doc.examples.clone(),
            keywords: doc.keywords.clone(),
            body: doc.body.clone(),
            ..Default::default()
        }
    }
}
