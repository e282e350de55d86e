//! Which conversations have been answered lately: who is in one goes on where nobody new is let in.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// How many are remembered at least; twice as many at most. Each takes some sixty bytes.
const MANY: usize = 50_000;

/// Two generations of names: when one is full, the older is forgotten.
#[derive(Default)]
pub(crate) struct Known(Mutex<(BTreeSet<String>, BTreeSet<String>)>);

impl Known {
    /// Whether the conversation has been answered.
    pub(crate) fn has(&self, conversation: &str) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.0.contains(conversation) || known.1.contains(conversation)
    }

    /// It has been answered.
    pub(crate) fn add(&self, conversation: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.0.insert(conversation.to_owned());
        if known.0.len() >= MANY {
            known.1 = std::mem::take(&mut known.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_known_and_memory_has_an_end() {
        let known = Known::default();
        (0..3 * MANY + 10).for_each(|number| known.add(&number.to_string()));
        assert!(known.has(&(3 * MANY).to_string()) && known.has(&(2 * MANY + 20).to_string()) && !known.has("7"));
        let held = known.0.lock().unwrap();
        assert!(held.0.len() + held.1.len() <= 2 * MANY);
    }
}
