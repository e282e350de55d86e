//! Which letters a word has, as bits: most words that are not near to another lack a letter of it.

/// The letters of a word, as far as a few bytes tell them.
pub(crate) struct Letters {
    /// A bit for each.
    pub(crate) all: u32,
    /// The numbers of the bits of the first and of the second; `NONE` past the end.
    pub(crate) begin: [u8; 2],
}

/// The number of no bit.
const NONE: u8 = u8::MAX;

impl Letters {
    pub(crate) fn of(word: &str) -> Self {
        let mut letters = Self { all: 0, begin: [NONE; 2] };
        for (place, c) in word.chars().enumerate() {
            letters.all |= letter_bit(c);
            if let Some(begin) = letters.begin.get_mut(place) {
                *begin = bit_number(c);
            }
        }
        letters
    }

    /// Whether one of the first two letters may be one of the other's first two.
    pub(crate) fn may_begin_like(&self, other: &Self) -> bool {
        let ([first, second], [other_first, other_second]) = (self.begin, other.begin);
        first == other_first || second == other_second || first == other_second
    }
}

/// The bit of a letter; letters of other scripts share them.
pub(crate) fn letter_bit(c: char) -> u32 {
    1 << bit_number(c)
}

fn bit_number(c: char) -> u8 {
    (u32::from(c) & 31) as u8
}
