//! Callouts that a line before or behind their text names: `{: .note }`, `<!-- theme: warning -->`.

use super::marks::{Begin, Ends, Shift};
use super::meaning::Family;
use super::place::Prefix;
use super::tag::Tag;
use super::writer::Writer;
use crate::html::kind_of_mark;

/// Lines behind a mark in which its text must begin.
const NEAR: usize = 3;

impl Writer<'_> {
    /// `<!-- theme: warning -->` before a quotation.
    pub(super) fn theme(&mut self, rest: &str) {
        let said = rest.strip_prefix("<!--").and_then(|rest| rest.trim().strip_prefix("theme:"));
        let kind = said.and_then(|said| said.split_whitespace().next()).filter(|kind| kind_of_mark(kind).is_some());
        let is_next = self.lines.get(self.at..).is_some_and(|lines| {
            lines
                .iter()
                .take(NEAR)
                .find(|line| !line.text.trim().is_empty())
                .is_some_and(|line| line.text.starts_with('>'))
        });
        if let Some(kind) = kind.filter(|_| is_next) {
            self.pending = Some(String::from(kind));
        }
    }

    /// The paragraph that begins is a callout.
    pub(super) fn begin_pending(&mut self, prefix: &mut Prefix, kind: &str, number: u32) {
        let tag = Tag { name: String::from(kind.trim_end_matches("-title")), ..Tag::default() };
        let written = ["{: .", kind, " }"].concat();
        let (family, ends, shift) = (Family::Sign, Ends::Blank, Shift::None);
        self.begin(prefix, Begin { tag: &tag, family, title: None, ends, shift, written, number });
    }

    /// The paragraph that is being written is a callout.
    pub(super) fn begin_before(&mut self, prefix: &Prefix, kind: &str, number: u32) {
        let (text, lines) = self.paragraph;
        let begin = [&prefix.rest, "<aside class=\"callout ", kind, "\">\n\n"].concat();
        if self.out.text.is_char_boundary(text) && lines <= self.out.lines.len() {
            self.out.text.insert_str(text, &begin);
            let first = self.out.lines.get(lines).copied().unwrap_or(number);
            self.out.lines.splice(lines..lines, [first, first]);
            self.blank(number);
            self.write(&[&prefix.rest, "</aside>"].concat(), number);
            self.blank(number);
        }
    }
}

/// The kind of callout that `{: .note }` names.
pub(super) fn class_of(line: &str) -> Option<String> {
    let inside = line.strip_prefix("{:")?.strip_suffix('}')?;
    let class = |word: &str| {
        let class = word.strip_prefix('.')?;
        let kind = class.trim_start_matches("prompt-").trim_start_matches("notice--").trim_start_matches("callout-");
        kind_of_mark(kind.trim_end_matches("-title")).map(|_| String::from(kind))
    };
    inside.split_whitespace().find_map(class)
}
