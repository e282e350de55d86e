//! Which terms of the dictionary a typed word can mean, and how surely.

use super::affixed::affixed;
use super::distance::typing_errors;
use super::halves::halves;
use super::index::Index;
use super::letters::{Letters, letter_bit};
use super::meant::{Meant, push};
use super::pairs::pair;
use super::proclitics::{ATTACHED, with_proclitics, without_proclitic};
use super::text::{Word, has_no_spaces, words};
use super::toneless::toneless;

/// A word that lacks an ending is rather surely the same, the less of it is missing the surer.
const ENDING: f32 = 0.7;
const ENDING_POWER: f32 = 0.75;
/// What both words may have after the shared beginning.
const MAX_AFTER_STEM: usize = 7;
/// The shared beginning must be this part of the longer word.
const MIN_STEM_SHARE: f32 = 0.3;
/// A typed word that is a term with an ending of at most this many letters is rather surely that term.
const MAX_ROOT_ENDING: usize = 6;
const ROOT: f32 = 0.6;
/// How many words in the dictionary beside the typed one are looked at in each direction.
const NEIGHBOURS: usize = 60;
/// A beginning of one or two letters fits half of the dictionary; this many are enough to tell nothing.
const MAX_COMPLETIONS: usize = 250;
/// A single Latin letter says little of the word that it begins; longer words are less likely.
const ONE_LETTER_POWER: f32 = 0.3;
/// A word with one error, with two and with three.
const ERROR: [f32; 3] = [0.45, 0.35, 0.3];
/// This share more where all of the other word is meant and not its beginning, for words of eight letters; for shorter ones less.
const WHOLE: f32 = 0.6;
const SURE_LETTERS: f32 = 8.0;
/// What the particles of Korean leave of a word may be a single syllable; of any other ending, that would be another word.
const PARTICLES: &str = "을 를 이 가 은 는 의 에 와 과 도 로 만 으로 에서 에는 까지 부터";
/// An open syllable whose last consonant begins the next one in the term: less likely than a whole syllable.
const BROKEN: f32 = 0.4;
/// A word of like meaning is worth this much of the word itself.
pub(super) const LIKE: f32 = 0.4;
/// An ending of this many bytes does not part a word from its alias: "cards" is "card", "cancelled" is "cancel".
const ALIAS_ENDING: usize = 3;

/// A character that stands alone, as a half of a pair.
const HOLDING: f32 = 0.5;
/// A word that is a part of a longer one: its end, or its beginning.
const INSIDE: f32 = 0.4;
/// What it has, and what is left of the longer one, in letters.
const LEAST_INSIDE: usize = 5;
const LEAST_BESIDE: usize = 3;
/// A language that is named by one letter, and the same with a sign: "C" and "C#".
const SIGNED: f32 = 0.4;
/// A name with and without the point before it: ".NET".
const POINTLESS: f32 = 0.7;
/// A word that keeps less of its weight than this, since it is common in the language at large, says nothing by itself.
pub(super) const TELLING: f32 = 0.45;

/// Whether a word says something by itself: "my" and "how" do not.
pub(crate) fn is_telling<B: AsRef<[u8]>>(index: &Index<B>, word: &str) -> bool {
    telling_of(index, word) >= TELLING
}

/// How much a word says by itself, from 0 to 1.
pub(super) fn telling_of<B: AsRef<[u8]>>(index: &Index<B>, word: &str) -> f32 {
    index.number(word).map_or(1.0, |number| index.term_telling(number))
}

/// The terms that are a word, what it begins if it is open, or forms of it.
pub(super) fn same<B: AsRef<[u8]>>(index: &Index<B>, word: &str, open: bool) -> Vec<Meant> {
    let typed: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    let at = index.first_at_or_after(word);
    let after = completions(index, word, &typed, open, at, &mut found);
    if !Word::is_code(word) {
        forms(index, word, &typed, at, after, &mut found);
    }
    found
}

/// The terms that a folded word can mean; an open word also means what it may become. `accented`: whether anything that was
/// typed has an accent.
pub(super) fn meanings<B: AsRef<[u8]>>(index: &Index<B>, word: &str, open: bool, accented: bool) -> Vec<Meant> {
    let mut found = unattached(index, word, open, accented);
    if let Some(rest) = without_proclitic(word).filter(|_| !is_exact(index, word, &found)) {
        for meant in unattached(index, rest, open, accented) {
            push(&mut found, meant.term, ATTACHED * meant.surely);
        }
    }
    with_proclitics(index, word, open, &mut found);
    found
}

