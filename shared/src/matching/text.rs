//! Cuts text into the words that are searched. Texts that Unicode holds for equal give the same words, and so do the ways in which
//! keyboards write one letter, digit or apostrophe.

mod accents;
mod article;
mod cluster;
mod digit;
mod fold;
mod hangul;
mod letter;
mod lower;
mod normal;
mod sign;

pub use accents::Accents;
use article::without_article;
use cluster::{composes, is_mark, is_stacker};
use digit::digit;
use fold::is_dropped;
pub(super) use fold::push_folded;
pub use letter::is_letter;
use lower::lower;
use normal::{composed, is_odd};
use sign::{is_apostrophe, is_elided, is_inside_hebrew, is_invisible, is_joiner};
use std::ops::Range;

/// Longer words are cut here: nobody searches for more, and a pasted blob must not become a term. In bytes.
const MAX_WORD_BYTES: usize = 96;
/// A pair of characters with all their marks has no more characters than this; what is pasted may have.
const MAX_PAIR: usize = 12;
/// A character with more accents than this is no letter of a word; the rest of them are read over.
const MAX_CLUSTER_BYTES: usize = 32;
/// As many digits stand behind the comma of a thousand.
const THOUSAND: usize = 3;

/// In a word that is cut from a text this sign does not stand: it marks one as a code that has no digit.
pub(super) const CODE_SIGN: char = '-';

/// A word as it is searched, and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, mostly without accents; Hangul as its letters.
    pub folded: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether the text ends with it, so that it may still grow.
    pub open: bool,
    /// Whether a sign without spaces joins it to the word before: the "Fi" of "Wi-Fi".
    pub joined: bool,
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
        Self { folded, range: 0..c.len_utf8(), open: false, joined: false }
    }

    /// Whether it has a digit or is marked as a code: a code, a version or a number, of which another one is never meant.
    pub(crate) fn is_code(word: &str) -> bool {
        word.contains(|c: char| c.is_ascii_digit() || c == CODE_SIGN)
    }
}

/// The words of a text, in order, without accents.
///
/// Letters and digits make words; most signs part them. An apostrophe inside a word is left out, so that "don't" is
/// one word; "l'article" is "article", and so is what Arabic writes in one with its article. The points of "2.4.1" and the signs of
/// "C++", "C#" and ".NET" are parts of their words. Where a script has no spaces, each pair of neighbouring characters is a word.
pub fn words(text: &str) -> Vec<Word> {
    words_with(text, Accents::Folded)
}

/// The words of a text, in order, with their accents as a language has them.
pub fn words_with(text: &str, accents: Accents) -> Vec<Word> {
    let mut cutter = Cutter {
        text,
        accents,
        words: Vec::new(),
        current: None,
        run: Vec::new(),
        written: String::new(),
        stacks: false,
    };
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += cutter.read(at, rest);
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
    /// The characters of the run without spaces that is read: where each lies in the text, and where in what is `written`.
    run: Vec<[Range<usize>; 2]>,
    written: String,
    /// Whether the next character is written below the last one.
    stacks: bool,
}

