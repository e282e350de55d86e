//! People who say what they are called, greet somebody or sign; and words that are written like names.

use super::Scene;
use super::cut::Token;
use super::phrases::{HONORIFICS, LINKS, NAME_BEHIND, TITLES};
use std::ops::Range;

/// A name has as many words at most.
const MOST_WORDS: usize = 3;
/// A signature has as many words at most.
const SIGNATURE: usize = 4;
/// A shorter word in capital letters is an abbreviation ("USB", "VAT").
const ABBREVIATION: usize = 3;
/// A name in a script without spaces has as many letters at most.
const LETTERS: usize = 4;

/// Masks all of them.
pub(super) fn mask(tokens: &mut Vec<Token<'_>>, scene: &Scene<'_>) {
    for at in 0..tokens.len() {
        introductions(tokens, at, scene);
        greeting(tokens, at, scene);
        title(tokens, at, scene);
        closing(tokens, at, scene);
    }
    last_line(tokens, scene);
    last_sentence(tokens, scene);
    capitals(tokens, scene);
    unspaced(tokens);
}

/// Where the longest of these phrases ends that begins at a token; none if there is none. Its own words are no names.
fn end_of(tokens: &mut [Token<'_>], at: usize, phrases: &[Vec<String>]) -> Option<usize> {
    let ends = phrases.iter().filter_map(|phrase| {
        let (mut left, mut end) = (phrase.as_slice(), at);
        while !left.is_empty() {
            let token = tokens.get(end)?;
            left = left.strip_prefix(token.folded.as_slice()).filter(|_| !token.folded.is_empty())?;
            end += 1;
        }
        Some(end)
    });
    let end = ends.max()?;
    tokens.iter_mut().take(end).skip(at).for_each(|token| token.is_phrase = true);
    Some(end)
}

/// "My name is Anna Müller", "I'm Anna".
fn introductions(tokens: &mut [Token<'_>], at: usize, scene: &Scene<'_>) {
    if let Some(end) = end_of(tokens, at, &scene.phrases.name_is) {
        let is_name = |token: &Token<'_>, place: usize| {
            let goes_on = token.is_capitalised() || (token.ends_clause() && !scene.is_public(token));
            !scene.is_common(token) && (place == 0 || goes_on)
        };
        mask_while(tokens, end, MOST_WORDS, is_name);
    } else if let Some(end) = end_of(tokens, at, &scene.phrases.may_be) {
        let next = tokens.get(end + 1);
        let goes_on = next.is_none_or(|next| LINKS.iter().any(|link| next.is(link)));
        let is_name = |token: &Token<'_>, place: usize| {
            let stands_alone = place == 0 && (token.ends_clause() || goes_on);
            !scene.is_public(token) && (token.is_capitalised() || stands_alone)
        };
        mask_while(tokens, end, MOST_WORDS, is_name);
    }
}

/// "Dear Ms Smith," "hi anna,".
fn greeting(tokens: &mut [Token<'_>], at: usize, scene: &Scene<'_>) {
    if !tokens.get(at).is_some_and(|token| token.begins) {
        return;
    }
    let Some(end) = end_of(tokens, at, &scene.phrases.greetings) else { return };
    if end.checked_sub(1).and_then(|last| tokens.get(last)).is_some_and(Token::ends_clause) {
        return;
    }
    let rest = tokens.iter().skip(end);
    let is_short = rest.take(MOST_WORDS + 1).position(Token::ends_clause).is_some_and(|place| place < MOST_WORDS);
    let is_name = |token: &Token<'_>, _: usize| {
        is_title(token) || (!scene.is_public(token) && (token.is_capitalised() || is_short))
    };
    mask_while(tokens, end, MOST_WORDS + 1, is_name);
}

