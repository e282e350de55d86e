//! The sentences of comments and documents, each with the line on which it begins.

use super::File;

/// A sentence, its lines joined by spaces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// From 1.
    pub(super) line: usize,
    pub(super) text: String,
}

/// The sentences of a file; none where it is of a kind without prose of ours. Articles of the demo are not ours to measure.
pub(super) fn sentences(file: &File) -> Vec<Sentence> {
    let lines = match file.path.rsplit_once('.') {
        Some((_, "rs")) => file.lines().map(|(number, line)| (number, rust(line))).collect(),
        Some((_, "js")) => blocks(file, true),
        Some((_, "css")) => blocks(file, false),
        Some((_, "md")) if !file.path.starts_with("www/content/") => document(file),
        _ => Vec::new(),
    };
    let mut sentences = Vec::new();
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    for (number, said) in &lines {
        match said {
            Said::Nothing => split(&std::mem::take(&mut paragraph), &mut sentences),
            Said::More(text) => paragraph.push((*number, text)),
            Said::Anew(text) => {
                split(&std::mem::take(&mut paragraph), &mut sentences);
                paragraph.push((*number, text));
            }
        }
    }
    split(&paragraph, &mut sentences);
    sentences
}

/// What a line has of prose.
enum Said<'a> {
    Nothing,
    /// It goes on with the paragraph.
    More(&'a str),
    /// It begins a paragraph.
    Anew(&'a str),
}

impl<'a> Said<'a> {
    fn more(text: &'a str) -> Self {
        if text.trim().is_empty() { Self::Nothing } else { Self::More(text.trim()) }
    }
}

/// A comment of Rust: the whole line, or what follows the code.
fn rust(line: &str) -> Said<'_> {
    let trimmed = line.trim_start();
    match ["///", "//!", "//"].iter().find_map(|mark| trimmed.strip_prefix(mark)) {
        Some(text) => Said::more(text),
        None => after_code(line),
    }
}

/// A comment behind code. One within a text has an odd number of quotes before it.
fn after_code(line: &str) -> Said<'_> {
    match line.split_once(" // ").filter(|(code, _)| code.matches('"').count() % 2 == 0) {
        Some((_, text)) => Said::Anew(text.trim()),
        None => Said::Nothing,
    }
}

/// Comments between `/*` and `*/`, and those of single lines where the language has them.
fn blocks(file: &File, has_lines: bool) -> Vec<(usize, Said<'_>)> {
    let mut is_inside = false;
    let mut said = Vec::new();
    for (number, line) in file.lines() {
        let was_inside = is_inside;
        let opened = if is_inside { Some(line) } else { line.split_once("/*").map(|(_, text)| text) };
        let comment = match opened {
            Some(text) => {
                let closed = text.split_once("*/").map(|(text, _)| text);
                is_inside = closed.is_none();
                match Said::more(closed.unwrap_or(text).trim_start_matches([' ', '*'])) {
                    Said::More(text) if !was_inside => Said::Anew(text),
                    said => said,
                }
            }
            None if has_lines => rust(line),
            None => Said::Nothing,
        };
        said.push((number, comment));
    }
    said
}

/// Paragraphs, list items and cells of tables, without headings and code.
fn document(file: &File) -> Vec<(usize, Said<'_>)> {
    let mut is_code = false;
    let mut said = Vec::new();
    for (number, line) in file.lines() {
        let text = line.trim();
        let is_fence = text.starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence || text.starts_with('#') {
            said.push((number, Said::Nothing));
        } else if let Some(cells) = text.strip_prefix('|') {
            said.extend(cells.split('|').map(|cell| (number, Said::Anew(cell.trim()))));
        } else if let Some(item) = list_item(text) {
            said.push((number, Said::Anew(item)));
        } else {
            said.push((number, Said::more(text)));
        }
    }
    said
}

/// The text of `- item` or `1. item`.
fn list_item(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.strip_prefix(". ").filter(|_| digits.len() < text.len());
    numbered.or_else(|| text.strip_prefix("- "))
}

/// Splits a paragraph behind `.`, `?` or `!` where a new sentence begins.
fn split(paragraph: &[(usize, &str)], sentences: &mut Vec<Sentence>) {
    let words = paragraph.iter().flat_map(|(line, text)| text.split_whitespace().map(|word| (*line, word)));
    let mut current: Option<Sentence> = None;
    for (line, word) in words {
        let begins = word.trim_start_matches(['"', '“', '(', '*', '_', '`', '[']).starts_with(char::is_uppercase);
        if begins && current.as_ref().is_some_and(|sentence| is_over(&sentence.text)) {
            sentences.extend(current.take());
        }
        match &mut current {
            Some(sentence) => {
                sentence.text.push(' ');
                sentence.text.push_str(word);
            }
            None => current = Some(Sentence { line, text: word.to_owned() }),
        }
    }
    sentences.extend(current);
}

fn is_over(text: &str) -> bool {
    text.trim_end_matches(['"', '”', ')', '*', '_', '`']).ends_with(['.', '?', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    #[test]
    fn sentences_are_found_in_comments_and_documents_and_nowhere_else() {
        let check = |path: &str, text: &str, expected: &[(usize, &str)]| {
            let found = sentences(&file(path, text));
            let found: Vec<_> = found.iter().map(|sentence| (sentence.line, sentence.text.as_str())).collect();
            assert_eq!(found, expected, "{path}");
        };
        check(
            "a.rs",
            "//! One. Two\n//! goes on.\n\nlet a = \"// no\"; // Behind.\n    /// Three?\n    ///\n    /// Four",
            &[(1, "One."), (1, "Two goes on."), (4, "Behind."), (5, "Three?"), (7, "Four")],
        );
        check("a.js", "/**\n * One\n * more. Two\n */\nf(); // Three", &[(2, "One more."), (3, "Two"), (5, "Three")]);
        check("a.css", ".a { b: c } /* One */\n/* Two\n goes on */\n.b { }", &[(1, "One"), (2, "Two goes on")]);
        check(
            "a.md",
            "# No\nOne, e.g. this.\n```sh\nno # no\n```\n- Two\n  goes on\n1. Three\n| a | B c |",
            &[(2, "One, e.g. this."), (6, "Two goes on"), (8, "Three"), (9, "a"), (9, "B c")],
        );
        check("www/content/en/a.md", "An article.", &[]);
        check("a.json", "\"Words.\"", &[]);
    }
}
