//! Chance that can be had again: the same seed gives the same numbers.

/// A generator of numbers (xorshift64, G. Marsaglia, 2003).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        // Zero would give zeros for ever.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// True once in `times` times, by chance.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}
