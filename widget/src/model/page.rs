//! The host page that the visitor is on, as the loader tells it.

use shared::client::discreet;
use shared::ids::{AnswerId, ArticleId};
use shared::matching::page_path;
use shared::protocol::{Context, Shown, Told};

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
        page_path(&self.url)
    }

    /// What travels with a message: the page without what looks like a secret in its address, the articles that were tried,
    /// those that were just read in the help centre, and the answers that did not help.
    pub fn context(
        &self,
        locale: &str,
        shown: Vec<Shown>,
        recent: Vec<ArticleId>,
        answers: Vec<AnswerId>,
        told: Vec<Told>,
    ) -> Context {
        Context {
            url: clipped(&discreet(&self.url)),
            title: clipped(&self.title),
            locale: String::from(locale),
            shown,
            recent,
            answers,
            told,
        }
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(MAX_CONTEXT_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_the_address_never_leave_the_browser_and_long_texts_are_cut() {
        let page =
            Page { url: "https://me:pw@shop.example/a?b&reset=1234#token=secret".into(), title: "é".repeat(3_000) };
        let context = page.context("en", Vec::new(), Vec::new(), Vec::new(), Vec::new());
        assert_eq!(context.url, "https://shop.example/a?b");
        assert_eq!(context.title.chars().count(), MAX_CONTEXT_TEXT);
    }
}
