//! What a site owner decides about the assistant.

use super::people_first::PeopleFirst;
use crate::matching::{ANSWER, SUGGEST_SENT, SUGGEST_TYPING};
use crate::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

/// The rules of a workspace's assistant. A field that is left out is as `default` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// From how many per cent of certainty on it gives a curated answer.
    pub answer_at: u8,
    /// From how many per cent on it suggests an article. Published rules may also call it `offer_at`.
    #[serde(alias = "offer_at")]
    pub suggest_at: u8,
    /// From how many per cent on it suggests others beside that one.
    pub beside_at: u8,
    /// How many articles it suggests at once.
    pub suggestions: u8,
    /// What it does when nothing fits.
    pub nothing_found: NothingFound,
    /// What goes straight to people.
    pub people_first: PeopleFirst,
}

/// What the assistant does when nothing fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NothingFound {
    /// It says so once and offers a person. The clock hands off who does not answer.
    Ask,
    /// It hands off at once.
    HandOff,
}

/// What fits on a phone beside the question, and as many as people read.
const SUGGESTIONS: u8 = 3;

impl Default for Rules {
    fn default() -> Self {
        Self {
            answer_at: per_cent(ANSWER),
            suggest_at: per_cent(SUGGEST_SENT),
            beside_at: per_cent(SUGGEST_TYPING),
            suggestions: SUGGESTIONS,
            nothing_found: NothingFound::Ask,
            people_first: PeopleFirst::default(),
        }
    }
}

impl Rules {
    /// Everything that is wrong. Places are paths into the rules.
    pub fn problems(&self) -> Vec<Problem> {
        let shares = [("answer_at", self.answer_at), ("suggest_at", self.suggest_at), ("beside_at", self.beside_at)];
        let over = shares.into_iter().filter(|(_, share)| *share > 100);
        let problem = |(at, share): (&str, u8)| {
            Problem::new(
                ProblemCode::InvalidPercentage,
                at,
                format!("{share} is no percentage: 0 to 100 are possible."),
            )
        };
        over.map(problem).collect()
    }
}

/// Whether a search is as sure as a rule wants it. Both are whole per cents: 0.7 is not quite 70 hundredths.
pub(super) fn is_sure(confidence: f32, at: u8) -> bool {
    per_cent(confidence) >= at
}

/// A share as whole per cents.
pub(super) fn per_cent(share: f32) -> u8 {
    (share * 100.0).round() as u8
}
