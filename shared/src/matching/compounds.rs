//! Words that some write as one and others as two: "Wi-Fi" and "wifi", "log in" and "login", "Kontolöschung" and "Konto löschen".

use super::expand::{LIKE, is_telling, same};
use super::index::Index;
use super::meant::{Meant, raise};
use super::text::{CODE_SIGN, Word, has_no_spaces};

/// The fewest letters of a word that is made of two.
const LEAST: usize = 4;
/// The fewest of a part that is a word of the documents, and of one that may be a form or a beginning of such a word.
const LEAST_PART: usize = 2;
const LEAST_FORM: usize = 3;
/// The fewest letters of two words that are looked for as one while the second is still typed.
const LEAST_OPEN: usize = 5;
/// A part counts as found from here on.
const SURE: f32 = 0.3;
/// What German, Dutch and the languages of the North put between the parts.
const LINKS: [&str; 5] = ["", "s", "es", "n", "en"];
/// A chain of more words than this is not written as one.
const CHAIN: usize = 3;

/// The words that joined ones make together, each with the places of its first and its last part: "wifi" of "Wi-Fi".
pub(super) fn joined(words: &[Word]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for last in 1..words.len() {
        let mut first = last;
        while first > 0 && last + 1 - first < CHAIN && words.get(first).is_some_and(|word| word.joined) {
            first -= 1;
            found.extend(words.get(first..=last).and_then(together).map(|whole| (first, last, whole)));
        }
    }
    found
}

/// Words written as one, if they may be: not two numbers, nor parts of a script without spaces.
fn together(words: &[Word]) -> Option<String> {
    let has_digits_alone = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_unspaced = |word: &Word| word.folded.starts_with(has_no_spaces);
    if words.iter().any(is_unspaced) || words.windows(2).any(|two| two.iter().all(has_digits_alone)) {
        return None;
    }
    let mut whole = String::new();
    words.iter().for_each(|word| whole.push_str(word.folded.trim_start_matches('.')));
    (Word::is_code(&whole) || whole.chars().nth(LEAST - 1).is_some() || words.iter().any(|word| word.joined))
        .then_some(whole)
}

/// Adds to the meanings of neighbours what they mean if they are written as one.
pub(super) fn add_joined<B: AsRef<[u8]>>(index: &Index<B>, words: &[Word], meant: &mut [Vec<Meant>]) {
    for last in 1..words.len() {
        let is_chain = last >= 2 && words.get(last - 1..=last).is_some_and(|two| two.iter().all(|word| word.joined));
        for length in [2, 3].into_iter().take(1 + usize::from(is_chain)) {
            let first = last + 1 - length;
            let Some(parts) = words.get(first..=last) else { continue };
            let open = parts.last().is_some_and(|word| word.open);
            let Some(whole) = together(parts) else { continue };
            let least = if parts.iter().skip(1).all(|word| word.joined) { LEAST_FORM } else { LEAST_OPEN };
            if open && whole.chars().nth(least - 1).is_none() && index.number(&whole).is_none() {
                continue;
            }
            let begins = beginning(&whole, parts);
            let is_form = |term: usize| index.term_text(term).starts_with(begins);
            // Most neighbours are two words, which one look tells.
            let forms = if is_form(index.first_at_or_after(begins)) { same(index, &whole, open) } else { Vec::new() };
            for found in forms.into_iter().filter(|found| is_form(found.term)) {
                meant.iter_mut().skip(first).take(length).for_each(|meant| raise(meant, found.term, found.surely));
            }
            for term in index.alias(&whole, 0) {
                meant.iter_mut().skip(first).take(length).for_each(|meant| raise(meant, term, LIKE));
            }
        }
    }
}

/// What a form of the whole has to begin with: all parts, and of the last one what tells it from others.
fn beginning<'a>(whole: &'a str, parts: &[Word]) -> &'a str {
    let last = parts.last().map_or(0, |word| word.folded.len());
    let end = whole.char_indices().map(|(at, _)| at).find(|at| *at >= whole.len().saturating_sub(last)).unwrap_or(0);
    let rest = whole.get(end..).unwrap_or_default();
    let told = rest.char_indices().nth(LEAST_FORM).map_or(whole.len(), |(at, _)| end + at);
    whole.get(..told).unwrap_or(whole)
}

