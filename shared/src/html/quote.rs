//! Quotations that are callouts: several tools write these as a quotation that begins with a sign.

use super::callout::{self, lead};
use crate::richtext::{Block, Span, Spans, text_of};

/// Longer first paragraphs are no title.
const LONGEST_TITLE: usize = 80;

/// What becomes of a quotation, which is never empty.
pub(super) fn settled(mut blocks: Vec<Block>) -> Block {
    let Some(Block::Paragraph(first)) = blocks.iter_mut().find(|block| !matches!(block, Block::Anchor(_))) else {
        return Block::Quote(blocks);
    };
    if let Some(kind) = named(first) {
        return Block::Callout(crate::richtext::Callout { kind, title: Vec::new(), blocks });
    }
    let Some(kind) = lead(first) else { return Block::Quote(blocks) };
    // `> 📘 Title`, an empty line, and the text.
    let is_title = text_of(first).chars().count() <= LONGEST_TITLE && blocks.len() > 1;
    let place = blocks.iter().position(|block| matches!(block, Block::Paragraph(_))).filter(|_| is_title);
    let title = match place.map(|place| blocks.remove(place)) {
        Some(Block::Paragraph(title)) => title,
        _ => Vec::new(),
    };
    callout_of(kind, title, blocks)
}

fn callout_of(kind: crate::richtext::CalloutKind, title: Vec<Span>, blocks: Vec<Block>) -> Block {
    Block::Callout(callout::settled(Some(kind), title, blocks))
}

/// The kind of a quotation whose first bold word says it: `> **Note**`, `> **Warning:** text`.
fn named(first: &[Span]) -> Option<crate::richtext::CalloutKind> {
    let Some(Span::Strong(Spans(bold))) = first.first() else { return None };
    let word = text_of(bold).trim().trim_end_matches([':', '!', '.']).to_lowercase();
    callout::kind(&word)
}
