//! Folds what a reader takes for the same letter. Letters that the small table here does not have are looked up in Unicode's normal forms.

use super::accents::Accents;
use super::hangul;
use super::normal::decomposed;

/// Characters that belong to a word without being letters: accents that stand by themselves, vowel signs, joiners.
pub(super) fn is_joined(c: char) -> bool {
    is_dropped(c)
        || matches!(c,
            '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{955}'..='\u{957}' | '\u{962}'..='\u{963}' | '\u{980}'..='\u{dff}')
}

/// Marks that people leave out when they type: combining accents, Hebrew points, Arabic vowels and the stretcher, joiners.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{200c}' | '\u{200d}')
}

/// Appends a lower-case character as it is searched, so that "adres değiştir" is found by "adres degistir".
pub(in crate::matching) fn push_folded(c: char, accents: Accents, out: &mut String) {
    let plain = match c {
        _ if is_dropped(c) => return,
        '\u{e0}'..='\u{24f}' | '\u{1ea0}'..='\u{1ef9}' if accents == Accents::Kept => c,
        'a'..='z' | '0'..='9' => c,
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ'..='ặ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'ħ' => 'h',
        'ŧ' => 't',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' | 'į' | 'ỉ'..='ị' => 'i',
        'ķ' => 'k',
        'ł' | 'ľ' | 'ļ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò'..='ö' | 'ø' | 'ő' | 'ō' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => 'u',
        'ý' | 'ÿ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ß' => return out.push_str("ss"),
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
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
