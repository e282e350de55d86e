//! Cuts a text into what is masked or not: what spaces part, and in scripts without spaces what signs, numbers and other scripts part.

use crate::matching::words;

/// A piece of the text.
#[derive(Debug)]
pub(super) struct Token<'a> {
    /// All of it, with the signs around it.
    pub(super) text: &'a str,
    /// Without the signs around it.
    pub(super) core: &'a str,
    /// The words in it, as they are searched.
    pub(super) folded: Vec<String>,
    pub(super) has_space_before: bool,
    /// Whether it begins a line or a sentence.
    pub(super) begins: bool,
    /// The line in which it stands.
    pub(super) line: usize,
    /// Whether it is of a script without spaces.
    pub(super) is_unspaced: bool,
    /// Whether it is a part of what people say around names: "my name is", "dear", a title.
    pub(super) is_phrase: bool,
    pub(super) is_masked: bool,
}

impl Token<'_> {
    /// Whether it begins with a capital letter.
    pub(super) fn is_capitalised(&self) -> bool {
        self.core.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a sign behind it ends a clause.
    pub(super) fn ends_clause(&self) -> bool {
        self.tail().contains([',', ';', ':', '.', '!', '?', '…', '。', '、', '،', '؟', '।'])
    }

    /// Whether a sign behind it ends a sentence. The point of an abbreviation is none.
    pub(super) fn ends_sentence(&self) -> bool {
        let ends = self.tail().contains(['!', '?', '…', '。', '؟', '।', ';', ':']);
        ends || (self.tail().contains('.') && self.core.chars().count() > 3)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self.folded.as_slice(), [one] if one == word)
    }

    /// Whether there is a digit of any script in it.
    pub(super) fn has_digit(&self) -> bool {
        self.core.chars().any(char::is_numeric)
    }

    fn tail(&self) -> &str {
        let end = self.text.find(self.core).map_or(0, |start| start + self.core.len());
        if self.core.is_empty() { self.text } else { self.text.get(end..).unwrap_or_default() }
    }
}

/// The tokens of a text in its lines.
pub(super) fn cut(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    for (line, written) in text.lines().enumerate() {
        let mut begins = true;
        for chunk in written.split(' ').filter(|chunk| !chunk.is_empty()) {
            let mut has_space_before = true;
            for piece in pieces(chunk) {
                let core = piece.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
                let folded = words(core).into_iter().map(|word| word.folded).collect();
                let is_unspaced = core.chars().next().is_some_and(is_unspaced);
                let token = Token {
                    text: piece,
                    core,
                    folded,
                    has_space_before,
                    begins,
                    line,
                    is_unspaced,
                    is_phrase: false,
                    is_masked: false,
                };
                begins = token.ends_sentence() || (begins && core.is_empty());
                tokens.push(token);
                has_space_before = false;
            }
        }
    }
    tokens
}

/// A chunk in runs of scripts with spaces and without. A sign belongs to what stands before it.
fn pieces(chunk: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, c) in chunk.char_indices() {
        let kind = if is_unspaced(c) {
            Some(true)
        } else if c.is_alphanumeric() || matches!(c, '@' | '+' | '/' | '#') {
            Some(false)
        } else {
            None
        };
        let Some(kind) = kind else { continue };
        if before.is_some_and(|before| before != kind) {
            all.extend(chunk.get(start..at));
            start = at;
        }
        before = Some(kind);
    }
    all.extend(chunk.get(start..).filter(|rest| !rest.is_empty()));
    all
}

/// A letter of Thai, Lao, Myanmar, Khmer, the kana or Han. Their digits are numbers.
fn is_unspaced(c: char) -> bool {
    let is_of_script = matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}');
    is_of_script && !is_digit(c)
}

/// A digit of a script that has its own; numerals of Han are letters.
fn is_digit(c: char) -> bool {
    matches!(c, '\u{e50}'..='\u{e59}' | '\u{ed0}'..='\u{ed9}' | '\u{1040}'..='\u{1049}' | '\u{1090}'..='\u{1099}' | '\u{17e0}'..='\u{17e9}')
}

/// An accent or vowel that stands on a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{981}'..='\u{983}' | '\u{9bc}'..='\u{9cd}' | '\u{b80}'..='\u{bcd}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{3099}' | '\u{309a}')
}

impl<'a> Token<'a> {
    /// A part of this one; none if it is empty.
    pub(super) fn part(&self, range: std::ops::Range<usize>, is_masked: bool) -> Option<Self> {
        let is_first = range.start == 0;
        let text = self.text.get(range).filter(|text| !text.is_empty())?;
        let core = text.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
        let folded = words(core).into_iter().map(|word| word.folded).collect();
        let (has_space_before, begins) = (self.has_space_before && is_first, self.begins && is_first);
        Some(Token { text, core, folded, has_space_before, begins, is_masked, ..*self })
    }
}
