//! Names that are known: those that the site has signed, those of agents, and those in an address of mail that the text itself has.

use super::Scene;
use super::cut::Token;
use super::{Masking, normal};
use crate::matching::words;

/// A name has as many letters, to be looked for in other forms as well.
const FEWEST_LETTERS: usize = 3;
/// An ending of a form has as many letters at most.
const MOST_ENDING: usize = 3;

/// The words of names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Personal in any case.
    surely: Vec<String>,
    /// Personal, unless the site's documents have the word.
    maybe: Vec<String>,
    /// In scripts without spaces, as they are written.
    unspaced: Vec<String>,
}

impl Names {
    pub(super) fn of(masking: &Masking<'_>) -> Self {
        let mut names = Self::default();
        for name in masking.signed {
            let name = normal::plain(name);
            names.surely.extend(words_of(&name));
            names.unspaced.extend(name.split(|c: char| c.is_whitespace() || c == '・').flat_map(parts_of));
        }
        for name in masking.agents {
            let name = normal::plain(name);
            names.maybe.extend(words_of(&name));
            names.unspaced.extend(name.split_whitespace().flat_map(parts_of));
        }
        names.unspaced.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// Learns the names in the addresses of mail of a text.
    pub(super) fn learn(&mut self, tokens: &[Token<'_>]) {
        for token in tokens.iter().filter(|token| token.is_masked && token.text.contains('@')) {
            let local = token.text.split('@').next().unwrap_or_default();
            let parts = local.split(|c: char| !c.is_alphabetic()).filter(|part| part.chars().count() >= FEWEST_LETTERS);
            self.maybe.extend(parts.flat_map(words_of));
        }
    }

    /// Masks every form of a name.
    pub(super) fn mask<'a>(&self, tokens: &mut Vec<Token<'a>>, scene: &Scene<'_>) {
        for token in tokens.iter_mut().filter(|token| !token.is_masked && !token.is_unspaced) {
            let is =
                |names: &[String]| token.folded.iter().any(|word| names.iter().any(|name| is_form(name, word, token)));
            token.is_masked = is(&self.surely) || (is(&self.maybe) && !scene.is_public(token));
        }
        for name in &self.unspaced {
            let mut at = 0;
            while let Some(token) = tokens.get(at) {
                let place = token.text.find(name.as_str()).filter(|_| !token.is_masked && token.is_unspaced);
                match place {
                    Some(place) => at += super::people::split_out(tokens, at, place..place + name.len()),
                    None => at += 1,
                }
            }
        }
    }
}

fn words_of(name: &str) -> Vec<String> {
    let is_spaced = |word: &String| word.chars().count() > 1 && !word.chars().any(is_unspaced);
    words(name).into_iter().map(|word| word.folded).filter(is_spaced).collect()
}

/// A name in a script without spaces, and what it may be called by: family and given name stand in one.
fn parts_of(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().filter(|c| is_unspaced(*c)).collect();
    let part = |letters: &[char]| letters.iter().collect::<String>();
    match letters.as_slice() {
        [] | [_] => Vec::new(),
        [_, _] => vec![part(&letters)],
        [_, given @ ..] if letters.len() == 3 => vec![part(&letters), part(given)],
        [a, b, rest @ ..] => vec![part(&letters), part(&[*a, *b]), part(rest)]
            .into_iter()
            .filter(|part| part.chars().count() > 1)
            .collect(),
    }
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a word is a name, in one of the forms that languages make: "Müllers", "Anny", "Annának".
fn is_form(name: &str, word: &str, token: &Token<'_>) -> bool {
    if name == word {
        return name.chars().count() >= FEWEST_LETTERS || token.is_capitalised() || !has_case(token);
    }
    let length = name.chars().count();
    if length < FEWEST_LETTERS {
        return false;
    }
    let rest = |stem: &str| word.strip_prefix(stem).map(|rest| rest.chars().count());
    // Korean writes what belongs to a name in one with it, letter by letter here.
    let is_hangul =
        name.chars().any(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}'));
    if let Some(rest) = rest(name) {
        return is_hangul || rest <= MOST_ENDING;
    }
    let stem: String = name.chars().take(length - 1).collect();
    length > FEWEST_LETTERS && !is_hangul && rest(&stem).is_some_and(|rest| rest <= MOST_ENDING)
}

fn has_case(token: &Token<'_>) -> bool {
    token.core.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}
