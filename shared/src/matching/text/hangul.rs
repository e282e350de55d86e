//! Hangul as the letters that are typed. A syllable block is unfinished until the next one begins: 카드 passes through ㅋ,
//! 카 and 칻. As letters each of them is a beginning of the next.

/// The place of each letter is its code: 19 consonants, then the 14 vowels that have a key. They are written as the control
/// characters U+0080 to U+00A0, which no word has and which take two bytes where the letters themselves take three.
const LETTERS: [char; 33] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅛ', 'ㅜ', 'ㅠ', 'ㅡ', 'ㅣ',
];
/// The vowels of a syllable in the order of Unicode, by the keys that make them.
const VOWELS: &str = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ";
/// The finals of a syllable in the order of Unicode, by the keys that make them.
const FINALS: &str =
    " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ";
const FIRST_SYLLABLE: u32 = 0xac00;
const FIRST_CODE: u32 = 0x80;

/// Appends the letters of a syllable, or a letter that stands alone, as their codes.
pub(super) fn push_letters(c: char, out: &mut String) {
    match u32::from(c).checked_sub(FIRST_SYLLABLE) {
        Some(syllable) => {
            let (initial, vowel, last) = (syllable / 588, syllable % 588 / 28, syllable % 28);
            out.extend(LETTERS.get(initial as usize).map(|_| code(initial)));
            push_keys(VOWELS, vowel, out);
            push_keys(FINALS, last, out);
        }
        None => match (u32::from(c), LETTERS.iter().position(|letter| *letter == c)) {
            (_, Some(at)) => out.push(code(at as u32)),
            // The parts of a syllable that are characters of their own.
            (initial @ 0x1100..=0x1112, _) => out.push(code(initial - 0x1100)),
            (vowel @ 0x1161..=0x1175, _) => push_keys(VOWELS, vowel - 0x1161, out),
            (last @ 0x11a8..=0x11c2, _) => push_keys(FINALS, last - 0x11a7, out),
            _ => out.push(c),
        },
    }
}

/// Appends the keys of one of these.
fn push_keys(all: &str, number: u32, out: &mut String) {
    for key in all.split(' ').nth(number as usize).unwrap_or_default().chars() {
        out.extend(LETTERS.iter().position(|letter| *letter == key).map(|at| code(at as u32)));
    }
}

fn code(at: u32) -> char {
    char::from_u32(FIRST_CODE + at).unwrap_or(' ')
}
