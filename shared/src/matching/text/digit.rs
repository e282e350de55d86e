//! The digits of other scripts.

/// Where ten digits in a row begin.
#[rustfmt::skip]
const ZEROS: [u16; 32] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xff10,
];

/// A digit as it is searched; none if the character is none. `٤` is 4.
pub(super) fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let value =
        ZEROS.into_iter().find_map(|zero| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits() {
        for (c, expected) in [
            ('7', Some('7')),
            ('٤', Some('4')),
            ('۹', Some('9')),
            ('३', Some('3')),
            ('๐', Some('0')),
            ('x', None),
            ('四', None),
        ] {
            assert_eq!(digit(c), expected, "{c}");
        }
    }
}
