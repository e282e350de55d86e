//! Signs that are a part of a word, that join two, or that stand for letters left out.

/// Every keyboard has another apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | '‘'
            | '’'
            | '‛'
            | '′'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ˈ'
            | 'ʾ'
            | 'ʿ'
            | '＇'
            | '\u{55a}'
            | '\u{5f3}'
            | 'ꞌ'
    )
}

/// What stands inside Hebrew words that are short for others; people type the quotation mark.
pub(super) fn is_inside_hebrew(c: char) -> bool {
    matches!(c, '"' | '״' | '“' | '”')
}

/// What French, Italian, Catalan, Portuguese and others leave of small words before an apostrophe. It says nothing and hides the word
/// after it.
const ELIDED: &str = "l d j n s c m t qu un gl all dall dell nell sull coll pell quell quest tutt sant dov com cos cent \
    mezz nessun qualcun ciascun anch senz jusqu lorsqu puisqu quoiqu quelqu presqu parc perqu";

/// Whether a folded word is all that is left of a small one before an apostrophe.
pub(super) fn is_elided(word: &str) -> bool {
    ELIDED.split(' ').any(|elided| elided == word)
}

/// Words on both sides of a slash that are longer are two: "email/phone", but "TCP/IP".
const SHORT: usize = 4;

/// Whether a sign behind this word makes one of it and the next for many: "Wi-Fi" is "WiFi", "Node.js" is "NodeJS".
pub(super) fn is_joiner(before: &str, c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '.' | '&' | '·') || (c == '/' && before.len() <= SHORT)
}

/// What has no width and no meaning: it is read over.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}
