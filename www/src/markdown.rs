//! Markdown to HTML for the help pages. HTML in the Markdown is dropped: an article is text, not code.

use pulldown_cmark::{CowStr, Event, Parser, Tag, html};

/// The scheme by which one article names another.
const ARTICLE_SCHEME: &str = "article:";

/// The HTML of an article. `address` gives the path of the article with a slug, or nothing when there is none: that is
/// an error, so that no help page has a dead link.
pub(super) fn to_html(markdown: &str, address: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut missing = None;
    let mut resolve = |event| {
        let Event::Start(Tag::Link { link_type, dest_url, title, id }) = event else { return event };
        let dest_url = match dest_url.strip_prefix(ARTICLE_SCHEME) {
            Some(slug) => CowStr::from(address(slug).unwrap_or_else(|| {
                missing = Some(slug.to_owned());
                String::new()
            })),
            None => dest_url,
        };
        Event::Start(Tag::Link { link_type, dest_url, title, id })
    };
    let is_text = |event: &Event<'_>| !matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let events = Parser::new(markdown).filter(is_text).map(&mut resolve);

    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, events);
    match missing {
        Some(slug) => Err(format!("there is no article {slug}")),
        None => Ok(out),
    }
}

/// The first paragraph as plain text: the description of a page.
pub(super) fn summary(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(pulldown_cmark::TagEnd::Paragraph) => break,
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: Result<&str, &str>) {
        let html = to_html(markdown, |slug| (slug == "known").then(|| format!("/help/en/{slug}/")));
        assert_eq!(html.as_deref().map(str::trim).map_err(String::as_str), expected, "{markdown}");
    }

    #[test]
    fn links_between_articles_become_addresses() {
        check("[Go](article:known)", Ok(r#"<p><a href="/help/en/known/">Go</a></p>"#));
        check("[Go](https://lumen.example/)", Ok(r#"<p><a href="https://lumen.example/">Go</a></p>"#));
        check("[Go](article:unknown)", Err("there is no article unknown"));
    }

    #[test]
    fn html_in_an_article_is_dropped_and_its_text_stays() {
        check("A <b onclick=x>bold</b> word", Ok("<p>A bold word</p>"));
        check("<script>alert(1)</script>\n\nText", Ok("<p>Text</p>"));
    }

    #[test]
    fn a_summary_is_the_first_paragraph_without_marks() {
        assert_eq!(
            summary("You can **change** it\nuntil [then](article:known).\n\nMore."),
            "You can change it until then."
        );
    }
}