/// The terms that a word can mean which is only a word.
fn unattached<B: AsRef<[u8]>>(index: &Index<B>, word: &str, open: bool, accented: bool) -> Vec<Meant> {
    let typed: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    let at = index.first_at_or_after(word);
    let after = completions(index, word, &typed, open, at, &mut found);
    let exact = is_exact(index, word, &found);
    // Another code, version or number is never meant; a version is one of a shorter one, and may have a letter before it.
    if Word::is_code(word) {
        if !exact {
            versions(index, word, &mut found);
        }
        return found;
    }
    if let Some(c) = typed.first().copied().filter(|c| typed.len() == 1 && has_no_spaces(*c)) {
        holding(index, c, &mut found);
    }
    if let Some(rest) = word.strip_prefix('.').filter(|_| !exact) {
        same(index, rest, open).into_iter().for_each(|meant| push(&mut found, meant.term, POINTLESS * meant.surely));
    }
    forms(index, word, &typed, at, after, &mut found);
    // An unfinished word of Hangul that begins another one is near to many more: a syllable is few keys.
    let begins = open && Script::of(&typed).hangul && found.iter().any(|meant| meant.surely >= 1.0);
    // Who types accents has typed this word, unless it is not finished.
    if open || !(exact && accented) {
        toneless(index, word, open, accented, &mut found);
    }
    if !exact && !begins {
        match pair(word) {
            Some(pair) => halves(index, pair, open, &mut found),
            None => {
                inside(index, word, &typed, open, &mut found);
                let before = found.len();
                errors(index, word, &typed, open, &mut found);
                if found.len() == before {
                    around(index, word, typed.len(), &mut found);
                }
            }
        }
    }
    affixed(index, word, open, &mut found);
    for term in index.alias(word, ALIAS_ENDING) {
        push(&mut found, term, LIKE);
    }
    found
}

/// Whether one of the terms is the word itself.
fn is_exact<B: AsRef<[u8]>>(index: &Index<B>, word: &str, found: &[Meant]) -> bool {
    found.iter().any(|meant| meant.surely >= 1.0 && index.term_text(meant.term) == word)
}

/// What differs between scripts: a letter of Hangul is half a syllable and says half as much, and its endings are syllables.
struct Script {
    /// Two words that share a beginning of this many letters may be forms of one.
    min_stem: usize,
    /// A whole word that is at least so long may have got, or lost, an ending.
    min_root: usize,
    /// An ending that was left out has at most this many letters.
    max_ending: usize,
    /// The length in letters from which a number of typing errors is looked for; the longest first.
    errors: [(usize, usize); 2],
    hangul: bool,
}

/// Arabic and Hebrew leave most vowels out: three letters are a root.
const ABJAD: Script = Script { min_stem: 3, ..ALPHABETIC };
/// The fewest letters of two syllables of Hangul.
const TWO_SYLLABLES: usize = 4;
/// Shorter beginnings would make "car" and "cat" one. Shorter words have too many neighbours for an error to be told from
/// another word.
const ALPHABETIC: Script = Script { min_stem: 4, min_root: 3, max_ending: 4, errors: [(8, 2), (4, 1)], hangul: false };
/// A slip on a syllable is up to three letters.
const HANGUL: Script = Script { min_stem: 5, min_root: 2, max_ending: 9, errors: [(6, 3), (4, 1)], hangul: true };

impl Script {
    fn of(typed: &[char]) -> &'static Self {
        match typed.first() {
            Some(first) if is_hangul(*first) => &HANGUL,
            Some('\u{590}'..='\u{6ff}') => &ABJAD,
            _ => &ALPHABETIC,
        }
    }

    /// Whether what was typed may be all of a word before `rest`: in Hangul a vowel takes the last consonant into its own
    /// syllable.
    fn may_pause_before(&self, rest: &str) -> bool {
        !self.hangul || !rest.starts_with(is_hangul_vowel)
    }

    /// Whether a word may end before `rest`: in Hangul, where a syllable begins. 수 is no beginning of 숨.
    fn may_end_before(&self, rest: &str) -> bool {
        // Letters of Hangul are folded to two bytes each, the second of a vowel being 0x93 or more.
        !self.hangul
            || !matches!(rest.as_bytes(), [0xc2, 0x93..=0xbf, ..] | [0xc2, _, 0xc2, 0x80..=0x92, ..] | [0xc2, _])
    }

    /// Whether a word that is a term with this ending is a form of it.
    fn is_rooted(&self, root: usize, ending: &str) -> bool {
        match self.hangul {
            true => self.may_end_before(ending) && (root >= TWO_SYLLABLES || is_particle(ending)),
            false => root >= self.min_stem,
        }
    }
}

