//! Articles as data: a closed set of blocks that a view turns into elements. There is no HTML in it, so there is none
//! to sanitise: what cannot be said here cannot reach a page.

use serde::{Deserialize, Serialize};

/// One block of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; the article's own title is not among them.
    Heading(Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list whose items are blocks themselves.
    List {
        /// Numbered from one, or with bullets.
        ordered: bool,
        /// The items, each at least one block.
        items: Vec<Vec<Block>>,
    },
    /// Text to be shown as it is, in one width.
    Code(String),
    /// A quotation.
    Quote(Vec<Block>),
}

/// A run of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Plain text.
    Text(String),
    /// Important text.
    Strong(String),
    /// Stressed text.
    Emphasis(String),
    /// A name that is typed or pressed.
    Code(String),
    /// A link to a page: http, https or mailto only.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        url: String,
    },
    /// A link to another article of the same help centre.
    Article {
        /// What is shown.
        text: String,
        /// The article's slug.
        id: String,
    },
    /// A line break.
    Break,
}

/// Whether a link may be followed from an article or a message. Anything else, such as `javascript:`, is shown as text.
pub fn is_safe_url(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    url.len() <= 2048 && ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// The text of blocks without any marks, for searching and snippets; blocks are parted by a space.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        push_block(block, &mut out);
    }
    out
}

/// The ids of the articles to which blocks lead, in order.
pub fn articles_in(blocks: &[Block]) -> impl Iterator<Item = &str> {
    let mut ids = Vec::new();
    blocks.iter().for_each(|block| push_articles(block, &mut ids));
    ids.into_iter()
}

fn push_articles<'a>(block: &'a Block, ids: &mut Vec<&'a str>) {
    match block {
        Block::Heading(spans) | Block::Paragraph(spans) => {
            let id = |span: &'a Span| if let Span::Article { id, .. } = span { Some(id.as_str()) } else { None };
            ids.extend(spans.iter().filter_map(id));
        }
        Block::List { items, .. } => items.iter().flatten().for_each(|inner| push_articles(inner, ids)),
        Block::Code(_) => {}
        Block::Quote(blocks) => blocks.iter().for_each(|inner| push_articles(inner, ids)),
    }
}

/// The texts of the headings, which weigh more than the body when articles are searched.
pub fn headings(blocks: &[Block]) -> Vec<String> {
    let is_heading = |block: &Block| if let Block::Heading(spans) = block { Some(spans.clone()) } else { None };
    blocks.iter().filter_map(is_heading).map(|spans| plain_text(&[Block::Paragraph(spans)])).collect()
}

fn push_block(block: &Block, out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    match block {
        Block::Heading(spans) | Block::Paragraph(spans) => spans.iter().for_each(|span| push_span(span, out)),
        Block::List { items, .. } => items.iter().flatten().for_each(|inner| push_block(inner, out)),
        Block::Code(text) => out.push_str(text),
        Block::Quote(blocks) => blocks.iter().for_each(|inner| push_block(inner, out)),
    }
}

fn push_span(span: &Span, out: &mut String) {
    match span {
        Span::Text(text) | Span::Strong(text) | Span::Emphasis(text) | Span::Code(text) => out.push_str(text),
        Span::Link { text, .. } | Span::Article { text, .. } => out.push_str(text),
        Span::Break => out.push(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_open_pages_or_mail_are_safe() {
        for good in ["https://lumen.example", "HTTP://x", "mailto:a@b.example"] {
            assert!(is_safe_url(good), "{good}");
        }
        for bad in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//x", "/help", "", "vbscript:x"]
        {
            assert!(!is_safe_url(bad), "{bad}");
        }
    }
}
