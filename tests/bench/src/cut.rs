//! A question that is typed in part.

/// The shares of a question, in percent, at which it is looked at.
pub const SHARES: [u8; 4] = [25, 50, 75, 100];

/// The first `percent` of the characters of a text, rounded up, and at least one.
pub fn cut(text: &str, percent: u8) -> &str {
    let wanted = (text.chars().count() * usize::from(percent)).div_ceil(100).max(1);
    beginning(text, wanted)
}

/// Every beginning of a text, from its first character to all of it: what the composer holds after each key.
pub fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    (1..=text.chars().count()).map(|count| beginning(text, count))
}

fn beginning(text: &str, chars: usize) -> &str {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, percent: u8, expected: &str) {
        assert_eq!(cut(text, percent), expected, "{percent} % of {text}");
    }

    #[test]
    fn a_share_counts_characters_and_is_rounded_up() {
        check("abcdefgh", 25, "ab");
        check("abcde", 25, "ab");
        check("abcde", 50, "abc");
        check("abcde", 100, "abcde");
        check("değiş", 75, "deği");
        check("수식", 50, "수");
        check("a", 25, "a");
        check("", 50, "");
    }

    #[test]
    fn a_text_begins_once_for_each_character() {
        assert_eq!(beginnings("añb").collect::<Vec<_>>(), ["a", "añ", "añb"]);
        assert_eq!(beginnings("").count(), 0);
    }
}
