//! The part of a whole page that is its article. Around it stand what the site says on each page: its head, its foot, ways to other
//! pages, a bar about cookies.

use super::attributes::Attributes;
use super::remark::What;
use std::collections::{BTreeMap, BTreeSet};

/// An element in which a page has its article, the surest sign first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// `itemprop="articleBody"`.
    Body,
    Article,
    Main,
}

/// How often each sign stands on a page.
#[derive(Debug, Default)]
pub(super) struct Signs {
    bodies: u32,
    articles: u32,
    mains: u32,
    is_page: bool,
    /// How many elements of each name begin and do not end.
    open: BTreeMap<String, i64>,
}

/// What is read of a text.
#[derive(Debug, Default)]
pub(super) struct Window {
    /// The element that is read, on a page that has exactly one.
    sign: Option<Sign>,
    is_page: bool,
    /// The element that is being read, or left out, with those of its name in it.
    inside: Option<(String, u32)>,
    outside: Option<(String, u32)>,
    /// Elements that have heads and feet of their own.
    sections: u32,
    /// Elements whose end is missing somewhere are read.
    unclosed: BTreeSet<String>,
    /// Whether the text that comes is none for readers.
    is_silent: bool,
    /// Whether it was said that something stands around the element that is read.
    is_said: bool,
}

/// What becomes of a piece of a text.
#[derive(Debug, PartialEq)]
pub(super) enum Pass {
    /// It is read.
    Read,
    /// It is left out.
    Leave,
    /// It is left out, and the writer is told.
    Tell(What),
}

impl Signs {
    /// An element begins.
    pub(super) fn start(&mut self, name: &str, attributes: &Attributes) {
        self.is_page |= matches!(name, "html" | "body" | "main") || attributes.get("role") == Some("main");
        *self.open.entry(String::from(name)).or_default() += 1;
        match sign(name, attributes) {
            Some(Sign::Body) => self.bodies += 1,
            Some(Sign::Article) => self.articles += 1,
            Some(Sign::Main) => self.mains += 1,
            None => {}
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self, name: &str) {
        if let Some(open) = self.open.get_mut(name) {
            *open -= 1;
        }
    }

    /// The names of elements whose end is missing somewhere. Nobody knows what stands in them.
    pub(super) fn unclosed(&self) -> BTreeSet<String> {
        self.open.iter().filter(|(_, count)| **count > 0).map(|(name, _)| name.clone()).collect()
    }

    /// What is read of the page: a piece of a page is read as a whole.
    pub(super) fn window(&self) -> Window {
        let counts = [(Sign::Body, self.bodies), (Sign::Article, self.articles), (Sign::Main, self.mains)];
        let only = counts.into_iter().find(|(_, count)| *count == 1).map(|(sign, _)| sign);
        let unclosed = self.unclosed();
        Window { sign: only.filter(|_| self.is_page), is_page: self.is_page, unclosed, ..Window::default() }
    }
}

impl Window {
    /// What becomes of an element that begins.
    pub(super) fn start(&mut self, name: &str, attributes: &Attributes) -> Pass {
        self.is_silent = matches!(name, "script" | "style" | "title" | "noscript" | "template");
        for (open, depth) in self.inside.iter_mut().chain(&mut self.outside) {
            *depth += u32::from(open == name);
        }
        if self.outside.is_some() {
            return Pass::Leave;
        }
        if self.sign.is_some() && self.inside.is_none() {
            if self.sign == sign(name, attributes) {
                self.inside = Some((String::from(name), 1));
                return Pass::Leave;
            }
            return if name == "base" { Pass::Read } else { Pass::Leave };
        }
        if self.is_page && self.is_around(name, attributes) && !self.unclosed.contains(name) {
            self.outside = Some((String::from(name), 1));
            return Pass::Tell(What::Around(String::from(name)));
        }
        self.sections += u32::from(is_section(name));
        Pass::Read
    }

    /// What becomes of the end of an element.
    pub(super) fn end(&mut self, name: &str) -> Pass {
        self.is_silent = false;
        if closes(&mut self.outside, name) {
            self.outside = None;
            return Pass::Leave;
        }
        if self.outside.is_some() {
            return Pass::Leave;
        }
        if closes(&mut self.inside, name) {
            self.inside = None;
            return Pass::Leave;
        }
        self.sections = self.sections.saturating_sub(u32::from(is_section(name)));
        if self.sign.is_some() && self.inside.is_none() { Pass::Leave } else { Pass::Read }
    }

