//! Finds words and phrases in a message, in any language.
//!
//! Where a script puts no spaces between words, or glues particles to them, each character counts as a word. So a phrase
//! in such a script is found inside of longer text, and a phrase in any other only as whole words.

use crate::matching::{Word, words};
use std::ops::Range;

/// A message, cut into words.
pub(super) struct Message<'a> {
    text: &'a str,
    words: Vec<Word>,
}

/// A phrase to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    words: Vec<String>,
    /// Whether the last word may go on.
    open_end: bool,
}

impl<'a> Message<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, words: cut(text) }
    }
}

impl Phrase {
    /// The phrase, unless there is no word in it. A star at the end stands for any ending.
    pub(super) fn new(text: &str) -> Option<Self> {
        let words: Vec<String> = cut(text).into_iter().map(|word| word.folded).collect();
        (!words.is_empty()).then(|| Self { words, open_end: text.trim_end().ends_with('*') })
    }

    /// Where the message has it, in the visitor's own writing.
    pub(super) fn find<'a>(&self, message: &Message<'a>) -> Option<&'a str> {
        let found = message.words.windows(self.words.len()).find(|window| self.fits(window))?;
        let range: Range<usize> = found.first()?.range.start..found.last()?.range.end;
        message.text.get(range)
    }

    fn fits(&self, window: &[Word]) -> bool {
        let last = self.words.len().saturating_sub(1);
        self.words.iter().zip(window).enumerate().all(|(place, (wanted, word))| {
            if self.open_end && place == last { word.folded.starts_with(wanted) } else { word.folded == *wanted }
        })
    }
}

/// A name without regard to case, accents and punctuation, for products, plans and kinds of company.
pub(super) fn label(text: &str) -> String {
    let folded: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
    folded.join(" ")
}

/// The words of a text, each character of an unspaced script by itself.
fn cut(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut take = |range: Range<usize>| {
        let from = range.start;
        let shifted = |word: Word| Word { range: word.range.start + from..word.range.end + from, ..word };
        out.extend(words(text.get(range).unwrap_or_default()).into_iter().map(shifted));
    };
    for (at, c) in text.char_indices().filter(|(_, c)| is_unspaced(*c)) {
        let end = at + c.len_utf8();
        take(start..at);
        take(at..end);
        start = end;
    }
    take(start..text.len());
    out
}

/// Thai, Lao, Burmese, Khmer, kana and Han have no spaces between words; Korean has, but glues particles to its nouns.
/// The ranges are Unicode's blocks.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
        && !matches!(c, '\u{10a0}'..='\u{10ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, text: &str, expected: Option<&str>) {
        let phrase = Phrase::new(phrase).unwrap();
        assert_eq!(phrase.find(&Message::new(text)), expected, "{phrase:?} in {text}");
    }

    #[test]
    fn a_word_is_found_whole_whatever_its_case_and_accents() {
        check("refund", "I want a REFUND!", Some("REFUND"));
        check("refund", "I want refunds", None);
        check("art", "start the party", None);
        check("değiştir", "adres DEGISTIR", Some("DEGISTIR"));
        check("don't", "I dont know", Some("dont"));
        check("возврат", "Хочу Возврат денег", Some("Возврат"));
    }

    #[test]
    fn a_phrase_is_found_as_words_in_a_row() {
        check("money back", "give me my money -- back, please", Some("money -- back"));
        check("money back", "back to money", None);
        check("money back", "money is back", None);
        check("money back", "money", None);
    }

    #[test]
    fn a_star_at_the_end_stands_for_any_ending() {
        check("cancel*", "Cancellation please", Some("Cancellation"));
        check("iade*", "İadesini istiyorum", Some("İadesini"));
        check("cancel*", "uncancel", None);
        check("free trial*", "my free trials ended", Some("free trials"));
    }

    #[test]
    fn where_a_script_has_no_spaces_a_phrase_is_found_inside() {
        check("返金", "商品の返金をお願いします", Some("返金"));
        check("환불", "배송비환불해 주세요", Some("환불"));
        check("คืนเงิน", "ฉันต้องการคืนเงินครับ", Some("คืนเงิน"));
        check("退款", "我想要钱退回来的款项", None);
        check("vat", "请问VAT发票", Some("VAT"));
        check("vat", "请问private发票", None);
    }

    #[test]
    fn a_phrase_at_the_end_of_a_very_long_unspaced_text_is_found() {
        check("返金", &format!("{}返金", "あ".repeat(5_000)), Some("返金"));
    }

    #[test]
    fn what_has_no_word_is_no_phrase() {
        for text in ["", "  ", "*", "?!", "🙂"] {
            assert_eq!(Phrase::new(text), None, "{text}");
        }
    }

    #[test]
    fn labels_are_the_same_when_people_would_say_so() {
        assert_eq!(label("Pro–Plan"), label(" pro plan "));
        assert_ne!(label("pro"), label("professional"));
    }
}
