//! How long to wait before a connection is tried again.

/// A lost frame or a restart of the edge is over in less than this; people do not notice it.
const FIRST_MS: u32 = 400;
/// Nobody waits longer than this for a connection that works again, and a fleet of inboxes does not storm an edge.
const LONGEST_MS: u32 = 15_000;

/// The delay before try number `attempt`, counted from 0. `chance` is random in 0..1: half of the delay is spread by it, so
/// that all inboxes do not come back in the same moment.
pub(crate) fn delay(attempt: u32, chance: f64) -> u32 {
    let whole = FIRST_MS.saturating_mul(1 << attempt.min(10)).min(LONGEST_MS);
    let half = f64::from(whole) / 2.0;
    (half + half * chance.clamp(0.0, 1.0)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_a_limit_and_are_spread() {
        for (attempt, shortest, longest) in
            [(0, 200, 400), (1, 400, 800), (4, 3_200, 6_400), (9, 7_500, 15_000), (u32::MAX, 7_500, 15_000)]
        {
            assert_eq!((delay(attempt, 0.0), delay(attempt, 1.0)), (shortest, longest), "{attempt}");
        }
    }
}
