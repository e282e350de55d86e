//! An article's blocks as elements. There is no HTML in them, and none is made.

use super::element::{El, el};
use super::{button, link};
use crate::panel::Panel;
use shared::ids::ArticleId;
use shared::richtext::{Block, Span, is_safe_url};

/// Puts blocks into an element, one after another.
pub(super) fn blocks(panel: Panel, into: El, all: &[Block]) -> El {
    all.iter().fold(into, |into, one| into.child(block(panel, one)))
}

fn block(panel: Panel, block: &Block) -> El {
    match block {
        Block::Heading(content) => spans(panel, auto("h3"), content),
        Block::Paragraph(content) => spans(panel, auto("p"), content),
        Block::List { ordered, items } => {
            let list = el(if *ordered { "ol" } else { "ul" });
            items.iter().fold(list, |list, item| list.child(blocks(panel, el("li"), item)))
        }
        // It scrolls sideways, so the keyboard must reach it.
        Block::Code(text) => el("pre").attr("dir", "ltr").attr("tabindex", "0").text(text),
        Block::Quote(inner) => blocks(panel, el("blockquote"), inner),
    }
}

/// An element whose text has a direction of its own.
fn auto(tag: &str) -> El {
    el(tag).attr("dir", "auto")
}

fn spans(panel: Panel, into: El, all: &[Span]) -> El {
    all.iter().fold(into, |into, span| match span {
        Span::Text(text) => into.text(text),
        Span::Strong(text) => into.child(el("strong").text(text)),
        Span::Emphasis(text) => into.child(el("em").text(text)),
        Span::Code(text) => into.child(el("code").attr("dir", "ltr").text(text)),
        Span::Link { text, url } if is_safe_url(url) => into.child(link(url).text(text)),
        Span::Link { text, .. } => into.text(text),
        Span::Article { text, id } => match ArticleId::parse(id) {
            Ok(id) => into.child(button("link", move || panel.open_article_by_id(id.clone())).text(text)),
            Err(_) => into.text(text),
        },
        Span::Break => into.child(el("br")),
    })
}
