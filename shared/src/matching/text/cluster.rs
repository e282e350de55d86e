//! Characters that belong to the one before where a script has no spaces: vowel signs, tones, and what is written below.

/// Marks of Thai, Lao, Myanmar and Khmer.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}' | '\u{1056}'..='\u{1059}' | '\u{1062}'..='\u{1064}' | '\u{17b4}'..='\u{17d3}' | '\u{17dd}')
}

/// What has the next consonant written below: the virama of Myanmar and the coeng of Khmer.
pub(super) fn is_stacker(c: char) -> bool {
    matches!(c, '\u{1039}' | '\u{17d2}')
}
