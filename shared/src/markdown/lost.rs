//! What of an article's Markdown is not shown, so that who publishes it can be told.

use super::ARTICLE_SCHEME;
use crate::richtext::is_safe_url;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeSet;

/// What was found, in the words of the one who wrote it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// The names of the HTML elements whose marks are dropped, and with a block its text.
    pub elements: BTreeSet<String>,
    /// How many pictures there are of which only the description is shown.
    pub pictures: usize,
    /// How many tables there are, which are shown as running text.
    pub tables: usize,
    /// Other marks that are shown as they were typed, such as `~~`.
    pub marks: BTreeSet<&'static str>,
    /// Links that lead to no page of their own, so that only their text is shown.
    pub links: BTreeSet<String>,
}

/// Marks of other dialects, as they begin a line.
const AT_LINE: [(&str, &str); 3] = [(":::", ":::"), ("[[toc]]", "[[toc]]"), ("[toc]", "[toc]")];

/// What is not shown of a text.
pub fn lost(markdown: &str) -> Lost {
    let mut lost = Lost::default();
    let dialects = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, dialects) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => lost.elements.extend(elements(&html)),
            Event::Start(Tag::Image { .. }) => lost.pictures += 1,
            Event::Start(Tag::Table(_)) => lost.tables += 1,
            Event::Start(Tag::Strikethrough) => drop(lost.marks.insert("~~")),
            Event::Start(Tag::BlockQuote(Some(_))) => drop(lost.marks.insert("[!NOTE]")),
            Event::TaskListMarker(_) => drop(lost.marks.insert("[ ]")),
            Event::FootnoteReference(_) => drop(lost.marks.insert("[^1]")),
            Event::Start(Tag::Link { dest_url, .. }) if !leads(&dest_url) => {
                lost.links.insert(dest_url.to_string());
            }
            _ => {}
        }
    }
    for line in markdown.lines() {
        let line = line.trim_start().to_ascii_lowercase();
        lost.marks.extend(AT_LINE.iter().filter(|(begins, _)| line.starts_with(begins)).map(|(_, mark)| *mark));
    }
    lost
}

impl Lost {
    /// What it is, in one sentence; none if nothing is lost.
    pub fn sentence(&self) -> Option<String> {
        let mut parts = Vec::new();
        if !self.elements.is_empty() {
            parts.push(format!("the HTML {}", listed(self.elements.iter().map(|name| format!("<{name}>")))));
        }
        parts.extend(counted(self.tables, "table", "tables").map(|tables| tables + " (shown as running text)"));
        parts.extend(
            counted(self.pictures, "picture", "pictures").map(|pictures| pictures + " (shown by the description)"),
        );
        if !self.marks.is_empty() {
            parts.push(format!(
                "the marks {} (shown as they are typed)",
                listed(self.marks.iter().map(|mark| String::from(*mark)))
            ));
        }
        if !self.links.is_empty() {
            parts.push(format!(
                "links that lead to no page: {}",
                listed(self.links.iter().map(|link| format!("\"{link}\"")))
            ));
        }
        (!parts.is_empty()).then(|| format!("Not shown as it was written: {}.", parts.join("; ")))
    }
}

/// Whether a link is one in the panel.
fn leads(url: &str) -> bool {
    url.starts_with(ARTICLE_SCHEME) || is_safe_url(url)
}

/// The names of the elements that begin in a piece of HTML. Comments are nobody's loss.
fn elements(html: &str) -> Vec<String> {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_lowercase()
    };
    html.split('<').skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

/// The first few, and how many more there are.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    /// As many as one looks for at once.
    const NAMED: usize = 6;
    let more = names.len().saturating_sub(NAMED);
    let mut text = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: Option<&str>) {
        let expected = expected.map(|expected| format!("Not shown as it was written: {expected}."));
        assert_eq!(lost(markdown).sentence(), expected, "{markdown}");
    }

    #[test]
    fn what_is_shown_is_not_lost() {
        check(
            "# A\n\n**b** `c` [d](https://x.example) [e](article:f) [g](mailto:h@x.example)\n\n> i\n\n1. j\n- k\n\n```\n<div>\n```",
            None,
        );
        check("a < b, and 2 > 1 <!-- nobody reads this -->", None);
        check("", None);
    }

    #[test]
    fn what_is_lost_is_named() {
        check("<p>To reset:</p><ul><li>Open <b>Security</b></li></ul>", Some("the HTML <b>, <li>, <p>, <ul>"));
        check("<details><summary>Q</summary>\n\nA\n\n</details>", Some("the HTML <details>, <summary>"));
        check("Press <kbd>K</kbd>", Some("the HTML <kbd>"));
        check("![Where it is](https://x.example/a.png)", Some("1 picture (shown by the description)"));
        check("|a|b|\n|-|-|\n|c|d|", Some("1 table (shown as running text)"));
        check("~~old~~\n\n- [x] done", Some("the marks [ ], ~~ (shown as they are typed)"));
        check(
            "a[^1]\n\n[^1]: b\n\n:::tip\nc\n:::\n\n[[toc]]",
            Some("the marks :::, [[toc]], [^1] (shown as they are typed)"),
        );
        check("> [!WARNING]\n> Hot", Some("the marks [!NOTE] (shown as they are typed)"));
        check(
            "[a](#b) [c](/help/d) [e](tel:112)",
            Some("links that lead to no page: \"#b\", \"/help/d\", \"tel:112\""),
        );
        let many: String = (0..9).map(|number| format!("[a](/{number}) ")).collect();
        assert!(lost(&many).sentence().unwrap().ends_with("\"/5\" and 3 more."));
    }
}
