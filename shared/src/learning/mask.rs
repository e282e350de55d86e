//! Masks what looks personal in a question, before it is stored.
//!
//! Nobody can tell every name from a word. So it errs to mask: a number, an address and a name that the site has signed are always
//! masked, and a capitalised word is where no document of the site has it. What the site itself writes ("iPhone 15", "error 404")
//! stays. A masked run is one `MASK`, which no index has.
//!
//! **Invariant:** the result has no `@`, no address of the web, and no digit but in words that the site's documents have.

mod cut;
mod names;
mod normal;
mod numbers;
mod people;
mod phrases;
#[cfg(test)]
mod tests;

use super::lesson::is_question;
use crate::languages::common_words;
use crate::matching::words;
use cut::{Token, cut};
use names::Names;
use phrases::Phrases;
use std::collections::BTreeSet;

/// What stands where something was masked.
pub(super) const MASK: &str = "…";
/// A question has this many words besides what is masked.
const FEWEST_WORDS: usize = 2;

/// What is known when a text is masked.
pub struct Masking<'a> {
    /// The language of the panel.
    pub locale: &'a str,
    /// What the site has signed of the visitor: all of these words are personal.
    pub signed: &'a [String],
    /// What agents are called: personal, unless the site's documents have the word.
    pub agents: &'a [String],
    /// Whether a document of the site has a word, as it is written in the text.
    pub is_known: &'a dyn Fn(&str) -> bool,
}

/// A question without what looks personal, in one line; none if it is too long for one, or if too little is left.
pub fn masked(text: &str, masking: &Masking<'_>) -> Option<String> {
    if !is_question(text) {
        return None;
    }
    let text = normal::plain(text);
    let mut tokens = cut(&text);
    let mut scene = Scene::of(&tokens, masking);
    numbers::mask(&mut tokens, &scene);
    scene.names.learn(&tokens);
    people::mask(&mut tokens, &scene);
    scene.names.mask(&mut tokens, &scene);
    numbers::mask_beside(&mut tokens, &scene);
    let written = written(&tokens);
    let left = words(&written).len();
    let gone = written.matches(MASK).count();
    (left >= FEWEST_WORDS && left >= gone).then_some(written)
}

/// What is known of a text as a whole.
struct Scene<'a> {
    masking: &'a Masking<'a>,
    names: Names,
    phrases: Phrases,
    common: BTreeSet<String>,
    /// Whether capital letters mark names in this text.
    capitals_tell: bool,
    /// Whether it is written in capital letters.
    shouts: bool,
}

impl<'a> Scene<'a> {
    fn of(tokens: &[Token<'_>], masking: &'a Masking<'a>) -> Self {
        let common = words(common_words(masking.locale)).into_iter().map(|word| word.folded).collect();
        let shouts = is_shouted(tokens);
        // German writes every noun with a capital letter.
        let is_german = matches!(masking.locale.split(['-', '_']).next(), Some("de" | "lb"));
        let names = Names::of(masking);
        let capitals_tell = !shouts && !is_german;
        Self { masking, names, phrases: Phrases::new(), common, capitals_tell, shouts }
    }

    /// Whether a word is one that says nothing of a person: the site's documents have it, or everybody uses it.
    fn is_public(&self, token: &Token<'_>) -> bool {
        self.is_common(token) || (self.masking.is_known)(token.core)
    }

    fn is_common(&self, token: &Token<'_>) -> bool {
        !token.folded.is_empty() && token.folded.iter().all(|word| self.common.contains(word))
    }

    /// Whether a token may be a name by how it is written: with a capital letter, if those tell anything here.
    fn looks_like_a_name(&self, token: &Token<'_>) -> bool {
        !token.is_phrase && (token.is_capitalised() || self.shouts) && !self.is_public(token)
    }
}

/// Whether most of a text stands in capital letters.
fn is_shouted(tokens: &[Token<'_>]) -> bool {
    let cased = tokens.iter().filter(|token| token.core.chars().any(|c| c.is_lowercase() || c.is_uppercase()));
    let (mut all, mut shouted) = (0, 0);
    for token in cased {
        all += 1;
        shouted += usize::from(!token.core.chars().any(char::is_lowercase));
    }
    all >= 3 && shouted * 10 >= all * 6
}

/// The tokens in one line, with a sign for each masked run.
fn written(tokens: &[Token<'_>]) -> String {
    let mut line = String::new();
    let mut is_masked = false;
    for token in tokens {
        if token.is_masked && is_masked {
            continue;
        }
        if token.has_space_before && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(if token.is_masked { MASK } else { token.text });
        is_masked = token.is_masked;
    }
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '…' | ',' | ';' | '-' | '–'));
    String::from(line)
}
