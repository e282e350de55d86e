//! What a site owner decides about the assistant.

use super::PeopleFirst;
use serde::{Deserialize, Serialize};

/// The rules of a workspace's assistant. What is left out is as `default` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// From how many per cent of certainty on it gives a curated answer.
    pub answer_at: u8,
    /// From how many per cent on it offers an article.
    pub offer_at: u8,
    /// How many articles it offers at once.
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

/// An answer is said as if it were right, so the search must be rather sure of it.
const ANSWER_AT: u8 = 75;
/// A suggestion is only offered, so a fair chance is enough.
const OFFER_AT: u8 = 45;
/// What fits on a phone beside the question, and as many as people read.
const SUGGESTIONS: u8 = 3;

impl Default for Rules {
    fn default() -> Self {
        Self {
            answer_at: ANSWER_AT,
            offer_at: OFFER_AT,
            suggestions: SUGGESTIONS,
            nothing_found: NothingFound::Ask,
            people_first: PeopleFirst::default(),
        }
    }
}

impl Rules {
    pub(super) fn sure_enough_to_answer(&self, confidence: f32) -> bool {
        confidence * 100.0 >= f32::from(self.answer_at)
    }

    pub(super) fn sure_enough_to_offer(&self, confidence: f32) -> bool {
        confidence * 100.0 >= f32::from(self.offer_at)
    }
}