/// Adds the word itself, what it begins and, for a closed word, what it lacks an ending of. Gives the first term after.
fn completions<B: AsRef<[u8]>>(
    index: &Index<B>,
    word: &str,
    typed: &[char],
    open: bool,
    at: usize,
    found: &mut Vec<Meant>,
) -> usize {
    let script = Script::of(typed);
    let one_letter = typed.len() < 2 && word.is_ascii();
    let mut number = at;
    while number < index.term_count() && number - at < MAX_COMPLETIONS {
        let text = index.term_text(number);
        let Some(rest) = text.strip_prefix(word) else { break };
        let missing = rest.chars().count();
        let share = typed.len() as f32 / (typed.len() + missing) as f32;
        let whole = script.may_pause_before(rest);
        if missing == 0 {
            found.push(Meant { term: number, surely: 1.0 });
        } else if open {
            let surely = if one_letter { power(1.0 / (1 + missing) as f32, ONE_LETTER_POWER) } else { 1.0 };
            found.push(Meant { term: number, surely: if whole { surely } else { BROKEN * surely } });
        } else if Word::is_code(word) {
            if rest.starts_with('.') {
                found.push(Meant { term: number, surely: ENDING });
            }
        } else if one_letter && rest.bytes().all(|byte| matches!(byte, b'+' | b'#')) {
            found.push(Meant { term: number, surely: SIGNED });
        } else if script.may_end_before(rest) && missing <= script.max_ending && typed.len() >= script.min_root {
            found.push(Meant { term: number, surely: ENDING * power(share, ENDING_POWER) });
        }
        number += 1;
    }
    number
}

/// Adds the terms around the word that share most of its beginning.
fn forms<B: AsRef<[u8]>>(
    index: &Index<B>,
    word: &str,
    typed: &[char],
    at: usize,
    after: usize,
    found: &mut Vec<Meant>,
) {
    let script = Script::of(typed);
    // False when the shared beginning is too short: so it will be for all terms further away.
    let mut look = |number: usize| {
        let text = index.term_text(number);
        let shared = word.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
        if shared < script.min_root {
            return false;
        }
        let length = text.chars().count();
        let share = 2.0 * shared as f32 / (typed.len() + length) as f32;
        // The word is a term with an ending.
        let ending = word.strip_prefix(text).filter(|_| typed.len() - shared <= MAX_ROOT_ENDING);
        let near = typed.len() - shared <= MAX_AFTER_STEM && length - shared <= MAX_AFTER_STEM;
        if ending.is_some_and(|ending| script.is_rooted(shared, ending)) {
            found.push(Meant { term: number, surely: ROOT.max(share * share) });
        } else if near && shared >= script.min_stem && shared as f32 >= MIN_STEM_SHARE * typed.len().max(length) as f32
        {
            found.push(Meant { term: number, surely: share * share });
        }
        true
    };
    for number in (at.saturating_sub(NEIGHBOURS)..at).rev() {
        if !look(number) {
            break;
        }
    }
    for number in after..index.term_count().min(after + NEIGHBOURS) {
        if !look(number) {
            break;
        }
    }
}

/// Adds the terms of which the word is the end, or, if it is finished, the beginning, and which are no forms of it: "Adresse" is in
/// "Lieferadresse".
fn inside<B: AsRef<[u8]>>(index: &Index<B>, word: &str, typed: &[char], open: bool, found: &mut Vec<Meant>) {
    let script = Script::of(typed);
    let least = if script.hangul { TWO_SYLLABLES } else { LEAST_INSIDE };
    if typed.len() < least {
        return;
    }
    let letters = Letters::of(word).all;
    for (number, _) in index.letters().enumerate().filter(|(_, other)| letters & !other.all == 0) {
        let mut parts = index.term_bytes(number).windows(word.len());
        let Some(at) = parts.position(|part| part == word.as_bytes()) else { continue };
        let text = index.term_text(number);
        // Its end, or, while it is typed, its middle.
        let before = text.strip_suffix(word).or_else(|| text.get(..at).filter(|_| open));
        let is_end = before.is_some_and(|before| before.chars().count() >= LEAST_BESIDE && script.may_end_before(word));
        let is_beginning = !open && text.strip_prefix(word).is_some_and(|rest| script.may_end_before(rest));
        if is_end || is_beginning {
            push(found, number, INSIDE);
        }
    }
}

