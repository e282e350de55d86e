//! Marks inside of a line, but for those in code.

use super::ahead::{Ahead, LONGEST};
use super::stress::Stress;
use crate::html::What;
use std::collections::BTreeMap;

/// What a line may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// In MDX, braces hold programs.
    pub(super) is_mdx: bool,
    /// How far marks are looked ahead for their ends.
    pub(super) ahead: &'a Ahead,
}

/// A line as plain Markdown, and what was left out of it.
pub(super) fn plain(line: &str, setting: Setting<'_>, left: &mut Vec<What>) -> String {
    if !line.contains(['{', '[', '=', '%', '+', '^', ':', '*', '~', '<', '`']) {
        return String::from(line);
    }
    let mut text =
        Text { out: String::new(), setting, left, next: BTreeMap::new(), runs: None, stress: Stress::default() };
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => text.code(rest),
            '\\' => text.keep(rest, 1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
            '{' => text.brace(rest),
            '[' => text.bracket(rest),
            '<' => text.element(rest),
            '*' => text.stress(rest),
            '=' | '%' | '+' | ':' | '^' => text.sign(rest),
            _ => None,
        };
        let taken = taken.unwrap_or_else(|| {
            text.out.push(c);
            c.len_utf8()
        });
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    text.stress.settled(text.out)
}

pub(super) struct Text<'a> {
    pub(super) out: String,
    pub(super) setting: Setting<'a>,
    pub(super) left: &'a mut Vec<What>,
    /// How many bytes before the end of the line each sign comes next, so that a line is searched once; none if it does not.
    next: BTreeMap<&'static str, Option<usize>>,
    /// How many bytes before the end of the line the last row of as many backticks begins.
    runs: Option<BTreeMap<usize, usize>>,
    stress: Stress,
}

impl Text<'_> {
    /// Takes letters as they are.
    pub(super) fn keep(&mut self, rest: &str, count: usize) -> Option<usize> {
        self.out.push_str(rest.get(..count)?);
        Some(count)
    }

    /// What stands before the next of these signs, if it is near enough for a mark.
    pub(super) fn until<'r>(&mut self, rest: &'r str, sign: &'static str) -> Option<&'r str> {
        let before_end = match self.next.get(sign) {
            Some(Some(at)) if *at <= rest.len() => Some(*at),
            Some(None) => None,
            _ => rest.find(sign).map(|at| rest.len() - at),
        };
        self.next.insert(sign, before_end);
        let inside = rest.get(..rest.len().checked_sub(before_end?)?)?;
        (inside.len() <= LONGEST).then_some(inside)
    }

    pub(super) fn leave(&mut self, mark: &str) {
        self.left.push(What::Mark(short(mark)));
    }

    /// Code ends with the next row of as many backticks as it began with.
    fn code(&mut self, rest: &str) -> Option<usize> {
        let row = |text: &str| text.bytes().take_while(|byte| *byte == b'`').count();
        let count = row(rest);
        let last = self.runs.get_or_insert_with(|| rows(rest)).get(&count).copied().unwrap_or_default();
        // The row that begins here stands as far before the end as what is left.
        if last >= rest.len() {
            return self.keep(rest, count);
        }
        let mut at = count;
        while let Some(found) = rest.get(at..).and_then(|after| after.find('`')) {
            let run = row(rest.get(at + found..)?);
            at += found + run;
            if run == count {
                return self.keep(rest, at);
            }
        }
        self.keep(rest, count)
    }

    fn stress(&mut self, rest: &str) -> Option<usize> {
        let count = rest.bytes().take_while(|byte| *byte == b'*').count();
        self.stress.run(&self.out, count, rest.get(count..)?.chars().next());
        self.keep(rest, count)
    }
}

/// For each length of a row of backticks, how many bytes before the end its last one begins.
fn rows(text: &str) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    let mut rest = text;
    while let Some(found) = rest.find('`') {
        rest = rest.get(found..).unwrap_or_default();
        let after = rest.trim_start_matches('`');
        out.insert(rest.len() - after.len(), rest.len());
        rest = after;
    }
    out
}

/// A mark for a sentence.
pub(super) fn short(mark: &str) -> String {
    const SHOWN: usize = 60;
    match mark.char_indices().nth(SHOWN) {
        Some((cut, _)) => [mark.get(..cut).unwrap_or_default(), "…"].concat(),
        None => String::from(mark),
    }
}

/// Text in HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
