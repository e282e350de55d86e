//! Random numbers for tests: the same seed, the same numbers.

/// Marsaglia's xorshift64 (Journal of Statistical Software 8/14, 2003).
pub(crate) struct Dice(u64);

impl Dice {
    /// Any seed will do: zero, from which nothing would come, is made another.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number under `end`, which is not zero.
    pub(crate) fn under(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    /// True once in this many times.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.under(times) == 0
    }

    /// One of the items, which are not none.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let place = self.under(items.len() as u64);
        &items[place as usize]
    }
}
