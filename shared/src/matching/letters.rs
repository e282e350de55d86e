//! Which letters a word has, as bits: most words that are not near to another lack a letter of it.

/// A bit for each letter of a text; letters of other scripts share them.
pub(crate) fn letters_in(text: &str) -> u32 {
    text.chars().fold(0, |letters, c| letters | letter_bit(c))
}

/// The bit of a letter.
pub(crate) fn letter_bit(c: char) -> u32 {
    1 << (u32::from(c) & 31)
}
