//! Folds what a reader takes for the same letter. Letters that the small table here does not have are looked up in Unicode's normal forms.

use super::accents::Accents;
use super::hangul;
use super::normal::decomposed;

/// Marks that people leave out when they type: combining accents, Hebrew points, Arabic vowels and the stretcher, joiners.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}')
}

/// What the letters from `à` to `ž` are without accents and strokes; a point for one that stays what it is.
const LATIN: &[u8; 159] = b"aaaaaa.ceeeeiiii.nooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll..llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz";

fn latin(c: char) -> Option<char> {
    let place = u32::from(c).checked_sub(u32::from('à'))?;
    LATIN.get(place as usize).map(|letter| char::from(*letter)).filter(|letter| *letter != '.')
}

/// Appends a lower-case character as it is searched, so that "adres değiştir" is found by "adres degistir".
pub(in crate::matching) fn push_folded(c: char, accents: Accents, out: &mut String) {
    let c = latin(c).filter(|_| accents == Accents::Folded).unwrap_or(c);
    let plain = match c {
        _ if is_dropped(c) => return,
        '\u{e0}'..='\u{24f}' | '\u{1ea0}'..='\u{1ef9}' if accents == Accents::Kept => c,
        'a'..='z' | '0'..='9' => c,
        'ß' => return out.push_str("ss"),
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
        'ạ'..='ặ' => 'a',
        'ẹ'..='ệ' => 'e',
        'ỉ'..='ị' => 'i',
        'ơ' | 'ọ'..='ợ' => 'o',
        'ș' => 's',
        'ț' => 't',
        'ư' | 'ụ'..='ự' => 'u',
        'ỳ'..='ỹ' => 'y',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ё' => 'е',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => {
            return hangul::push_letters(c, out);
        }
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1fff}' if accents == Accents::Folded => {
            return out.extend(decomposed(c.encode_utf8(&mut [0; 4])).chars().filter(|c| !is_dropped(*c)));
        }
        other => other,
    };
    out.push(plain);
}
