//! The host page that the visitor is on, as the loader tells it.

use shared::ids::ArticleId;
use shared::protocol::{Context, Shown};

/// The edge keeps this much of an address or a title; more would have the message refused.
const MAX_CONTEXT_TEXT: usize = 2_048;

/// The host page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
}

impl Page {
    /// The path of its address, by which articles may belong to it; empty if there is none.
    pub fn path(&self) -> &str {
        let after_scheme = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let path = after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("");
        path.split(['?', '#']).next().unwrap_or("")
    }

    /// What travels with a message: the page without the fragment, which may hold what the site means for the browser
    /// alone, the articles that were tried, and those that were just read in the help centre.
    pub fn context(&self, locale: &str, shown: Vec<Shown>, recent: Vec<ArticleId>) -> Context {
        let address = self.url.split('#').next().unwrap_or("");
        Context { url: clipped(address), title: clipped(&self.title), locale: String::from(locale), shown, recent }
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(MAX_CONTEXT_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_neither_origin_nor_query() {
        let path = |url: &str| String::from(Page { url: url.into(), title: String::new() }.path());
        assert_eq!(path("https://shop.example/cart/2?a=/b#c"), "/cart/2");
        assert_eq!(path("https://shop.example"), "");
        assert_eq!(path(""), "");
    }

    #[test]
    fn the_fragment_never_leaves_the_browser_and_long_texts_are_cut() {
        let page = Page { url: "https://shop.example/a?b#token=secret".into(), title: "é".repeat(3_000) };
        let context = page.context("en", Vec::new(), Vec::new());
        assert_eq!(context.url, "https://shop.example/a?b");
        assert_eq!(context.title.chars().count(), MAX_CONTEXT_TEXT);
    }
}
