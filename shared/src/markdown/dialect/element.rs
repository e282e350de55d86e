//! Elements and components among the words of a line.

use super::inline::{Text, escaped};
use super::tag::{self, Tag};

impl Text<'_> {
    /// An element: what stands in its tag is no text.
    pub(super) fn element(&mut self, rest: &str) -> Option<usize> {
        let name = rest.strip_prefix('<')?.trim_start_matches('/');
        let first = name.chars().next().filter(char::is_ascii_alphabetic)?;
        let inside = self.until(rest, ">")?;
        if !first.is_ascii_uppercase() && !inside.contains("={") {
            return self.keep(rest, inside.len() + 1);
        }
        let (_, whole) = tag::end(std::iter::once(rest), self.setting.ahead)?;
        let tag = tag::read(rest.get(1..whole.checked_sub(1)?)?);
        if tag.name.ends_with("Icon") {
            self.leave(&["<", &tag.name, ">"].concat());
            return Some(whole);
        }
        self.out.push_str(&component(&tag).unwrap_or_else(|| String::from(rest.get(..whole).unwrap_or_default())));
        Some(whole)
    }
}

/// A component between words as an element, if it is one that browsers know.
fn component(tag: &Tag) -> Option<String> {
    let name = tag.name.to_ascii_lowercase();
    let href = tag.get(&["href", "to", "url"]);
    let slash = if tag.is_end { "/" } else { "" };
    match name.as_str() {
        "link" | "a" | "anchor" | "button" | "linkbutton" | "navlink" if tag.is_end => Some(String::from("</a>")),
        "link" | "a" | "anchor" | "button" | "linkbutton" | "navlink" => {
            Some(href.map_or_else(String::new, |href| ["<a href=\"", &escaped(href), "\">"].concat()))
        }
        "fragment" => Some(String::new()),
        "badge" | "tooltip" | "tag" | "chip" | "pill" | "term" => Some(["<", slash, "span>"].concat()),
        _ if tag.name.starts_with(|c: char| c.is_ascii_uppercase()) && tag.attributes.is_empty() => None,
        _ => Some(rewritten(tag)),
    }
}

/// A tag without its programs.
pub(super) fn rewritten(tag: &Tag) -> String {
    let mut out = String::from(if tag.is_end { "</" } else { "<" });
    out.push_str(&tag.name);
    for (name, value) in tag.attributes.iter().filter(|(name, _)| name != "style") {
        let name = if name == "classname" { "class" } else { name };
        out.push_str(&[" ", name, "=\"", &escaped(value), "\""].concat());
    }
    out.push_str(if tag.is_empty { " />" } else { ">" });
    out
}
