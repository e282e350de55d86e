//! The names of agents. Visitors see them, and agents sign in with them, so no name may look like another one.

use crate::protocol::MAX_NAME_CHARS;
use crate::visible::{is_joiner, is_unseen, joins};

/// Why a name cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It has no character, or more than `MAX_NAME_CHARS`.
    Length,
    /// It has a character that cannot be seen, or that turns the direction of what follows.
    Unseen,
    /// A word of it has letters of two alphabets that look alike.
    Mixed,
}

impl Refused {
    /// What a person is told.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Length => "A name needs 1 to 60 characters. Nothing was stored.",
            Self::Unseen => "The name has a character that cannot be seen. Type it by hand. Nothing was stored.",
            Self::Mixed => "A word of the name mixes letters of two alphabets that look alike. Nothing was stored.",
        }
    }
}

/// The name with single spaces, if it can be taken.
pub fn valid(name: &str) -> Result<String, Refused> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
        return Err(Refused::Length);
    }
    let mut before = ' ';
    let mut marks = 0;
    for letter in name.chars() {
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        if (is_unseen(letter) && !joins(before, letter)) || marks > MOST_MARKS || (marks > 0 && before == ' ') {
            return Err(Refused::Unseen);
        }
        before = letter;
    }
    // A joiner at the end joins nothing.
    if is_joiner(before) || !name.chars().any(char::is_alphanumeric) {
        return Err(Refused::Unseen);
    }
    if name.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).any(mixes) { Err(Refused::Mixed) } else { Ok(name) }
}

/// Whether two names are one to a reader: but for large and small letters, or because they are drawn alike. The forms of one letter have to
/// be one before (Unicode Standard Annex 15, NFKC), for which platforms have tables.
pub fn look_alike(one: &str, other: &str) -> bool {
    small(one) == small(other) || drawn(one) == drawn(other)
}

fn small(name: &str) -> String {
    name.chars().filter(|c| !is_unseen(*c)).flat_map(char::to_lowercase).collect()
}

fn drawn(name: &str) -> String {
    // A capital may have a twin that its small letter has not.
    let large = name.chars().filter(|c| !is_unseen(*c)).map(|c| twin(c).unwrap_or(c));
    large.flat_map(char::to_lowercase).map(|c| if STROKES.contains(&c) { c } else { twin(c).unwrap_or(c) }).collect()
}

/// A stroke in the drawn form of a name, and the two letters that are none there: a capital L that has become small, and an i with its dot.
const STROKES: [char; 3] = ['1', 'l', 'i'];

/// Each small Latin letter or mark with the characters that are drawn like it, and the stroke, which is a large I, a small L and a 1. (A
/// complete table, such as that of Unicode Technical Standard 39, is a tenth of the worker.)
const TWINS: [&str; 30] = [
    "aаαɑᴀꓮⲁᎪ",
    "bвβʙꓐⲃᏴ",
    "cсϲᴄꓚⲥᏟ",
    "dԁᴅꓓᎠɗ",
    "eеεᴇꓰⲉᎬ℮",
    "fꜰꓝẝϝ",
    "gɡɢꓖᏀց",
    "hһнηʜꓧⲏᎻհ",
    "iіιꭵɩⲓ",
    "1Il|ІӀӏΙıɪꓲᎥ",
    "LꓡʟᏞ",
    "jјϳᴊꓙᎫ",
    "kкκᴋꓗⲕᏦ",
    "mмᴍꓟⲙᎷ",
    "nոνɴꓠⲛп",
    "oоοօ0ᴏꓳⲟσ",
    "pрρᴘꓑⲣᏢ",
    "qԛգ",
    "rʀꓣᎡг",
    "sѕꜱꓢᏚʂ",
    "tтτᴛꓔⲧᎢ",
    "uսυᴜꓴʋ",
    "vѵᴠꓦᏙ",
    "wԝᴡꓪᎳω",
    "xхχꓫⲭ",
    "yуγʏꓬⲩ",
    "zζᴢꓜᏃ",
    "-‐‑‒–—―−˗⁃",
    "'‘’ʼʹ′`´ʻ",
    ".․·",
];

fn twin(c: char) -> Option<char> {
    TWINS.iter().find(|twins| twins.contains(c)).and_then(|twins| twins.chars().next())
}

