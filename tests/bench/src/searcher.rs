//! What every engine has to do to be measured, ours or a rival.

use std::time::Duration;

/// A document that was found. Engines that only order give no score.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub id: String,
    pub score: Option<f64>,
}

/// An engine with a set's documents in it. An error is a text for the person at the terminal.
pub trait Searcher {
    /// What it is called in tables.
    fn name(&self) -> &str;
    /// What making and carrying the index costs.
    fn index(&self) -> IndexCost;
    /// Whether a score is the chance that the document is right.
    fn scores_are_confidences(&self) -> bool;
    /// The best ten for a text by itself.
    fn search(&mut self, text: &str) -> Result<Vec<Hit>, String>;
    /// Forgets what was typed before: the next key begins another question.
    fn start_question(&mut self);
    /// What is shown after a key, and how long the engine took for it. `text` is all that is typed so far.
    fn key(&mut self, text: &str) -> Result<(Vec<Hit>, Duration), String>;
}

/// What an index costs.
#[derive(Debug, Clone, Copy, Default)]
pub struct IndexCost {
    /// As it travels.
    pub bytes: usize,
    /// After gzip -9.
    pub gzip: usize,
    pub compile_ms: f64,
}

/// A time in milliseconds, as reports have it.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