impl Cutter<'_> {
    /// Reads the first character of what is left, with all that belongs to it, and gives its length.
    fn read(&mut self, at: usize, rest: &str) -> usize {
        let mut chars = rest.char_indices();
        let Some((_, first)) = chars.next() else { return rest.len() };
        if first.is_ascii() && chars.clone().next().is_none_or(|(_, next)| next.is_ascii()) {
            self.take(at..at + 1, first);
            return 1;
        }
        let (mut length, mut before) = (first.len_utf8(), first);
        for (place, c) in chars {
            if !composes(before, c) {
                break;
            }
            (length, before) = (place + c.len_utf8(), c);
        }
        let range = at..at + length;
        let is_alone = length == first.len_utf8();
        let cluster = rest.get(..rest.floor_char_boundary(length.min(MAX_CLUSTER_BYTES))).unwrap_or(rest);
        if is_alone && !is_odd(first) {
            self.take(range, first);
        } else if !is_alone && self.accents == Accents::Folded && drops_accents(first) {
            // Without its accents it is what it is composed: most such texts need no more than that.
            self.take(range.clone(), first);
            self.extend(range.end);
        } else {
            composed(cluster).chars().for_each(|c| self.take(range.clone(), c));
            self.extend(range.end);
        }
        length
    }

    fn take(&mut self, range: Range<usize>, c: char) {
        match c {
            // Thai and Lao have one character for two; both are written.
            '\u{e33}' => return ['\u{e4d}', '\u{e32}'].into_iter().for_each(|c| self.take(range.clone(), c)),
            '\u{eb3}' => return ['\u{ecd}', '\u{eb2}'].into_iter().for_each(|c| self.take(range.clone(), c)),
            // A dot between foreign words is read over.
            '\u{30fb}' if !self.run.is_empty() => return,
            '♯' => return self.take(range, '#'),
            _ => {}
        }
        let c = digit(c).unwrap_or(c);
        let c =
            if matches!(c, '\u{ff01}'..='\u{ff5e}') { char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c) } else { c };
        if has_no_spaces(c) {
            self.close_word();
            let from = self.written.len();
            self.written.push(c);
            let to = self.written.len();
            match self.run.last_mut() {
                Some([text, written]) if self.stacks || is_mark(c) => {
                    text.end = range.end;
                    written.end = to;
                }
                _ => self.run.push([range, from..to]),
            }
            self.stacks = is_stacker(c);
        } else if (is_letter(c) || is_dropped(c)) && !is_apostrophe(c) && !is_invisible(c) {
            self.close_run();
            self.push(range, c);
        } else if !is_invisible(c) && !self.is_inside(&range, c) {
            self.part();
        }
    }

    /// Adds a letter or digit to the word.
    fn push(&mut self, range: Range<usize>, c: char) {
        let joined = self.current.is_none() && self.is_joined_at(range.start);
        let open = Word { folded: String::new(), range: range.clone(), open: false, joined };
        let word = self.current.get_or_insert(open);
        if word.folded.len() < MAX_WORD_BYTES {
            push_folded(lower(c), self.accents, &mut word.folded);
        }
        word.range.end = range.end;
    }

    /// Whether a word that begins here stands right behind the one before, but for one sign.
    fn is_joined_at(&self, start: usize) -> bool {
        let Some(last) = self.words.last() else { return false };
        let mut signs = self.text.get(last.range.end..start).unwrap_or_default().chars();
        matches!((signs.next(), signs.next()), (Some(sign), None) if is_joiner(&last.folded, sign))
    }

    /// Whether a sign is a part of the word around it, which then has it or goes on behind it.
    fn is_inside(&mut self, range: &Range<usize>, c: char) -> bool {
        let next = self.text.get(range.end..).and_then(|rest| rest.chars().next());
        if self.current.is_none() {
            let before = self.text.get(..range.start).and_then(|before| before.chars().next_back());
            let begins = c == '.'
                && next.is_some_and(|next| is_letter(next) && digit(next).is_none())
                && before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '*' | '"'));
            if begins {
                self.close_run();
                self.push(range.clone(), c);
            }
            return begins;
        }
        let Some(word) = self.current.as_mut() else { return false };
        if is_apostrophe(c) {
            if is_elided(&word.folded) {
                self.current = None;
            }
            return true;
        }
        let ends_with_digit = word.folded.ends_with(|c: char| c.is_ascii_digit());
        let next_is_digit = next.is_some_and(|c| digit(c).is_some());
        match c {
            '.' | ',' | '٫' | '٬' if ends_with_digit && next_is_digit => {
                if matches!(c, '.' | '٫') || !self.is_thousand(range.end) {
                    self.push(range.clone(), '.');
                }
                true
            }
            '+' | '#' if !next.is_some_and(is_letter) => {
                self.push(range.clone(), c);
                true
            }
            _ => is_inside_hebrew(c) && word.folded.starts_with(is_hebrew) && next.is_some_and(is_hebrew),
        }
    }

    /// Whether three digits follow, and no fourth.
    fn is_thousand(&self, from: usize) -> bool {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.chars().take(THOUSAND + 1).take_while(|c| digit(*c).is_some()).count() == THOUSAND
    }

    /// Accents that were read over belong to what they stand on.
    fn extend(&mut self, end: usize) {
        if let Some(word) = &mut self.current {
            word.range.end = end;
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
        let word = |range: Range<usize>, written: Range<usize>| {
            let folded = self.written.get(written).unwrap_or_default().chars().take(MAX_PAIR).collect();
            Word { folded, range, open: false, joined: false }
        };
        match self.run.as_slice() {
            [] => {}
            [[range, written]] => self.words.push(word(range.clone(), written.clone())),
            run => self.words.extend(
                run.iter()
                    .zip(run.iter().skip(1))
                    .map(|([text, written], [next, end])| word(text.start..next.end, written.start..end.end)),
            ),
        }
        self.run.clear();
        self.written.clear();
    }
}

/// Whether a letter is searched without its accents: Latin and Greek ones are, while `й` is a letter.
fn drops_accents(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' | '\u{590}'..='\u{5ff}')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
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
        check("don't wi-fi 2.0", &["dont", "wi", "fi", "2.0"]);
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
