//! Cuts text into the words that are searched.

use std::ops::Range;

/// Longer words are cut here: nobody searches for more, and a pasted blob must not become a term.
const MAX_WORD_CHARS: usize = 32;

/// A word as it is searched, and where it stands in the text.
pub(crate) struct Word {
    /// Lower case, without accents.
    pub(crate) folded: String,
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
}

/// The words of a text, in order. Letters and digits make words; everything else parts them. An apostrophe inside a
/// word is left out, so that "don't" is one word.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut current: Option<Word> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_alphanumeric() || is_combining(c) {
            let word = current.get_or_insert_with(|| Word { folded: String::new(), range: at..end });
            if word.folded.chars().count() < MAX_WORD_CHARS {
                c.to_lowercase().for_each(|lower| push_folded(lower, &mut word.folded));
            }
            word.range.end = end;
        } else if !matches!(c, '\'' | '’') {
            out.extend(current.take().filter(|word| !word.folded.is_empty()));
        }
    }
    out.extend(current.filter(|word| !word.folded.is_empty()));
    out
}

/// The words of a text as they are searched.
pub(crate) fn folded_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

/// One word, or the beginning of one, as it is searched.
pub(crate) fn fold(word: &str) -> String {
    folded_words(word).concat()
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Folds the accents of Latin letters, so that "adres değiştir" is found by "adres degistir".
fn push_folded(c: char, out: &mut String) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' | 'į' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ő' | 'ō' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other if is_combining(other) => return,
        other => other,
    };
    out.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_place() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("How do I change it?", &["how", "do", "i", "change", "it"]);
        check("Değiştir İSTANBUL ılık", &["degistir", "istanbul", "ilik"]);
        check("don't wi-fi 2.0", &["dont", "wi", "fi", "2", "0"]);
        check("배송지 변경", &["배송지", "변경"]);
        check("  …  🙂 ", &[]);
        let text = "ab çd";
        assert_eq!(words(text).get(1).map(|word| &text[word.range.clone()]), Some("çd"));
    }
}
