//! Our engine on this machine's own processor.

use crate::engine::{Engine, compile};
use crate::searcher::{Hit, IndexCost, Searcher, milliseconds};
use crate::set::Doc;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::time::{Duration, Instant};

/// An engine that holds a set's documents.
pub struct Ours {
    engine: Engine,
    index: IndexCost,
}

impl Ours {
    /// Compiles and opens an index of these documents.
    pub fn new(docs: &[Doc], lang: &str) -> Result<Self, String> {
        let started = Instant::now();
        let bytes = compile(docs, lang);
        let compile_ms = milliseconds(started.elapsed());
        let index = IndexCost { bytes: bytes.len(), gzip: gzip(&bytes)?.len(), compile_ms };
        Ok(Self { engine: Engine::open(bytes)?, index })
    }
}

impl Searcher for Ours {
    fn name(&self) -> &str {
        "Beforehand"
    }

    fn index(&self) -> IndexCost {
        self.index
    }

    fn scores_are_confidences(&self) -> bool {
        true
    }

    fn search(&mut self, text: &str) -> Result<Vec<Hit>, String> {
        Ok(hits(self.engine.search(text)))
    }

    fn start_question(&mut self) {
        self.engine.start_question();
    }

    fn key(&mut self, text: &str) -> Result<(Vec<Hit>, Duration), String> {
        let started = Instant::now();
        let found = self.engine.key(text);
        let took = started.elapsed();
        Ok((hits(found), took))
    }
}

fn hits(found: Vec<(String, f64)>) -> Vec<Hit> {
    found.into_iter().map(|(id, confidence)| Hit { id, score: Some(confidence) }).collect()
}

/// As `gzip -9` does.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| error.to_string())
}
