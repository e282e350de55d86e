//! Characters that nobody sees: where somebody else's text stands among ours, they hide something or turn it round.

/// A text on one line, without characters that cannot be seen, cut to a number of characters.
pub fn visible(text: &str, most: usize) -> String {
    let mut kept = String::new();
    let mut before = ' ';
    for letter in text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        let is_space_again = letter == ' ' && before == ' ';
        if !is_space_again && (!is_unseen(letter) || joins(before, letter)) {
            kept.push(letter);
            before = letter;
        }
    }
    let cut: String = kept.chars().take(most).collect();
    String::from(cut.trim_end())
}

/// Control characters, and those that Unicode says to draw nothing (`Default_Ignorable_Code_Point`), spaces of other widths,
/// private ones, and blanks that count as letters.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
                ..='\u{180f}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}')
        || matches!(c, '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Whether a character that joins letters, or keeps them apart, has something to join: Persian and the scripts of India spell with
/// them.
pub fn joins(before: char, c: char) -> bool {
    is_joiner(c) && matches!(before, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{900}'..='\u{dff}')
}

/// Whether it is one of those.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_left_out_and_the_rest_is_cut() {
        for (text, seen) in [
            ("  Ana \t Maria\n", "Ana Maria"),
            ("Ana\u{0}", "Ana"),
            ("\u{202e}anA\u{202c} \u{200b} B", "anA B"),
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("A\u{200d}na", "Ana"),
            ("Zoë 김 🌸", "Zoë 김 🌸"),
            ("\u{feff}\u{3164}", ""),
            ("123456 890", "123456"),
        ] {
            assert_eq!(visible(text, 7), seen.chars().take(7).collect::<String>().trim_end(), "{text:?}");
        }
    }
}
