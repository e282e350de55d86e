//! Questions asked by themselves: in part, whole, and misspelt.

use crate::cut::cut;
use crate::rank::rank;
use crate::searcher::Searcher;
use crate::set::Question;
use crate::typing_error::{alphabet, misspelt};

/// The first question's seed; each has its own, so that a set's errors stay when questions are added behind.
const FIRST_SEED: u64 = 1000;

/// What came of one question.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Where the right document stands.
    pub rank: Option<usize>,
    /// The best document's score; negative infinity when nothing was found, none when the engine gives no scores.
    pub top: Option<f64>,
}

/// Asks the first `share` percent of every question.
pub fn ask(searcher: &mut dyn Searcher, questions: &[&Question], share: u8) -> Result<Vec<Answer>, String> {
    questions.iter().map(|question| answer(searcher, question, cut(&question.text, share))).collect()
}

/// Asks every question whole, with one typing error in it.
pub fn ask_misspelt(searcher: &mut dyn Searcher, questions: &[&Question]) -> Result<Vec<Answer>, String> {
    let alphabet = alphabet(questions.iter().map(|question| question.text.as_str()));
    let misspelt = |seed, question: &Question| misspelt(&question.text, seed, &alphabet);
    (FIRST_SEED..)
        .zip(questions)
        .map(|(seed, question)| answer(searcher, question, &misspelt(seed, question)))
        .collect()
}

fn answer(searcher: &mut dyn Searcher, question: &Question, text: &str) -> Result<Answer, String> {
    let hits = searcher.search(text)?;
    let rank = rank(question, hits.iter().map(|hit| hit.id.as_str()));
    let top = hits.first().map_or(Some(f64::NEG_INFINITY), |hit| hit.score);
    Ok(Answer { rank, top })
}
