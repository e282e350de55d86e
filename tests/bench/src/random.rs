//! Numbers that look random and are the same on every machine: xorshift64* (Vigna 2016, arXiv 1402.6246).

/// A seeded source.
pub struct Random(u64);

/// Spreads small seeds over all bits: the golden ratio as a fraction of 2^64, as in SplitMix.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
/// The published multiplier.
const MULTIPLIER: u64 = 0x2545_f491_4f6c_dd1d;

impl Random {
    pub fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_add(1).wrapping_mul(SPREAD) | 1);
        random.next();
        random
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        // The upper bits are the good ones.
        usize::try_from((self.next() >> 11) % bound).unwrap_or(0)
    }

    /// One of these; none of nothing.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let place = self.below(all.len());
        all.get(place).copied()
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(MULTIPLIER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_gives_others() {
        let ten = |seed| {
            let mut random = Random::new(seed);
            (0..10).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(ten(7), ten(7));
        assert_ne!(ten(7), ten(8));
    }

    #[test]
    fn every_number_below_the_bound_comes_about_equally_often() {
        let mut counts = [0; 4];
        for seed in 0..4000 {
            counts[Random::new(seed).below(4)] += 1;
        }
        assert!(counts.iter().all(|count| (850..1150).contains(count)), "{counts:?}");
    }

    #[test]
    fn nothing_has_no_one() {
        assert_eq!(Random::new(1).one_of::<char>(&[]), None);
    }
}