/// "Herr Müller", "Dr. Smith".
fn title(tokens: &mut [Token<'_>], at: usize, scene: &Scene<'_>) {
    if let Some(token) = tokens.get_mut(at).filter(|token| is_title(token)) {
        token.is_phrase = true;
        let is_name = |token: &Token<'_>, _: usize| token.is_capitalised() && !scene.is_common(token);
        mask_while(tokens, at + 1, MOST_WORDS, is_name);
    }
    // "김철수님" is written in one.
    if let Some(token) = tokens.get_mut(at)
        && (token.core.ends_with('님') || token.core.ends_with('씨'))
        && token.core.chars().count() > 2
        && !scene.is_public(token)
    {
        token.is_masked = true;
    }
}

fn is_title(token: &Token<'_>) -> bool {
    matches!(token.folded.as_slice(), [one] if TITLES.contains(&one.as_str()))
}

/// "Best regards, Anna Müller".
fn closing(tokens: &mut [Token<'_>], at: usize, scene: &Scene<'_>) {
    let follows_clause = at.checked_sub(1).and_then(|before| tokens.get(before)).is_none_or(Token::ends_clause);
    if !follows_clause && !tokens.get(at).is_some_and(|token| token.begins) {
        return;
    }
    let Some(end) = end_of(tokens, at, &scene.phrases.closings) else { return };
    let rest = tokens.get(end..).unwrap_or_default();
    let is_signature = rest.len() <= SIGNATURE && rest.iter().all(|token| is_of_signature(token, scene));
    if is_signature {
        tokens.iter_mut().skip(end).for_each(|token| token.is_masked = true);
    } else if !end.checked_sub(1).and_then(|last| tokens.get(last)).is_some_and(Token::ends_sentence) {
        let is_name = |token: &Token<'_>, _: usize| token.is_capitalised() && !scene.is_public(token);
        mask_while(tokens, end, MOST_WORDS, is_name);
    }
}

fn is_of_signature(token: &Token<'_>, scene: &Scene<'_>) -> bool {
    let asks = token.text.contains(['?', '？', '؟']);
    !asks && (token.core.is_empty() || token.is_masked || token.is_capitalised() || !scene.is_common(token))
}

/// A short last line is a signature.
fn last_line(tokens: &mut [Token<'_>], scene: &Scene<'_>) {
    let Some(last) = tokens.last().map(|token| token.line).filter(|line| *line > 0) else { return };
    let of_last = |token: &&mut Token<'_>| token.line == last;
    let line: Vec<&Token<'_>> = tokens.iter().filter(|token| token.line == last).collect();
    if line.len() <= MOST_WORDS && line.iter().all(|token| is_of_signature(token, scene)) {
        tokens.iter_mut().filter(of_last).for_each(|token| token.is_masked = true);
    }
}

/// "My lamp is broken. Anna" and "My lamp is broken – Anna".
fn last_sentence(tokens: &mut [Token<'_>], scene: &Scene<'_>) {
    let begins = tokens.iter().rposition(|token| token.begins || token.core.is_empty()).unwrap_or_default();
    let rest = tokens.get(begins..).unwrap_or_default();
    let is_name = |token: &Token<'_>| token.core.is_empty() || token.is_capitalised();
    if begins > 0
        && rest.len() <= MOST_WORDS
        && rest.iter().all(|token| is_name(token) && is_of_signature(token, scene))
    {
        tokens.iter_mut().skip(begins).for_each(|token| token.is_masked = true);
    }
}

/// Words that are written like names and that no document has.
fn capitals(tokens: &mut [Token<'_>], scene: &Scene<'_>) {
    let is_like_a_name: Vec<bool> = tokens
        .iter()
        .map(|token| {
            let length = token.core.chars().count();
            let is_abbreviation =
                length <= ABBREVIATION && !token.core.chars().any(char::is_lowercase) && !scene.shouts;
            !token.is_unspaced && length > 1 && !is_abbreviation && scene.looks_like_a_name(token)
        })
        .collect();
    let is = |at: usize| is_like_a_name.get(at).copied().unwrap_or(false);
    for at in 0..tokens.len() {
        let follows = at
            .checked_sub(1)
            .is_some_and(|before| is(before) && tokens.get(before).is_some_and(|one| !one.ends_clause()));
        let Some(token) = tokens.get(at) else { continue };
        let in_a_row = follows || (is(at + 1) && !token.ends_clause());
        let alone =
            scene.shouts || (scene.capitals_tell && (!token.begins || (token.ends_clause() && tokens.len() > 1)));
        let says_so = tokens.get(at + 1).is_some_and(|next| next.is("here") || next.is("hier"));
        if is(at)
            && (in_a_row || alone || says_so)
            && let Some(token) = tokens.get_mut(at)
        {
            token.is_masked = true;
        }
    }
}

/// Names in scripts without spaces, by what stands before or behind them.
fn unspaced(tokens: &mut Vec<Token<'_>>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let range = if token.is_unspaced && !token.is_masked { name_in(token.text) } else { None };
        at += range.map_or(1, |range| split_out(tokens, at, range));
    }
}

/// Where a name stands in a run of letters.
fn name_in(text: &str) -> Option<Range<usize>> {
    for (mark, most) in NAME_BEHIND {
        if let Some(start) = text.find(mark).map(|at| at + mark.len()) {
            let length: usize =
                text.get(start..)?.chars().take(most).take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
            return (length > 0).then_some(start..start + length);
        }
    }
    for mark in HONORIFICS {
        let Some(end) = text.find(mark) else { continue };
        let before = text
            .get(..end)?
            .chars()
            .rev()
            .take(LETTERS)
            .take_while(|c| is_letter(*c) && !matches!(c, 'の' | 'は' | 'が'));
        let length: usize = before.map(char::len_utf8).sum();
        let name = text.get(end - length..end)?;
        // "Customers" and "everybody" are nobody's name.
        if length > 0 && !name.ends_with(['客', '皆', 'お']) {
            return Some(end - length..end);
        }
    }
    None
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// Masks a part of a token, which becomes one of its own. Gives how many tokens it has become.
pub(super) fn split_out(tokens: &mut Vec<Token<'_>>, at: usize, range: Range<usize>) -> usize {
    let Some(token) = tokens.get(at) else { return 1 };
    let parts = [(0..range.start, false), (range.clone(), true), (range.end..token.text.len(), false)];
    let parts: Vec<Token<'_>> =
        parts.into_iter().filter_map(|(range, is_masked)| token.part(range, is_masked)).collect();
    let count = parts.len();
    tokens.splice(at..=at, parts);
    // The part behind the name is looked at once more.
    count.saturating_sub(1).max(1)
}

/// Masks tokens from a place on, as long as they are of a name, up to the end of the clause.
fn mask_while(tokens: &mut [Token<'_>], from: usize, most: usize, is_name: impl Fn(&Token<'_>, usize) -> bool) {
    for (place, token) in tokens.iter_mut().skip(from).take(most).enumerate() {
        if !is_name(token, place) {
            break;
        }
        let ends = token.ends_clause();
        token.is_masked |= !is_title(token);
        if ends && !is_title(token) {
            break;
        }
    }
}
