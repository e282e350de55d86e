//! Marks of MkDocs: their text is indented, or ends with slashes.

use super::marks::{Begin, Ends, Shift};
use super::meaning::Family;
use super::place::{Prefix, indent};
use super::tag::Tag;
use super::writer::{Next, Writer};
use crate::html::kind_of_mark;

/// Signs that begin a callout, a part that opens, and a tab, whose text is indented.
const INDENTED: [(&str, &str); 7] = [
    ("!!!", ""),
    ("???+", "details"),
    ("???", "details"),
    ("===!", "tab"),
    ("===+", "tab"),
    ("===", "tab"),
    ("!!!+", ""),
];
/// Lines after a mark in which its text must begin.
const NEAR: usize = 3;

impl Writer<'_> {
    /// `!!! note "Title"`, `??? note`, `=== "Tab"`: their text is indented.
    pub(super) fn indented(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> Next {
        let Some((sign, name)) = INDENTED.into_iter().find(|(sign, _)| rest.starts_with(sign)) else {
            return Next::Text;
        };
        let said = rest.get(sign.len()..).unwrap_or_default();
        let is_apart = said.starts_with(' ');
        let said = said.trim();
        let quoted = said.split_once('"').and_then(|(before, rest)| Some((before, rest.rsplit_once('"')?.0)));
        let (words, title) = quoted.map_or((said, None), |(words, title)| (words, Some(title)));
        let mut all = words.split_whitespace();
        let kind = all.next().unwrap_or_default();
        let is_kind = kind_of_mark(&kind.to_ascii_lowercase()).is_some();
        let others: Vec<&str> = all.collect();
        let is_placed = others.iter().all(|word| matches!(*word, "inline" | "end" | "left" | "right"));
        if name == "tab" && (title.is_none() || !words.is_empty()) {
            return Next::Text;
        }
        let has_text = name != "tab" && self.is_followed(prefix.rest.len() + 4);
        let is_mark = name == "tab"
            || (is_kind && (is_placed || has_text) && (is_apart || others.is_empty()))
            || (is_apart && !kind.is_empty() && is_placed && (title.is_some() || has_text))
            || (has_text && is_apart && !kind.is_empty());
        if !is_mark {
            return Next::Text;
        }
        let rest_title = others.join(" ");
        let title = title.or_else(|| Some(rest_title.as_str()).filter(|_| !is_placed && is_kind));
        let tag_name = match name {
            "" if is_kind => kind.to_ascii_lowercase(),
            "" => String::from("callout"),
            name => String::from(name),
        };
        let tag = Tag { name: tag_name, ..Tag::default() };
        // A kind of the writer's own is its title, and so are words that only look like a kind. A part that opens must say what is
        // in it.
        let own =
            (title.is_none() && (!is_kind || name == "details")).then(|| capital(if is_placed { kind } else { said }));
        let written = [sign, " ", kind].concat();
        let begin = Begin {
            tag: &tag,
            family: Family::Sign,
            title: title.or(own.as_deref()),
            ends: Ends::Indent,
            shift: Shift::Four,
            written,
            number,
        };
        self.begin(prefix, begin);
        Next::Done
    }

    /// Whether the text that comes next stands as far to the right.
    fn is_followed(&mut self, column: usize) -> bool {
        for line in self.lines.iter().skip(self.at).take(NEAR) {
            let (placed, _) = self.placed(line.text, false);
            if !placed.trim().is_empty() {
                return indent(&placed) >= column;
            }
        }
        false
    }

    /// `/// note | Title` and its end.
    pub(super) fn slashes(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> Next {
        let Some(said) = rest.strip_prefix("///").map(str::trim) else { return Next::Text };
        if said.is_empty() {
            return if self.end(|ends| *ends == Ends::Slashes, number) { Next::Done } else { Next::Text };
        }
        let (name, title) =
            said.split_once('|').map_or((said, None), |(name, title)| (name.trim(), Some(title.trim())));
        if name.contains(' ') || !self.comes("///", "") {
            return Next::Text;
        }
        let tag = Tag { name: String::from(name), ..Tag::default() };
        let written = ["/// ", name].concat();
        self.begin(
            prefix,
            Begin { tag: &tag, family: Family::Sign, title, ends: Ends::Slashes, shift: Shift::None, written, number },
        );
        Next::Done
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
