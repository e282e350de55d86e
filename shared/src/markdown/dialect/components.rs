//! Components of MDX: `<Note>`, `<Card title="A" />`.

use super::ahead::near;
use super::element::rewritten;
use super::marks::{Begin, Ends, Shift};
use super::meaning::{self, Family, Meaning};
use super::place::{Line, Prefix};
use super::programs;
use super::tag::{self, Tag};
use super::writer::{Next, Writer};
use std::borrow::Cow;

/// Whether a text is MDX, in which braces hold programs: it loads something, or has a comment in braces.
pub(super) fn is_mdx(lines: &[Line<'_>]) -> bool {
    let mut is_code = false;
    lines.iter().any(|line| {
        is_code ^= line.text.trim_start().starts_with("```");
        !is_code && (programs::begins(line.text).is_some() || line.text.contains("{/*"))
    })
}

impl Writer<'_> {
    /// A component that begins a line, or ends one.
    pub(super) fn component(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> Next {
        let name = rest.trim_start_matches(['<', '/']);
        let Some(first) = name.chars().next().filter(char::is_ascii_alphabetic) else { return Next::Text };
        let following = self.lines.iter().skip(self.at).map(|line| line.text);
        let Some((lines, end)) = tag::end(std::iter::once(rest).chain(following), self.setting.ahead) else {
            return Next::Text;
        };
        // A tag over several lines is put on one.
        let mut inside = Cow::Borrowed(rest);
        let mut end = end;
        for line in self.lines.iter().skip(self.at).take(lines) {
            let inside = inside.to_mut();
            inside.push('\n');
            inside.push_str(line.text);
        }
        if let Some(last) = self.lines.get(self.at + lines - 1).filter(|_| lines > 0) {
            end += inside.len() - last.text.len();
        }
        let tag = tag::read(inside.get(1..end.saturating_sub(1)).unwrap_or_default());
        let after = inside.get(end..).unwrap_or_default().trim();
        if !first.is_ascii_uppercase() || is_element(&tag) {
            let has_program = inside.get(..end).is_some_and(|tag| tag.contains("={"));
            // On one line, it is one of the marks between words.
            if !has_program || lines == 0 {
                return Next::Text;
            }
            self.at += lines;
            return Next::Other([&rewritten(&tag), after].concat());
        }
        if self.is_between_words(&tag, after) {
            return Next::Text;
        }
        self.at += lines;
        if tag.is_end {
            self.end(|ends| matches!(ends, Ends::Named(Family::Component, name) if *name == tag.name), number);
        } else {
            let ends = Ends::Named(Family::Component, tag.name.clone());
            let written = ["<", &tag.name, ">"].concat();
            let shift = Shift::First(None);
            self.begin(
                prefix,
                Begin { tag: &tag, family: Family::Component, title: None, ends, shift, written, number },
            );
        }
        match (lines, after.is_empty()) {
            (_, true) => Next::Done,
            (0, _) => Next::After(end),
            _ => Next::Other(String::from(after)),
        }
    }

    /// Whether words of a sentence stand behind a component.
    fn is_between_words(&self, tag: &Tag, after: &str) -> bool {
        if after.is_empty() {
            let name = tag.name.to_ascii_lowercase();
            return matches!(name.as_str(), "link" | "icon" | "badge" | "tooltip" | "kbd");
        }
        if tag.is_end {
            // A component that is open ends here, also with words behind it.
            let is_open = self
                .open
                .iter()
                .any(|open| matches!(&open.ends, Ends::Named(Family::Component, name) if *name == tag.name));
            return !is_open && !after.starts_with('<');
        }
        let meaning = meaning::meaning(tag, Family::Component);
        let behind = if tag.is_empty {
            after
        } else {
            let near = if self.setting.ahead.is_spent() { "" } else { near(after) };
            let found = near.split_once(["</", &tag.name, ">"].concat().as_str());
            self.setting.ahead.spend(found.map_or(near.len(), |(inside, _)| inside.len()));
            let Some((_, behind)) = found else { return false };
            behind.trim_start()
        };
        let is_sentence = !behind.is_empty() && !behind.starts_with('<');
        let is_plain = meaning == Meaning::Unknown && behind.is_empty() && !tag.is_empty && tag.attributes.is_empty();
        is_sentence || is_plain
    }
}

/// Whether it is an element that browsers know, in large letters.
fn is_element(tag: &Tag) -> bool {
    let is_large = tag.name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_table = ["Table", "Thead", "Tbody", "Tr", "Td", "Th"].contains(&tag.name.as_str());
    is_large || is_table || (tag.name == "Image" && tag.get(&["caption"]).is_none())
}
