//! Marks in brackets at the beginning of a line.

use super::ahead::near;
use super::closers::closers;
use super::marks::{Begin, Ends, Shift};
use super::meaning::{self, Family, Meaning};
use super::place::Prefix;
use super::tag;
use super::writer::{Next, Writer};
use crate::html::What;

impl Writer<'_> {
    /// `[toc]`, `[block:callout]`, `[details="Title"]`.
    pub(super) fn brackets(&mut self, prefix: &mut Prefix, rest: &str, is_first: bool, number: u32) -> Next {
        if is_first && ["[toc]", "[[toc]]", "[[_toc_]]"].iter().any(|toc| rest.eq_ignore_ascii_case(toc)) {
            self.remark(number, What::Mark(String::from(rest)));
            self.write("", number);
            return Next::Done;
        }
        if is_first && rest.starts_with("[block:") {
            return self.readme_block(prefix, rest, number);
        }
        let Some((inside, after)) = near(rest).strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
            return Next::Text;
        };
        if after.starts_with(['(', '[', ':']) || !inside.starts_with(|c: char| c.is_ascii_lowercase() || c == '/') {
            return Next::Text;
        }
        // `[details="Title"]` names its title as its own value.
        let (name, own) = inside.split_once('=').filter(|(name, _)| !name.contains(' ')).unwrap_or((inside, ""));
        let mut tag = if own.is_empty() { tag::read(inside) } else { tag::read(name) };
        if !own.is_empty() {
            tag.attributes.push((String::from("title"), String::from(own.trim_matches('"'))));
        }
        let name = tag.name.to_ascii_lowercase();
        if tag.is_end {
            let is = |ends: &Ends| matches!(ends, Ends::Named(Family::Bracket, open) if *open == name);
            return if self.end(is, number) { Next::After(inside.len() + 2) } else { Next::Text };
        }
        let meaning = meaning::meaning(&tag, Family::Bracket);
        let is_known = matches!(meaning, Meaning::Callout(_) | Meaning::Details);
        if !is_known || !self.is_closed(&name, rest.len()) {
            return Next::Text;
        }
        let written = ["[", &tag.name, "]"].concat();
        let ends = Ends::Named(Family::Bracket, name);
        let (family, shift) = (Family::Bracket, Shift::None);
        self.begin(prefix, Begin { tag: &tag, family, title: None, ends, shift, written, number });
        Next::After(inside.len() + 2)
    }

    /// Whether the mark of this name ends later, or within as many bytes before the end of the line.
    fn is_closed(&mut self, name: &str, left: usize) -> bool {
        let (lines, here) = (self.lines, self.at - 1);
        let last = self.closers.get_or_insert_with(|| closers(lines)).get(name).copied();
        last.is_some_and(|(line, before_end)| line > here || (line == here && before_end <= left))
    }
}