/// Adds the terms that a word which no document has begins or ends with: "Lastschrift" is in "Rücklastschrift".
fn around<B: AsRef<[u8]>>(index: &Index<B>, word: &str, letters: usize, found: &mut Vec<Meant>) {
    for (before, (at, _)) in word.char_indices().enumerate().skip(LEAST_BESIDE) {
        let (beginning, end) = word.split_at_checked(at).unwrap_or_default();
        let after = letters - before;
        for (part, of, beside) in [(beginning, before, after), (end, after, before)] {
            if of < LEAST_INSIDE || beside < LEAST_BESIDE {
                continue;
            }
            if let Some(number) = index.number(part).filter(|number| index.term_telling(*number) >= TELLING) {
                push(found, number, INSIDE);
            }
        }
    }
}

/// Adds the version of which a word is one more exactly, and either with and without the letter that stands for "version".
fn versions<B: AsRef<[u8]>>(index: &Index<B>, word: &str, found: &mut Vec<Meant>) {
    let number = word.strip_prefix('v').unwrap_or(word);
    if !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return;
    }
    let mut version = number;
    loop {
        for term in [index.number(version), index.number(&["v", version].concat())].into_iter().flatten() {
            push(found, term, if version == number { 1.0 } else { ENDING });
        }
        match version.rsplit_once('.') {
            Some((shorter, _)) if shorter.contains('.') => version = shorter,
            _ => break,
        }
    }
}

/// Adds the pairs that have a character which stands alone, unless it is a part of words that say nothing.
fn holding<B: AsRef<[u8]>>(index: &Index<B>, c: char, found: &mut Vec<Meant>) {
    let bit = letter_bit(c);
    let has = |number: &usize| pair(index.term_text(*number)).is_some_and(|pair| pair.contains(&c));
    let pairs = || {
        index.letters().enumerate().filter(|(_, letters)| letters.all & bit != 0).map(|(number, _)| number).filter(has)
    };
    if pairs().all(|number| index.term_telling(number) >= TELLING) {
        pairs().for_each(|number| push(found, number, HOLDING));
    } else {
        found.retain(|meant| pair(index.term_text(meant.term)).is_none());
    }
}

/// Adds the terms that are a typing error or two away.
fn errors<B: AsRef<[u8]>>(index: &Index<B>, word: &str, typed: &[char], open: bool, found: &mut Vec<Meant>) {
    let errors = &Script::of(typed).errors;
    let Some((_, limit)) = errors.iter().copied().find(|(length, _)| typed.len() >= *length) else { return };
    let letters = Letters::of(word);
    let (typed_first, typed_second) = (typed.first().copied(), typed.get(1).copied());
    let mut near = Vec::new();
    for (number, other) in index.letters().enumerate() {
        // Each error brings at most one letter that the other has not.
        let missing = (letters.all & !other.all).count_ones() as usize;
        let extra = if open { 0 } else { (other.all & !letters.all).count_ones() as usize };
        if missing > limit || extra > limit || !other.may_begin_like(&letters) {
            continue;
        }
        // Almost nobody errs in the first letter and the second at once.
        let mut term = index.term_text(number).chars();
        let (first, second) = (term.next(), term.next());
        if !(first == typed_first || second == typed_second || first == typed_second) {
            continue;
        }
        near.clear();
        near.extend(first.into_iter().chain(second).chain(term));
        let Some(errors) = typing_errors(typed, &near, open, limit) else { continue };
        let Some(surely) = errors.checked_sub(1).and_then(|errors| ERROR.get(errors)) else { continue };
        // A word that is near to all of another is surelier that one than what is near to its beginning.
        let is_whole = !open || near.len() <= typed.len() + 1;
        let length = (typed.len() as f32 / SURE_LETTERS).min(1.0);
        push(found, number, surely * if is_whole { 1.0 + WHOLE * length } else { 1.0 });
    }
}

/// A power of a positive number, by the two functions that the search has anyway: the library's own weighs two kilobytes.
pub(crate) fn power(base: f32, exponent: f32) -> f32 {
    (exponent * base.ln()).exp()
}

fn is_particle(ending: &str) -> bool {
    words(PARTICLES).iter().any(|particle| particle.folded == ending)
}

/// A letter of Hangul, as it is folded.
fn is_hangul(c: char) -> bool {
    ('\u{80}'..='\u{a0}').contains(&c)
}

fn is_hangul_vowel(c: char) -> bool {
    ('\u{93}'..='\u{a0}').contains(&c)
}
