//! Questions typed key by key, as the panel sees them.

use crate::cut::beginnings;
use crate::rank::rank;
use crate::replaced::share_replaced;
use crate::searcher::{Searcher, milliseconds};
use crate::set::Question;
use crate::typed::share_typed;

/// Counts of what a visitor sees while questions are typed.
#[derive(Debug, Default)]
pub struct Replay {
    /// Milliseconds for each key.
    pub times: Vec<f64>,
    /// For each question how much of it had to be typed.
    pub typed: Vec<f64>,
    /// For each key with suggestions before it, the share of them that it replaced.
    pub replaced: Vec<f64>,
}

/// Types every question from its first to its last character. The last word stays open.
pub fn replay(searcher: &mut dyn Searcher, questions: &[&Question]) -> Result<Replay, String> {
    let mut replay = Replay::default();
    for question in questions {
        searcher.start_question();
        let mut ranks = Vec::new();
        let mut before: Vec<String> = Vec::new();
        for text in beginnings(&question.text) {
            let (hits, took) = searcher.key(text)?;
            let ids: Vec<String> = hits.into_iter().map(|hit| hit.id).collect();
            replay.times.push(milliseconds(took));
            replay.replaced.extend(share_replaced(&before, &ids));
            ranks.push(rank(question, ids.iter().map(String::as_str)));
            before = ids;
        }
        replay.typed.push(share_typed(&ranks));
    }
    Ok(replay)
}
