//! Text that came from outside, such as out of somebody's file, before it is printed on a terminal or into a log.

/// More than any time, release or path of ours has, and a few lines of a terminal.
const MOST_CHARS: usize = 500;
/// Characters without a look of their own that turn the order of others: `Bidi_Control` of Unicode.
const TURNS: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// The text with a sign in the place of each character that steers a terminal, on one line of a bounded length.
pub(crate) fn plain(text: &str) -> String {
    let mut rest = text.chars();
    let mut said: String =
        rest.by_ref().take(MOST_CHARS).map(|one| if steers(one) { char::REPLACEMENT_CHARACTER } else { one }).collect();
    if rest.next().is_some() {
        said.push('…');
    }
    said
}

/// Whether no character of the text steers a terminal.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.chars().any(steers)
}

fn steers(one: char) -> bool {
    one.is_control() || TURNS.contains(&one) || matches!(one, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_becomes_a_sign_and_all_else_stays() {
        for text in ["2026-11-30T00:00:00Z", "objects/inbox/a.sqlite: 数据库 is damaged (os error 5)", ""] {
            assert_eq!(plain(text), text);
        }
        for text in ["\u{1b}[2J", "\u{9b}2J", "a\rb", "a\nb", "\u{7}", "\u{202e}gpj", "\u{2028}", "\u{7f}", "\0"] {
            assert!(!is_plain(text) && is_plain(&plain(text)), "{text:?}");
        }
        assert_eq!(plain(&"x".repeat(1_000_000)).chars().count(), MOST_CHARS + 1);
    }
}