/// The words as the documents have them: what a sign joins is one if the documents write it as one, and a word that no document has is
/// parted into two if one document has both.
pub(super) fn as_written<B: AsRef<[u8]>>(index: &Index<B>, words: Vec<Word>) -> Vec<Word> {
    let mut all = Vec::with_capacity(words.len());
    for word in as_one(index, words) {
        match parts(index, &word) {
            Some([first, second]) => {
                all.push(Word { folded: first, open: false, ..word.clone() });
                all.push(Word { folded: second, joined: true, ..word });
            }
            None => all.push(word),
        }
    }
    all
}

/// The words with joined ones as one, so that they do not count twice: where the documents have that one, and where it is a code, of
/// which another one is never meant.
fn as_one<B: AsRef<[u8]>>(index: &Index<B>, words: Vec<Word>) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let joined = after.iter().take_while(|word| word.joined).count().min(CHAIN - 1);
        let chains = (1..=joined).rev().filter_map(|length| rest.get(..=length));
        let whole = chains
            .filter_map(|chain| Some((chain, together(chain)?)))
            .find(|(chain, whole)| is_one(index, chain, whole));
        match whole {
            Some((chain, mut folded)) => {
                let last = chain.last().unwrap_or(first);
                if last.folded.len() == 1 && !last.open && !Word::is_code(&folded) && index.number(&folded).is_none() {
                    // "USB-D" is another thing than "USB-C", as another code is: no error makes one of the other.
                    folded.insert(folded.len() - 1, CODE_SIGN);
                }
                all.push(Word {
                    folded,
                    range: first.range.start..last.range.end,
                    open: last.open,
                    joined: first.joined,
                });
                rest = rest.get(chain.len()..).unwrap_or_default();
            }
            None => {
                all.push(first.clone());
                rest = after;
            }
        }
    }
    all
}

fn is_one<B: AsRef<[u8]>>(index: &Index<B>, chain: &[Word], whole: &str) -> bool {
    let last = chain.last();
    let begun = index.term_text(index.first_at_or_after(whole));
    let is_code =
        chain.len() == 2 && (Word::is_code(whole) || last.is_some_and(|word| word.folded.len() == 1 && !word.open));
    begun == whole || (last.is_some_and(|word| word.open) && begun.starts_with(whole)) || is_code
}

/// The two words that a word is made of, the first one as long as can be.
fn parts<B: AsRef<[u8]>>(index: &Index<B>, word: &Word) -> Option<[String; 2]> {
    let whole = word.folded.as_str();
    if let Some((first, second)) = whole.split_once(CODE_SIGN) {
        let both = index.number(first).zip(index.number(second));
        let both = both.filter(|(one, other)| index.have_both(*one, *other) && is_telling(index, second));
        return both.map(|_| [first, second].map(String::from));
    }
    let is_begun = index.term_text(index.first_at_or_after(whole)).starts_with(whole);
    let is_long = Word::is_code(whole) || whole.chars().nth(LEAST - 1).is_some();
    if is_begun || whole.starts_with(has_no_spaces) || !is_long {
        return None;
    }
    for (end, _) in whole.char_indices().rev() {
        let (first, rest) = whole.split_at_checked(end).filter(|(first, _)| !first.is_empty())?;
        // German leaves the end of "Adresse" out of "Adressänderung".
        let found = index.number(first).or_else(|| index.number(&[first, "e"].concat()));
        let Some(number) = found.filter(|number| index.has_postings(*number)) else { continue };
        let first = index.term_text(number);
        for second in LINKS.into_iter().filter_map(|link| rest.strip_prefix(link)) {
            // "Windows7" is "Windows 7", whatever the length of its parts.
            let is_numbered = ends_with_digit(first) != second.starts_with(|c: char| c.is_ascii_digit());
            let letters = second.chars().count().min(first.chars().count());
            if (letters < LEAST_PART && !is_numbered) || !(is_telling(index, first) || is_telling(index, second)) {
                continue;
            }
            let found = same(index, second, word.open);
            let is_sure = |meant: &&Meant| {
                let is_whole = index.term_text(meant.term) == second;
                let is_enough = if is_numbered {
                    is_whole
                } else {
                    letters >= LEAST_FORM || (is_whole && (!word.open || Word::is_code(first)))
                };
                meant.surely >= SURE && is_enough
            };
            if found.iter().filter(is_sure).any(|meant| index.have_both(number, meant.term)) {
                return Some([String::from(first), String::from(second)]);
            }
        }
    }
    None
}

fn ends_with_digit(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
}