/// Vietnamese needs two on one letter; a heap of them draws over the lines around it.
const MOST_MARKS: usize = 3;

/// The alphabets of which letters look alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    Coptic,
    Lisu,
}

fn alphabet(letter: char) -> Option<Alphabet> {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            Some(Alphabet::Latin)
        }
        '\u{250}'..='\u{2af}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ff21}'..='\u{ff5a}' => {
            Some(Alphabet::Latin)
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Alphabet::Greek),
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' => {
            Some(Alphabet::Cyrillic)
        }
        '\u{531}'..='\u{58f}' => Some(Alphabet::Armenian),
        '\u{2c80}'..='\u{2cff}' => Some(Alphabet::Coptic),
        '\u{a4d0}'..='\u{a4ff}' => Some(Alphabet::Lisu),
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => Some(Alphabet::Cherokee),
        _ => None,
    }
}

fn mixes(word: &str) -> bool {
    let mut alphabets = word.chars().filter_map(alphabet);
    let first = alphabets.next();
    alphabets.any(|other| Some(other) != first)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_everywhere_are_taken() {
        for name in [
            "Ada",
            "Ada Lovelace",
            "Jean-Luc O'Neill",
            "Zoë",
            "Nguyễn Thị Minh",
            "e\u{301}lodie",
            "Łukasz",
            "İbrahim Işık",
            "Ольга",
            "Ελένη",
            "Արամ",
            "김민수",
            "Support 김",
            "山田 太郎",
            "محمد",
            "علی\u{200c}رضا",
            "क्\u{200d}षमा",
            "שרה",
            "Ada 2",
            "Dr. Ada (Sales)",
            "Ольга Smith",
            "Ada 🌸",
        ] {
            assert_eq!(valid(name).as_deref(), Ok(name));
        }
        assert_eq!(valid("  Ada \t  L ").as_deref(), Ok("Ada L"));
    }

    #[test]
    fn a_name_that_hides_something_is_refused() {
        let long = "x".repeat(MAX_NAME_CHARS + 1);
        for (name, why) in [
            ("", Refused::Length),
            (" \t\u{a0}", Refused::Length),
            (&long, Refused::Length),
            ("A\u{1b}da", Refused::Unseen),
            ("Ada\u{0}", Refused::Unseen),
            ("Ada\u{202e}", Refused::Unseen),
            ("\u{2066}Ada\u{2069}", Refused::Unseen),
            ("A\u{200b}da", Refused::Unseen),
            ("A\u{200d}da", Refused::Unseen),
            ("Ada\u{200d}", Refused::Unseen),
            ("Ada\u{ad}", Refused::Unseen),
            ("Ada\u{feff}", Refused::Unseen),
            ("Ada\u{fe0f}", Refused::Unseen),
            ("Ada\u{e0041}", Refused::Unseen),
            ("\u{3164}", Refused::Unseen),
            ("...", Refused::Unseen),
            ("A\u{301}\u{301}\u{301}\u{301}da", Refused::Unseen),
            ("Аdа", Refused::Mixed),
            ("Adα", Refused::Mixed),
            ("Eve Аda", Refused::Mixed),
            ("ꓮda", Refused::Mixed),
            ("Ⲁda", Refused::Mixed),
        ] {
            assert_eq!(valid(name), Err(why), "{name:?}");
        }
    }

    #[test]
    fn names_that_look_alike_are_one_and_others_are_not() {
        for (one, other) in [
            ("Ada", "ADA"),
            ("cap", "сар"),
            ("Bill", "BiII"),
            ("Ian", "lan"),
            ("IDA", "ida"),
            ("Olga 0", "olga o"),
            ("ала", "aла"),
            ("Anne-Marie", "Anne\u{2010}Marie"),
            ("Anne-Marie", "Anne\u{2011}Marie"),
            ("Ada", "Adɑ"),
            ("O'Neil", "O\u{2bc}Neil"),
            ("O'Neil", "O\u{2019}Neil"),
        ] {
            assert!(look_alike(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("Ada", "Adam"),
            ("Ольга", "Olga"),
            ("Zoe", "Zoë"),
            ("Lisa", "Ilsa"),
            ("Lina", "Iina"),
            ("Ella", "Eila"),
            ("Ian", "Lan"),
            ("Lia", "Ila"),
        ] {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
