//! What is a letter or a digit. The library's own tables weigh two kilobytes, since they list the letters; the signs of the scripts that
//! people write today are fewer.

/// Where signs are among characters of two bytes: the first and the last of each row. Characters that are not assigned may fall on either side.
#[rustfmt::skip]
const SIGNS: [u16; 172] = [
    0x80, 0xa9, 0xab, 0xb1, 0xb4, 0xb4, 0xb6, 0xb8, 0xbb, 0xbb, 0xbf, 0xbf, 0xd7, 0xd7, 0xf7, 0xf7, 0x2c2, 0x2c5, 0x2d2, 0x2df, 0x2e5, 0x2eb,
    0x2ed, 0x2ed, 0x2ef, 0x2ff, 0x37e, 0x37e, 0x384, 0x385, 0x387, 0x387, 0x3f6, 0x3f6, 0x482, 0x482, 0x55a, 0x55f, 0x589, 0x590,
    0x5be, 0x5be, 0x5c0, 0x5c0, 0x5c3, 0x5c3, 0x5c6, 0x5c6, 0x5f3, 0x60f, 0x61b, 0x61f, 0x66a, 0x66d, 0x6d4, 0x6d4, 0x6dd, 0x6de,
    0x6e9, 0x6e9, 0x6fd, 0x6fe, 0x700, 0x70f, 0x964, 0x965, 0x970, 0x970, 0x9f2, 0x9f3, 0x9fa, 0x9fb, 0xaf0, 0xaf1, 0xbf3, 0xbfa,
    0xc84, 0xc84, 0xd79, 0xd79, 0xdf4, 0xdf4, 0xe3f, 0xe3f, 0xe4f, 0xe4f, 0xe5a, 0xe5b, 0xf01, 0xf17, 0xf3a, 0xf3d,
    0x104a, 0x104f, 0x10fb, 0x10fb, 0x1360, 0x1368, 0x17d4, 0x17d6, 0x17d8, 0x17db, 0x1800, 0x180a, 0x1fbd, 0x1fbd, 0x1fbf, 0x1fc1,
    0x1fcd, 0x1fcf, 0x1fdd, 0x1fdf, 0x1fed, 0x1fef, 0x1ffd, 0x1ffe, 0x2000, 0x206f, 0x207a, 0x207e, 0x208a, 0x208e, 0x20a0, 0x20cf,
    0x2100, 0x2101, 0x2103, 0x2106, 0x2116, 0x2118, 0x211e, 0x2123, 0x2140, 0x2144, 0x2190, 0x245f, 0x2500, 0x2775, 0x2794, 0x2bff,
    0x2e00, 0x2e2e, 0x2e30, 0x3004, 0x3008, 0x3020, 0x3030, 0x3030, 0x309b, 0x309c, 0x30a0, 0x30a0, 0x30fb, 0x30fb, 0x4dc0, 0x4dff,
    0xe000, 0xf8ff, 0xfe10, 0xfe19, 0xfe30, 0xfe6b, 0xfeff, 0xff0f, 0xff1a, 0xff20, 0xff3b, 0xff40, 0xff5b, 0xff65, 0xffe0, 0xffff,
];

/// The pictures: beyond two bytes everything else of daily use is a letter.
const PICTURES: char = '\u{1f000}';
const AFTER_PICTURES: char = '\u{1fbef}';
/// Here only tags and variants follow.
const TAGS: char = '\u{e0000}';

/// Whether a character is a letter, a digit, or a mark on one of them.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let Ok(short) = u16::try_from(u32::from(c)) else {
        return !matches!(c, PICTURES..=AFTER_PICTURES | TAGS..);
    };
    // In a row of signs an odd number of its ends is not after the character: the first is at or before it.
    let before = SIGNS.partition_point(|end| *end < short);
    before % 2 == 0 && SIGNS.get(before) != Some(&short)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use unicode_normalization::char::is_combining_mark;

    /// Pictures of letters are none, although Unicode calls them so.
    fn is_picture(c: char) -> bool {
        matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f100}'..='\u{1f189}')
    }

    #[test]
    fn every_letter_digit_and_mark_is_one() {
        let all = ('\0'..=char::MAX).filter(|c| c.is_alphanumeric() || is_combining_mark(*c));
        let missing: Vec<char> = all.filter(|c| !is_letter(*c) && !is_picture(*c) && *c < TAGS).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn no_sign_is_one() {
        let ascii = (0u8..128).map(char::from).filter(|c| !c.is_ascii_alphanumeric());
        let signs = " «»…–—“”„‚‹›·•¡¿§¶†‡©®™€£¥¢°±×÷¦¨¯´¸→←↑↓⇒∞≠≤≥√∑■●★☆♥✓✔✗。、，「」『』【】（）《》〈〉〜・？！：；¥‰′″‖¬؟،؛۔٪־׳״।॥৳฿๏៛៖။၊჻։՞᠃⟨⟩⸺🙂🚀🇩🇪👍🏽\u{2028}\u{e000}\u{200b}\u{feff}\u{fffd}";
        let found: Vec<char> = ascii.chain(signs.chars()).filter(|c| is_letter(*c)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
