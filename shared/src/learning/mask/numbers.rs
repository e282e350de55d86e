//! Numbers, codes and addresses.

use super::Scene;
use super::cut::Token;

/// A longer number is of one person or order, even where it stands in a document.
const MOST_DIGITS: usize = 5;
/// This many digits in two neighbouring numbers or more are a number of a telephone, an account or a card.
const OF_A_RUN: usize = 6;
/// This many numerals of Han in a row are a number that is read digit by digit.
const HAN_DIGITS: usize = 5;
/// How far from a number the words of an address may stand.
const BESIDE: usize = 3;
/// How German names of streets end, where capital letters tell nothing.
const STREETS: [&str; 10] = ["strasse", "straße", "str", "gasse", "weg", "platz", "allee", "ring", "damm", "ufer"];

/// Masks numbers, but those that the site's documents have, and all that is an address of mail or of the web.
pub(super) fn mask(tokens: &mut [Token<'_>], scene: &Scene<'_>) {
    mask_mail(tokens);
    for token in tokens.iter_mut() {
        let is_code = token.has_digit() && !is_of_the_site(token, scene);
        token.is_masked |= is_code || token.text.contains("://") || is_web(token.core) || has_han_number(token);
    }
    mask_runs(tokens);
}

/// Masks the names in an address of a house: what stands beside a number with a capital letter.
pub(super) fn mask_beside(tokens: &mut [Token<'_>], scene: &Scene<'_>) {
    let numbers: Vec<usize> =
        (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(|one| one.is_masked && one.has_digit())).collect();
    let is_name = |token: &Token<'_>| token.is_capitalised() && !scene.is_public(token);
    for at in numbers {
        if !tokens.get(at).is_some_and(Token::ends_sentence) {
            for token in
                tokens.iter_mut().skip(at + 1).take(BESIDE).take_while(|token| token.is_masked || is_name(token))
            {
                token.is_masked = true;
            }
        }
        let before = tokens.iter_mut().take(at).rev().take(BESIDE);
        for token in before.take_while(|token| !token.ends_sentence() && (token.is_masked || is_name(token))) {
            token.is_masked |= scene.capitals_tell || is_street(token);
        }
    }
}

fn is_street(token: &Token<'_>) -> bool {
    token.folded.iter().any(|word| STREETS.iter().any(|end| word.ends_with(end)))
}

/// Addresses of mail and names with an `@`, also where spaces stand around it.
fn mask_mail(tokens: &mut [Token<'_>]) {
    for at in 0..tokens.len() {
        let Some(token) = tokens.get_mut(at) else { continue };
        let written = token.text.trim_matches(|c: char| c.is_ascii_punctuation() && c != '@').to_ascii_lowercase();
        let is_word = matches!(token.text.to_ascii_lowercase().as_str(), "(at)" | "[at]" | "{at}");
        if !written.contains('@') && !is_word {
            continue;
        }
        token.is_masked = true;
        let (begins, ends) = (is_word || written.starts_with('@'), is_word || written.ends_with('@'));
        let (joined, is_alone) = (!token.has_space_before, is_word || written == "@");
        // What stands before it belongs to it if nothing parts them; a name such as "@anna" stands alone.
        if begins
            && (joined || is_alone)
            && let Some(before) = at.checked_sub(1).and_then(|before| tokens.get_mut(before))
        {
            before.is_masked = true;
        }
        if ends && let Some(after) = tokens.get_mut(at + 1) {
            after.is_masked = true;
            mask_dots(tokens, at + 2);
        }
    }
}

/// "example dot com", with all that follows in the same way.
fn mask_dots(tokens: &mut [Token<'_>], from: usize) {
    let mut at = from;
    while let Some(token) = tokens.get_mut(at)
        && matches!(
            token.text.to_ascii_lowercase().as_str(),
            "dot" | "(dot)" | "[dot]" | "." | "punkt" | "point" | "punto"
        )
    {
        token.is_masked = true;
        if let Some(next) = tokens.get_mut(at + 1) {
            next.is_masked = true;
        }
        at += 2;
    }
}

/// An address of a page or a host: "https://a.example/x", "www.a.example", "a.example/x".
fn is_web(core: &str) -> bool {
    let small = core.to_ascii_lowercase();
    if small.starts_with("www.") || small.contains('\\') {
        return true;
    }
    let host = small.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| label.chars().count() >= 2 && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| last.chars().all(char::is_alphabetic))
}

/// Whether the site itself writes this number or code.
fn is_of_the_site(token: &Token<'_>, scene: &Scene<'_>) -> bool {
    let digits = token.core.chars().filter(|c| c.is_numeric()).count();
    digits <= MOST_DIGITS && (scene.masking.is_known)(token.core)
}

fn has_han_number(token: &Token<'_>) -> bool {
    let mut run = 0;
    token.core.chars().any(|c| {
        let is_numeral =
            matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '两' | '幺');
        run = if is_numeral { run + 1 } else { 0 };
        run >= HAN_DIGITS
    })
}

/// Numbers that stand one behind the other are one, whatever the documents have of its parts.
fn mask_runs(tokens: &mut [Token<'_>]) {
    let mut at = 0;
    while at < tokens.len() {
        let is_part = |token: &&Token<'_>| token.has_digit() || (token.core.is_empty() && !token.ends_sentence());
        let length = tokens.iter().skip(at).take_while(is_part).count();
        let run = tokens.get_mut(at..at + length).unwrap_or_default();
        let digits: usize = run.iter().map(|token| token.core.chars().filter(|c| c.is_numeric()).count()).sum();
        if run.iter().filter(|token| token.has_digit()).count() >= 2 && digits >= OF_A_RUN {
            run.iter_mut().filter(|token| token.has_digit()).for_each(|token| token.is_masked = true);
        }
        at += length.max(1);
    }
}
