//! Where a link leads.

use crate::richtext::{Span, Spans, is_safe_url};
use url::Url;

/// The scheme by which one article links to another: `[text](article:slug)`, or to a heading in it: `article:slug#heading`.
pub const ARTICLE_SCHEME: &str = "article:";

/// What browsers and servers take for certain.
const LONGEST: usize = 2_048;

/// The page of an article, from which its links go out.
#[derive(Debug, Clone, Default)]
pub struct Base(Option<Url>);

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Page(String),
    Article {
        id: String,
        at: String,
    },
    /// A place of the same article.
    Here(String),
}

impl Base {
    /// The page at this address. From none, only links that name their host lead anywhere.
    pub fn at(url: &str) -> Self {
        Self(Url::parse(url).ok())
    }

    /// The page that a text names as the one from which its links go out.
    pub(super) fn moved(&self, href: &str) -> Self {
        Self(self.join(href))
    }

    /// Where a link leads; none if nowhere.
    pub(super) fn target(&self, href: &str) -> Option<Target> {
        let href = href.trim();
        if href.len() > LONGEST {
            return None;
        }
        if let Some(rest) = href.strip_prefix(ARTICLE_SCHEME) {
            let (id, at) = rest.split_once('#').unwrap_or((rest, ""));
            return Some(Target::Article { id: String::from(id), at: decoded(at) });
        }
        if let Some(at) = href.strip_prefix('#') {
            return (!at.is_empty()).then(|| Target::Here(decoded(at)));
        }
        let url = self.file(href).or_else(|| self.join(href))?;
        if let (Some(base), Some(at)) = (&self.0, url.fragment().filter(|at| !at.is_empty())) {
            let mut page = url.clone();
            page.set_fragment(None);
            if page == *base {
                return Some(Target::Here(decoded(at)));
            }
        }
        // A name before the host is there to be taken for one.
        let is_plain = url.username().is_empty() && url.password().is_none();
        let url = String::from(url);
        let is_safe = is_plain && is_safe_url(&url);
        is_safe.then_some(Target::Page(url))
    }

    /// The address of a picture; none if it cannot be had.
    pub(super) fn picture(&self, src: &str) -> Option<String> {
        let url = self.join(src.trim()).filter(|_| src.len() <= LONGEST)?;
        matches!(url.scheme(), "http" | "https").then(|| String::from(url))
    }

    /// The address of a file beside the one of which a page is made. `guide/start.md` is shown at `guide/start/`, but a link in it goes
    /// out from its folder.
    fn file(&self, href: &str) -> Option<Url> {
        let path = href.split(['#', '?']).next().unwrap_or_default().to_ascii_lowercase();
        let is_file = [".md", ".mdx", ".markdown"].iter().any(|end| path.ends_with(end));
        if !is_file || path.starts_with('/') || path.contains("://") {
            return None;
        }
        let mut base = self.0.clone()?;
        let page = base.path().strip_suffix('/').map(String::from)?;
        base.set_path(&page);
        base.join(href).ok()
    }

    fn join(&self, href: &str) -> Option<Url> {
        if href.is_empty() {
            return None;
        }
        match &self.0 {
            Some(base) => base.join(href).ok(),
            // A host without a scheme is the same page by the safer one.
            None if href.starts_with("//") => Url::parse(&["https:", href].concat()).ok(),
            None => Url::parse(href).ok(),
        }
    }
}

impl Target {
    /// What it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Page(url) | Self::Here(url) => url.len(),
            Self::Article { id, at } => id.len() + at.len(),
        }
    }

    /// The span of a link with this text.
    pub(super) fn span(self, text: Vec<Span>) -> Span {
        let text = Spans(text);
        match self {
            Self::Page(url) => Span::Link { text, url },
            Self::Article { id, at } => Span::Article { text, id, at },
            Self::Here(to) => Span::Jump { text, to },
        }
    }
}

/// The letters of a fragment, which a browser compares with an `id`.
fn decoded(fragment: &str) -> String {
    percent_encoding::percent_decode_str(fragment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, href: &str, expected: Option<&str>) {
        let found = Base::at(base).target(href).map(|target| match target {
            Target::Page(url) => url,
            Target::Article { id, at } => format!("article {id} {at}"),
            Target::Here(at) => format!("here {at}"),
        });
        assert_eq!(found.as_deref(), expected, "{href} from {base:?}");
    }

    #[test]
    fn links_go_out_from_the_page_of_their_article() {
        let page = "https://help.example.com/hc/articles/7";
        for (href, expected) in [
            ("/hc/articles/12", "https://help.example.com/hc/articles/12"),
            ("../billing.md", "https://help.example.com/hc/billing.md"),
            ("//cdn.example/x", "https://cdn.example/x"),
            ("https://x.example/a b", "https://x.example/a%20b"),
            ("?tab=2", "https://help.example.com/hc/articles/7?tab=2"),
            ("#refunds", "here refunds"),
            ("7#r%C3%BCckgabe", "here rückgabe"),
            ("tel:+3900000000", "tel:+3900000000"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("article:billing#refunds", "article billing refunds"),
        ] {
            check(page, href, Some(expected));
        }
        for href in [
            "javascript:alert(1)",
            " \u{1}javascript:x",
            "data:text/html,x",
            "",
            "#",
            "file:///etc/passwd",
            "https://shop.example@evil.example/",
        ] {
            check(page, href, None);
        }
    }

    #[test]
    fn files_are_beside_the_file_of_a_page() {
        let page = "https://docs.example/guide/start/";
        check(page, "pay.md#cards", Some("https://docs.example/guide/pay.md#cards"));
        check(page, "../faq.mdx", Some("https://docs.example/faq.mdx"));
        check(page, "pay", Some("https://docs.example/guide/start/pay"));
        check(page, "/pay.md", Some("https://docs.example/pay.md"));
        check("https://docs.example/guide/start", "pay.md", Some("https://docs.example/guide/pay.md"));
    }

    #[test]
    fn without_a_page_a_link_names_its_host() {
        check("", "/help", None);
        check("", "//cdn.example/x", Some("https://cdn.example/x"));
        check("", "https://a.example", Some("https://a.example/"));
    }
}