    /// What becomes of a text.
    pub(super) fn text(&mut self, text: &str) -> Pass {
        if self.outside.is_some() {
            return Pass::Leave;
        }
        match self.sign {
            Some(sign) if self.inside.is_none() => {
                let is_seen = !self.is_silent && !text.trim().is_empty();
                if is_seen && !std::mem::replace(&mut self.is_said, true) {
                    return Pass::Tell(What::Beside(String::from(sign.name())));
                }
                Pass::Leave
            }
            _ => Pass::Read,
        }
    }

    /// Whether an element of a page is the site's own, and not its article's.
    fn is_around(&self, name: &str, attributes: &Attributes) -> bool {
        let is_role = attributes
            .get("role")
            .is_some_and(|role| matches!(role, "banner" | "contentinfo" | "complementary" | "dialog" | "alertdialog"));
        is_role || (matches!(name, "header" | "footer" | "aside") && self.sections == 0 && self.inside.is_none())
    }
}

impl Sign {
    /// How a writer knows it.
    fn name(self) -> &'static str {
        match self {
            Self::Body => "itemprop=\"articleBody\"",
            Self::Article => "<article>",
            Self::Main => "<main>",
        }
    }
}

fn sign(name: &str, attributes: &Attributes) -> Option<Sign> {
    if attributes.get("itemprop") == Some("articleBody") && name != "meta" {
        return Some(Sign::Body);
    }
    if name == "main" || attributes.get("role") == Some("main") {
        return Some(Sign::Main);
    }
    (name == "article").then_some(Sign::Article)
}

fn is_section(name: &str) -> bool {
    matches!(name, "article" | "section" | "main")
}

/// Whether the end of an element is that of the outermost one of its name.
fn closes(open: &mut Option<(String, u32)>, name: &str) -> bool {
    let Some((_, depth)) = open.as_mut().filter(|(open, _)| open == name) else { return false };
    *depth = depth.saturating_sub(1);
    *depth == 0
}

#[cfg(test)]
mod tests {
    use super::super::link::Base;
    use super::super::read;
    use crate::richtext::plain_text;

    fn check(html: &str, expected: &str, told: &[&str]) {
        let reading = read(html, &Base::default(), "");
        let remarks: Vec<String> = reading.remarks.iter().map(|remark| format!("{:?}", remark.what)).collect();
        assert_eq!(
            (plain_text(&reading.blocks).as_str(), remarks),
            (expected, told.iter().map(|told| (*told).into()).collect()),
            "{html}"
        );
    }

    #[test]
    fn of_a_whole_page_its_article_is_read() {
        let around = "<html><head><title>T</title><style>p{}</style></head><body><header>Shop</header><nav>Home</nav>";
        check(&format!("{around}<main><p>a</p></main><footer>(c)</footer>"), "a", &["Beside(\"<main>\")"]);
        check(
            &format!(
                "{around}<div role=main><nav>up</nav><article><header>b</header>a</article><aside>more</aside></div>"
            ),
            "b a",
            &["Beside(\"<article>\")"],
        );
        check(
            &format!("{around}<article>1</article><article>2</article></body>"),
            "1 2",
            &["Around(\"header\")", "Around(\"nav\")"],
        );
        check(
            "<body><article><div>Date</div><div itemprop=articleBody><div>a</div>b</div>Votes</article>",
            "a b",
            &["Beside(\"itemprop=\\\"articleBody\\\"\")"],
        );
        check(
            "<body><div role=banner>x</div><aside>y<aside>z</aside></aside><section><header>a</header></section><div>b</div><footer>c</footer></body>",
            "a b",
            &["Around(\"aside\")", "Around(\"div\")", "Around(\"footer\")"],
        );
    }

    #[test]
    fn a_piece_of_a_page_is_read_as_a_whole() {
        check("<header>a</header><article>b</article><aside>c</aside><footer>d</footer>", "a b c d", &[]);
        check("a<nav>up</nav>b<span hidden>c</span>", "ab", &["Hidden(\"span\")", "Around(\"nav\")"]);
    }

    #[test]
    fn an_element_that_does_not_end_takes_nothing_along() {
        check("<body><aside>a<p>b</body>", "a b", &[]);
        check("<nav>a<p>b", "a b", &[]);
        check("<body><main>a<p>b", "a b", &[]);
    }
}
