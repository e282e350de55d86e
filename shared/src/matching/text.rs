//! Cuts text into the words that are searched.

mod accents;
mod article;
mod cluster;
mod fold;
mod hangul;
mod lower;

pub use accents::Accents;
use article::without_article;
use cluster::{is_mark, is_stacker};
use fold::is_joined;
pub(super) use fold::push_folded;
use lower::lower;
use std::ops::Range;

/// Longer words are cut here: nobody searches for more, and a pasted blob must not become a term. In bytes.
const MAX_WORD_BYTES: usize = 96;

/// A pair of characters with all their marks has no more characters than this; what is pasted may have.
const MAX_PAIR: usize = 12;

/// What French, Italian and Catalan leave of small words before an apostrophe. It says nothing and hides the word after it.
const ELIDED: [&str; 14] = ["l", "d", "j", "n", "s", "c", "m", "t", "qu", "un", "all", "dell", "nell", "sull"];

/// A word as it is searched, and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, mostly without accents; Hangul as its letters.
    pub folded: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether the text ends with it, so that it may still grow.
    pub open: bool,
}

impl Word {
    /// A character that is a word by itself, at the beginning of its text.
    pub(crate) fn of_character(c: char) -> Self {
        let mut folded = String::new();
        if has_no_spaces(c) {
            folded.push(c);
        } else {
            push_folded(lower(c), Accents::Folded, &mut folded);
        }
        Self { folded, range: 0..c.len_utf8(), open: false }
    }
}

/// The words of a text, in order, without accents.
///
/// Letters and digits make words; everything else parts them. An apostrophe inside a word is left out, so that "don't" is
/// one word; "l'article" is "article", and so is what Arabic writes in one with its article. Where a script has no spaces,
/// each pair of neighbouring characters is a word.
pub fn words(text: &str) -> Vec<Word> {
    words_with(text, Accents::Folded)
}

/// The words of a text, in order, with their accents as a language has them.
pub fn words_with(text: &str, accents: Accents) -> Vec<Word> {
    let mut cutter = Cutter { text, accents, words: Vec::new(), current: None, run: Vec::new(), stacks: false };
    for (at, c) in text.char_indices() {
        cutter.take(at, c);
    }
    cutter.part();
    if let Some(last) = cutter.words.last_mut() {
        last.open = last.range.end == text.len();
    }
    for word in &mut cutter.words {
        if let Some(rest) = without_article(&word.folded, word.open) {
            word.folded = String::from(rest);
        }
    }
    cutter.words
}

struct Cutter<'a> {
    text: &'a str,
    accents: Accents,
    words: Vec<Word>,
    current: Option<Word>,
    /// Where the characters lie of the run without spaces that is read.
    run: Vec<Range<usize>>,
    /// Whether the next character is written below the last one.
    stacks: bool,
}

impl Cutter<'_> {
    fn take(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        if has_no_spaces(c) {
            self.close_word();
            match self.run.last_mut() {
                Some(last) if self.stacks || is_mark(c) => last.end = end,
                _ => self.run.push(at..end),
            }
            self.stacks = is_stacker(c);
        } else if c.is_alphanumeric() || is_joined(c) {
            self.close_run();
            let word = self.current.get_or_insert_with(|| Word { folded: String::new(), range: at..end, open: false });
            if word.folded.len() < MAX_WORD_BYTES {
                push_folded(lower(c), self.accents, &mut word.folded);
            }
            word.range.end = end;
        } else if !matches!(c, '\'' | '’') {
            self.part();
        } else if self.current.as_ref().is_some_and(|word| ELIDED.contains(&word.folded.as_str())) {
            self.current = None;
        }
    }

    fn part(&mut self) {
        self.close_word();
        self.close_run();
    }

    fn close_word(&mut self) {
        self.words.extend(self.current.take().filter(|word| !word.folded.is_empty()));
    }

    /// A character that stands alone in its run is a word by itself.
    fn close_run(&mut self) {
        let word = |range: Range<usize>| {
            let folded = self.text.get(range.clone()).unwrap_or_default().chars().take(MAX_PAIR).collect();
            Word { folded, range, open: false }
        };
        match self.run.as_slice() {
            [] => {}
            [alone] => self.words.push(word(alone.clone())),
            run => self.words.extend(run.iter().zip(run.iter().skip(1)).map(|(one, two)| word(one.start..two.end))),
        }
        self.run.clear();
    }
}

/// Thai, Lao, Myanmar, Khmer, the kana and Han.
pub(super) fn has_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_folded() {
        check("How do I change it?", &["how", "do", "i", "change", "it"]);
        check("Değiştir İSTANBUL ılık", &["degistir", "istanbul", "ilik"]);
        check("don't wi-fi 2.0", &["dont", "wi", "fi", "2", "0"]);
        check("l’abonnement d'un an, it's I'm", &["abonnement", "un", "an", "its", "im"]);
        check("Straße ÉCOLE", &["strasse", "ecole"]);
        check("ｆｕｌｌ Ｗｉｄｔｈ", &["full", "width"]);
        check("  …  🙂 ", &[]);
    }

    #[test]
    fn forms_of_one_arabic_letter_are_one_and_marks_are_none() {
        check("إلغاءُ الطَّلَبِيَّة", &["الغاء", "طلبيه"]);
        check("آخر مـــرة", &["اخر", "مره"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        check("返金方法", &["返金", "金方", "方法"]);
        check("注文をcancelする", &["注文", "文を", "cancel", "する"]);
        check("票 A", &["票", "a"]);
        check("คืนเงิน", &["คืน", "นเ", "เงิ", "งิน"]);
        check("ក្រុម", &["ក្រុម"]);
    }

    #[test]
    fn a_syllable_that_is_being_typed_is_a_beginning_of_the_word() {
        let folded = |text: &str| words(text).remove(0).folded;
        let whole = folded("카드");
        for beginning in ["ㅋ", "카", "칻", "카드"] {
            assert!(whole.starts_with(&folded(beginning)), "{beginning}");
        }
        assert!(folded("많이").starts_with(&folded("만")), "the first half of a double final");
        assert!(folded("과일").starts_with(&folded("고")), "the first half of a double vowel");
    }

    #[test]
    fn words_keep_their_place_and_the_last_one_may_be_open() {
        let text = "ab çd";
        let found = words(text);
        assert_eq!(found.get(1).map(|word| (&text[word.range.clone()], word.open)), Some(("çd", true)));
        assert!(words("ab ").iter().all(|word| !word.open));
    }
}
