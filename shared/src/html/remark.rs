//! Parts of a text that are not shown as they were written, so that the writer can be told.

use crate::problem::{Problem, ProblemCode};
use std::collections::BTreeMap;

/// The line of what is on none that is known.
pub(super) const NO_LINE: u32 = 0;

/// One thing that is not shown as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What.
    pub what: What,
    /// The line on which it stands first, from 1 on; `NO_LINE` if it is known only at the end of the text.
    pub line: u32,
    /// How often it is there.
    pub times: u32,
}

/// A part that is not shown as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// An element, with all that is in it.
    Dropped(String),
    /// An element that a browser does not show.
    Hidden(String),
    /// An element that belongs to the site, and not to the article.
    Around(String),
    /// All that stands on a page around the element with the article.
    Beside(String),
    /// An element that nobody knows. Its text is shown.
    Unknown(String),
    /// A link that leads nowhere. Its text is shown.
    Link(String),
    /// A picture at an address from which nothing can be fetched.
    Picture(String),
    /// A program among the text, by how it begins.
    Program(String),
    /// A mark that a program was to fill in, shown as it is written.
    Unfilled(String),
    /// A formula, whose letters are shown in a row.
    Formula,
    /// A list that counts with letters, or backwards.
    Counting,
    /// A picture without a description, at this address.
    NoDescription(String),
    /// Marks of another dialect, which are left out.
    Mark(String),
    /// What describes a text at its beginning.
    FrontMatter,
    /// More links than can be shown.
    ManyLinks,
    /// More beginnings of marks without an end than are looked for.
    ManyMarks,
    /// Lists, tables and the like that stand in one another more deeply than can be shown.
    Deep,
}

/// The remarks on a text.
#[derive(Debug, Default)]
pub(super) struct Remarks(BTreeMap<What, (u32, u32)>);

impl Remarks {
    pub(super) fn note(&mut self, what: What, line: u32) {
        self.0.entry(what).or_insert((line, 0)).1 += 1;
    }

    pub(super) fn into_list(self) -> Vec<Remark> {
        let remark = |(what, (line, times))| Remark { what, line, times };
        let mut all: Vec<Remark> = self.0.into_iter().map(remark).collect();
        all.sort_by_key(|remark| remark.line);
        all
    }
}

impl Remark {
    /// The remark for who publishes the text; `at` is the field in which it stands.
    pub fn problem(&self, at: &str) -> Problem {
        let (code, sentence) = match &self.what {
            What::Dropped(name) => {
                (ProblemCode::NotShown, format!("The element <{name}> cannot be shown, with all that is in it."))
            }
            What::Hidden(name) => (
                ProblemCode::NotShown,
                format!("A <{name}> is hidden on its page, and left out with all that is in it."),
            ),
            What::Around(name) => (
                ProblemCode::NotShown,
                format!(
                    "A <{name}> is left out with all that is in it: it belongs to the site, and not to the article."
                ),
            ),
            What::Beside(sign) => (
                ProblemCode::NotShown,
                format!("The page has its article in {sign}. What stands around that is left out."),
            ),
            What::Unknown(name) => (
                ProblemCode::NotShown,
                format!("The element <{name}> is unknown: the text in it is shown, and nothing else of it."),
            ),
            What::Picture(src) => (ProblemCode::NotShown, picture(src)),
            What::Program(line) => (
                ProblemCode::NotShown,
                format!("The program that begins with \"{line}\" is left out, because programs are not run here."),
            ),
            What::Unfilled(mark) => (
                ProblemCode::NotShown,
                format!(
                    "{mark} is shown as it is written, because no program fills it in here. Write what readers are to see."
                ),
            ),
            What::Formula => (
                ProblemCode::NotShown,
                String::from(
                    "A formula is shown as its letters in one row. A picture of it, with a description, says more.",
                ),
            ),
            What::Counting => (
                ProblemCode::NotShown,
                String::from(
                    "A list counts with letters or backwards. It is shown with numbers from the first on, so check where the text names an item.",
                ),
            ),
            What::Link(url) if url.starts_with('#') => (
                ProblemCode::DeadLink,
                format!(
                    "The link to \"{url}\" leads to no place in this text, so that its words are shown without it."
                ),
            ),
            What::Link(url) => (
                ProblemCode::DeadLink,
                format!("The link to \"{url}\" leads to no page, so that its text is shown without it."),
            ),
            What::NoDescription(src) => (
                ProblemCode::NoDescription,
                format!(
                    "The picture \"{src}\" has no description for those who do not see it. One without meaning has an empty one."
                ),
            ),
            What::Mark(mark) => (ProblemCode::NotShown, format!("The mark {mark} is unknown and left out.")),
            What::FrontMatter => (
                ProblemCode::NotShown,
                String::from("The front matter is left out: what it says has fields of its own."),
            ),
            What::ManyLinks => (
                ProblemCode::NotShown,
                String::from(
                    "The addresses of its links take more than a megabyte: further ones are shown as text. Is a link not closed?",
                ),
            ),
            What::ManyMarks => (
                ProblemCode::NotShown,
                String::from(
                    "So many marks begin and do not end that further ones are shown as text. Is a tag or a brace not closed?",
                ),
            ),
            What::Deep => (
                ProblemCode::NotShown,
                String::from(
                    "Lists or tables stand in one another so deeply that the innermost are shown as plain text.",
                ),
            ),
        };
        let sentence = match self.times {
            ..=1 => sentence,
            times => format!("{sentence} It is there {times} times."),
        };
        let problem = Problem::new(code, at, sentence);
        if self.line == NO_LINE { problem } else { problem.on_line(self.line) }
    }
}

/// Why a picture is not there, and what to change.
fn picture(src: &str) -> String {
    let start = src.get(..5).unwrap_or(src).to_ascii_lowercase();
    if start.starts_with("data:") {
        return String::from(
            "A picture is written into the text itself (data:) and left out. Upload it, and name its address instead.",
        );
    }
    if start.starts_with("cid:") {
        return format!(
            "The picture \"{src}\" was part of an e-mail, and is left out. Upload it, and name its address instead."
        );
    }
    format!(
        "The picture \"{src}\" is left out, because nothing can be fetched from this address. Name one that begins with https://."
    )
}
