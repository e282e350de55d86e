//! Markdown of the tools that help centres are written with, as plain Markdown with HTML in it: what stands before the text, and the
//! marks that each tool has of its own.
//!
//! A text is read line by line (`writer`). `place` says where a line stands: in code, in a list, in a mark that is open. `lines` knows
//! the signs with which a mark begins a line, `inline` those between words, `meaning` what a mark means whatever its signs are, and
//! `open` writes it.
//!
//! All of it takes time in proportion to the length of the text. So nothing searches the rest of a text or of a line for each mark:
//! where the last end of a kind stands is looked up once, and `ahead` counts what is read in vain.

mod ahead;
mod braces;
mod brackets;
mod class;
mod closers;
mod colons;
mod components;
mod element;
mod ends;
mod fences;
mod front;
mod indented;
mod inline;
mod kept;
mod lines;
mod links;
mod marks;
mod meaning;
mod open;
mod place;
mod programs;
mod quote;
mod readme;
mod signs;
mod stress;
mod tag;
mod templates;
mod verbatim;
mod writer;

use crate::html::What;
use ahead::Ahead;
use place::Line;
use writer::Writer;

/// A text as plain Markdown.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub(super) text: String,
    /// For each line, on which line it was written.
    pub(super) lines: Vec<u32>,
    /// What was left out, with its line.
    pub(super) marks: Vec<(u32, What)>,
}

/// Reads a text.
pub(super) fn plain(markdown: &str) -> Plain {
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let skipped = front::lines(markdown);
    let all = || markdown.lines().zip(1u32..).skip(skipped).map(|(text, number)| Line { text, number });
    let lines: Vec<Line<'_>> = all().collect();
    let ahead = Ahead::of(markdown.len());
    let setting = inline::Setting { is_mdx: components::is_mdx(&lines), ahead: &ahead };
    let mut plain = Writer::new(&lines, setting, 0).run();
    if skipped > 0 {
        plain.marks.insert(0, (1, What::FrontMatter));
    }
    plain
}

#[cfg(test)]
mod speed;
#[cfg(test)]
mod tests;
