//! Writes what a mark means.

use super::inline::{escaped, short};
use super::marks::{Begin, Ends, Open};
use super::meaning::{self, Family, Meaning};
use super::place::Prefix;
use super::tag::Tag;
use super::writer::Writer;
use crate::html::What;

/// Marks that are open at once. Articles have three or four; each line is held against all of them.
const MOST_OPEN: usize = 32;

impl Writer<'_> {
    /// A mark begins.
    pub(super) fn begin(&mut self, prefix: &mut Prefix, mark: Begin<'_>) {
        let Begin { tag, family, ends, shift, written, number, .. } = mark;
        let title = mark.title.or_else(|| meaning::title(tag)).map(str::trim).filter(|title| !title.is_empty());
        let meaning = meaning::meaning(tag, family);
        if self.open.len() >= MOST_OPEN {
            self.remark(number, What::Deep);
            self.bold(prefix, title, None, number);
            return;
        }
        let mut tail = "";
        let href = tag.get(&["href", "to", "url"]);
        match &meaning {
            Meaning::Callout(kind) => {
                self.tag_line(prefix, &["<aside class=\"callout ", kind, "\">"].concat(), number);
                self.titled(prefix, "<div class=\"title\">", title, "</div>", number);
                tail = "</aside>";
            }
            Meaning::Details => {
                self.tag_line(prefix, "<details>", number);
                self.titled(prefix, "<summary>", Some(title.unwrap_or("…")), "</summary>", number);
                tail = "</details>";
            }
            Meaning::Step if self.begin_step(prefix, number) => {
                self.bold(prefix, title, href, number);
                tail = "</li>";
            }
            Meaning::Figure if title.is_some() => {
                self.tag_line(prefix, "<figure>", number);
                self.titled(prefix, "<figcaption>", title, "</figcaption>", number);
                tail = "</figure>";
            }
            Meaning::Picture => self.picture(prefix, tag, number),
            Meaning::Link(url) => {
                let is_whole = url.contains("://");
                let name = url.rsplit('/').next().unwrap_or(url);
                let link = if is_whole { url.clone() } else { ["[", name, "](<", url, ">)"].concat() };
                self.tag_line(prefix, &link, number);
            }
            Meaning::Unknown => {
                self.remark(number, What::Mark(short(&written)));
                self.bold(prefix, title, href, number);
            }
            _ => self.bold(prefix, title, href, number),
        }
        if let Some(more) = meaning::more(tag) {
            self.tag_line(prefix, &sentence(&more), number);
        }
        let is_alone = matches!(meaning, Meaning::Picture | Meaning::Link(_))
            || (meaning == Meaning::Unknown
                && matches!(family, Family::Template | Family::Shortcode | Family::Bracket));
        self.blank(number);
        if !is_alone {
            let is_steps = meaning == Meaning::Steps;
            let at = prefix.rest.len();
            self.open.push(Open { ends, shift, at, tail, prefix: prefix.rest.clone(), is_steps });
            if tag.is_empty {
                self.close_from(self.open.len() - 1, number);
            }
        }
    }

    /// Begins one of the steps that are open. False if none are.
    fn begin_step(&mut self, prefix: &mut Prefix, number: u32) -> bool {
        let Some(steps) = self.open.last_mut().filter(|open| open.is_steps) else { return false };
        if std::mem::replace(&mut steps.tail, "</ol>").is_empty() {
            self.tag_line(prefix, "<ol>", number);
        }
        self.tag_line(prefix, "<li>", number);
        true
    }

    /// Ends the innermost mark that ends so, with all that is in it. False if there is none.
    pub(super) fn end(&mut self, is: impl Fn(&Ends) -> bool, number: u32) -> bool {
        let place = self.open.iter().rposition(|open| is(&open.ends));
        if let Some(place) = place {
            self.close_from(place, number);
        }
        place.is_some()
    }

    /// Ends all marks from this one on.
    pub(super) fn close_from(&mut self, place: usize, number: u32) {
        while self.open.len() > place {
            let Some(open) = self.open.pop() else { return };
            self.blank(number);
            if !open.tail.is_empty() {
                self.write(&[open.prefix.as_str(), open.tail].concat(), number);
                self.blank(number);
            }
        }
    }

    /// A line in bold letters, which may be a link.
    pub(super) fn bold(&mut self, prefix: &mut Prefix, title: Option<&str>, href: Option<&str>, number: u32) {
        let Some(title) = title else {
            if let Some(href) = href.filter(|href| href.contains("://")) {
                self.tag_line(prefix, href, number);
            }
            return;
        };
        let text = if title.contains(['*', '[', ']', '<']) {
            ["<strong>", &escaped(title), "</strong>"].concat()
        } else {
            ["**", title, "**"].concat()
        };
        let line = match href {
            Some(href) => ["[", &text, "](<", &href.replace(['<', '>'], ""), ">)"].concat(),
            None => text,
        };
        self.tag_line(prefix, &line, number);
    }

    /// A line of text in an element of its own.
    fn titled(&mut self, prefix: &mut Prefix, begin: &str, title: Option<&str>, end: &str, number: u32) {
        let Some(title) = title else { return };
        self.tag_line(prefix, begin, number);
        self.tag_line(prefix, &sentence(title), number);
        self.tag_line(prefix, end, number);
    }

    /// A picture with the words below it.
    fn picture(&mut self, prefix: &mut Prefix, tag: &Tag, number: u32) {
        let src = tag.get(&["src", "source"]).unwrap_or_default();
        let words = tag.get(&["caption", "title"]);
        let known = tag.attributes.iter().find(|(name, _)| matches!(name.as_str(), "alt" | "alt-text"));
        let alt = known.map(|(_, alt)| [" alt=\"", &escaped(alt), "\""].concat()).unwrap_or_default();
        let picture = ["<img src=\"", &escaped(src), "\"", &alt, ">"].concat();
        if words.is_some() {
            self.tag_line(prefix, "<figure>", number);
        }
        self.tag_line(prefix, &picture, number);
        if words.is_some() {
            self.titled(prefix, "<figcaption>", words, "</figcaption>", number);
            self.tag_line(prefix, "</figure>", number);
        }
    }

    /// A line that is a block of its own.
    pub(super) fn tag_line(&mut self, prefix: &mut Prefix, line: &str, number: u32) {
        self.blank(number);
        self.put(prefix, line, number);
        self.blank(number);
    }
}

/// Text as a line that begins no list, heading or quotation.
pub(super) fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "&lt;");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
        let (number, rest) = text.split_at_checked(digits).unwrap_or(("", &text));
        return [number, "\\", rest].concat();
    }
    if text.starts_with(['#', '-', '+', '>', '=', '~', ':', '|']) { ["\\", &text].concat() } else { text }
}
