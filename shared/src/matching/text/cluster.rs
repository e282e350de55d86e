//! Characters that belong to the one before.

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

/// Whether a character makes another one of the one `before` it, so that both are read as one.
pub(super) fn composes(before: char, c: char) -> bool {
    match c {
        // Accents, hamza and madda, the marks of kana.
        '\u{300}'..='\u{345}' | '\u{653}'..='\u{655}' | '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}' => true,
        // Dots below letters of India.
        '\u{93c}' => matches!(before, '\u{928}' | '\u{930}' | '\u{933}'),
        // Vowels of India, Sri Lanka and Myanmar that are written in two parts.
        '\u{9be}' | '\u{9d7}' => before == '\u{9c7}',
        '\u{b3e}' | '\u{b56}' | '\u{b57}' => before == '\u{b47}',
        '\u{bbe}' | '\u{bd7}' => matches!(before, '\u{bc6}' | '\u{bc7}' | '\u{b92}'),
        '\u{c56}' => before == '\u{c46}',
        '\u{cc2}' | '\u{cd5}' | '\u{cd6}' => matches!(before, '\u{cc6}' | '\u{cbf}' | '\u{cca}' | '\u{cc2}'),
        '\u{d3e}' | '\u{d57}' => matches!(before, '\u{d46}' | '\u{d47}'),
        '\u{dca}' | '\u{dcf}' | '\u{ddf}' => matches!(before, '\u{dd9}' | '\u{ddc}' | '\u{dcf}'),
        '\u{102e}' => before == '\u{1025}',
        _ => false,
    }
}
