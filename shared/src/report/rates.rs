//! What is read from the sums.

use super::counters::{Counters, Funnel};
use super::rate::Rate;
use crate::deadlines::Kind;
use crate::routing::Priority;
use serde::{Deserialize, Serialize};

/// The automated resolution rate with its split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roar {
    /// All that was solved without a person and stayed so, of all questions.
    pub all: Rate,
    /// Of it, by suggestions.
    pub suggestions: Rate,
    /// Of it, by curated answers.
    pub answers: Rate,
    /// Of it, by flows.
    pub flows: Rate,
}

impl Counters {
    /// What was solved without a person. A conversation that was reopened is taken off again.
    pub fn roar(&self) -> Roar {
        let rate = |part: u64| Rate { part, whole: self.asked };
        let suggestions = self.solved.suggestion.saturating_sub(self.reopened.suggestion);
        let answers = self.solved.answer.saturating_sub(self.reopened.answer);
        let flows = self.solved.flow.saturating_sub(self.reopened.flow);
        Roar {
            all: rate(suggestions.saturating_add(answers).saturating_add(flows)),
            suggestions: rate(suggestions),
            answers: rate(answers),
            flows: rate(flows),
        }
    }

    /// The conversations that stayed where they were given to first, of those that somebody has looked at: the others may be wrong
    /// still.
    pub fn first_try_routing(&self) -> Rate {
        Rate { part: self.looked_at.saturating_sub(self.looked_wrong), whole: self.looked_at }
    }

    /// The promises kept.
    pub fn kept(&self, priority: Priority, kind: Kind) -> Rate {
        let sums = match kind {
            Kind::First => &self.first_kept,
            Kind::Next => &self.next_kept,
        };
        let sum = sums.get(&priority).copied().unwrap_or_default();
        Rate { part: sum.kept, whole: sum.kept.saturating_add(sum.broken) }
    }

    /// The way of all suggestions.
    pub fn funnel(&self) -> Funnel {
        let mut sum = Funnel::default();
        self.suggestions.values().for_each(|funnel| sum.merge(funnel));
        sum
    }
}
