//! How fast one side of a conversation may go.

use crate::protocol::Millis;

/// A person who pastes several lines, or an outbox that is sent after a day offline, fits into this.
const BURST: u32 = 60;
/// One command is given back in this time: nobody types faster for long.
const REFILL_MS: Millis = 500;

/// A bucket of commands: each takes one, and time gives them back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    left: u32,
    at: Millis,
}

impl Pace {
    /// A full bucket.
    pub fn new(now: Millis) -> Self {
        Self { left: BURST, at: now }
    }

    /// Takes one command; false if the caller must wait.
    pub fn take(&mut self, now: Millis) -> bool {
        // A clock that stepped back gives nothing, and must not stop time until it has caught up.
        self.at = self.at.min(now);
        let refilled = (now - self.at) / REFILL_MS;
        if refilled > 0 {
            self.left = BURST.min(self.left.saturating_add(u32::try_from(refilled).unwrap_or(u32::MAX)));
            self.at += refilled * REFILL_MS;
        }
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let mut pace = Pace::new(1_000);
        assert!((0..BURST).all(|_| pace.take(1_000)));
        assert!(!pace.take(1_000));
        assert!(!pace.take(1_000 + REFILL_MS - 1));
        assert!(pace.take(1_000 + REFILL_MS));
        assert!(!pace.take(1_000 + REFILL_MS));
    }

    #[test]
    fn a_clock_that_steps_back_gives_nothing_and_stops_no_time() {
        for back in [1, 600_000, 24 * 3_600_000] {
            let right = 100 * 24 * 3_600_000;
            let mut pace = Pace::new(right);
            assert!((0..BURST).all(|_| pace.take(right)));
            assert!(!pace.take(right - back));
            assert!(pace.take(right - back + REFILL_MS), "{back}");
            assert!(!pace.take(right - back + REFILL_MS), "{back}");
        }
    }
}
