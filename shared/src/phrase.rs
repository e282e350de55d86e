//! Phrases, and the text in which they are looked for. The text is cut into words once, and its words are put in alphabetical
//! order. So a phrase is looked up, and many phrases in a long text cost little more than the text itself.

use crate::matching::{Word, words};
use std::ops::Range;

/// Which characters are words by themselves, so that a phrase is found inside of longer text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    /// Those of scripts without spaces between words.
    Unspaced,
    /// Those and the syllables of Korean, which glues particles to its nouns.
    Glued,
}

/// A text, cut into words.
pub(crate) struct Text<'a> {
    text: &'a str,
    words: Vec<Word>,
    /// The places of the words, by their letters and then by place.
    order: Vec<usize>,
    /// How many words were compared.
    #[cfg(test)]
    looks: std::cell::Cell<usize>,
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    words: Vec<String>,
    /// Whether the last word may go on.
    open_end: bool,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: &'a str, alone: Alone) -> Self {
        let words = cut(text, alone);
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by_key(|place| (words.get(*place).map(|word| word.folded.as_str()), *place));
        Self {
            text,
            words,
            order,
            #[cfg(test)]
            looks: std::cell::Cell::new(0),
        }
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The text of these words, as it is written.
    fn written(&self, range: Range<usize>) -> Option<&'a str> {
        let words = self.words.get(range)?;
        self.text.get(words.first()?.range.start..words.last()?.range.end)
    }

    fn folded(&self, place: usize) -> &str {
        self.words.get(place).map(|word| word.folded.as_str()).unwrap_or_default()
    }

    /// How many words were compared in it so far.
    #[cfg(test)]
    pub(crate) fn looks(&self) -> usize {
        self.looks.get()
    }

    /// Where a word stands. The places of an open word come in no order.
    fn places(&self, word: &str, open: bool) -> &[usize] {
        let below = |place: &usize| self.compared(self.folded(*place) < word);
        let within = |place: &usize| {
            let folded = self.folded(*place);
            self.compared(if open { folded.starts_with(word) } else { folded == word })
        };
        let rest = self.order.get(self.order.partition_point(below)..).unwrap_or_default();
        rest.get(..rest.partition_point(within)).unwrap_or_default()
    }

    fn compared(&self, outcome: bool) -> bool {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        outcome
    }
}

impl Phrase {
    /// The phrase, unless there is no word in it. A star at the end stands for any ending.
    pub(crate) fn new(text: &str, alone: Alone) -> Option<Self> {
        let words: Vec<String> = cut(text, alone).into_iter().map(|word| word.folded).collect();
        (!words.is_empty()).then(|| Self { words, open_end: text.trim_end().ends_with('*') })
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Its words as they are compared, and whether the last one may go on.
    pub(crate) fn into_words(self) -> (Vec<String>, bool) {
        (self.words, self.open_end)
    }

    /// The first place where the text has it, as it is written there.
    pub(crate) fn find<'a>(&self, text: &Text<'a>) -> Option<&'a str> {
        let place = self.places(text).into_iter().min()?;
        text.written(place..place + self.len())
    }

    /// All places where the text has it. The word of the phrase that the text has least often is looked up.
    pub(crate) fn places(&self, text: &Text<'_>) -> Vec<usize> {
        let last = self.len().saturating_sub(1);
        let looked_up = self.words.iter().enumerate().map(|(at, word)| {
            let open = self.open_end && at == last;
            (at, text.places(word, open))
        });
        let Some((at, places)) = looked_up.min_by_key(|(_, places)| places.len()) else { return Vec::new() };
        let starts = places.iter().filter_map(|place| place.checked_sub(at));
        starts.filter(|start| self.is_at(text, *start)).collect()
    }

    /// Whether the text has it at this place.
    pub(crate) fn is_at(&self, text: &Text<'_>, start: usize) -> bool {
        let last = self.len().saturating_sub(1);
        let end = start.saturating_add(self.len());
        let Some(window) = text.words.get(start..end) else { return false };
        self.words.iter().zip(window).enumerate().all(|(at, (wanted, word))| {
            let open = self.open_end && at == last;
            text.compared(if open { word.folded.starts_with(wanted) } else { word.folded == *wanted })
        })
    }
}

/// The words of a text, each character that stands alone by itself.
pub(crate) fn cut(text: &str, alone: Alone) -> Vec<Word> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let from = text.len() - rest.len();
        let end = rest.find(|c| stands_alone(c, alone)).unwrap_or(rest.len());
        let (spaced, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let shifted = |word: Word| Word { range: word.range.start + from..word.range.end + from, ..word };
        out.extend(words(spaced).into_iter().map(shifted));
        let mut characters = after.chars();
        if let Some(c) = characters.next() {
            let start = from + spaced.len();
            out.push(Word { range: start..start + c.len_utf8(), ..Word::of_character(c) });
        }
        rest = characters.as_str();
    }
    out
}

/// Thai, Lao, Burmese, Khmer, kana and Han have no spaces between words; Korean has, but glues particles to its nouns.
/// The ranges are Unicode's blocks.
fn stands_alone(c: char, alone: Alone) -> bool {
    let unspaced = matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{312f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}');
    let glued = || matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}');
    unspaced || (alone == Alone::Glued && glued())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, text: &str, expected: Option<&str>) {
        let phrase = Phrase::new(phrase, Alone::Glued).unwrap();
        assert_eq!(phrase.find(&Text::new(text, Alone::Glued)), expected, "{phrase:?} in {text}");
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
        check("to be or not", "or to be, to be or not", Some("to be or not"));
    }

    #[test]
    fn a_star_at_the_end_stands_for_any_ending() {
        check("cancel*", "Cancellation please", Some("Cancellation"));
        check("cancel*", "cancelled, cancel, cancelling", Some("cancelled"));
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
            assert_eq!(Phrase::new(text, Alone::Glued), None, "{text}");
        }
    }

    #[test]
    fn many_phrases_in_a_long_text_are_looked_up_and_not_walked_to() {
        let phrases: Vec<Phrase> =
            (0..500).filter_map(|n| Phrase::new(&format!("a {n} word*"), Alone::Glued)).collect();
        for text in ["a ".repeat(4_000), "退款包裹".repeat(2_000), "word ".repeat(1_600), "คืนเงิน".repeat(1_142)]
        {
            let text = Text::new(&text, Alone::Glued);
            assert!(phrases.iter().all(|phrase| phrase.find(&text).is_none()));
            // Three words a phrase, each looked up by halving twice.
            assert!(text.looks() < 500 * 3 * 2 * 15, "{} looks", text.looks());
        }
    }
}
