//! What stands in blocks, in the order in which it is read.

use super::{Block, Heading, Picture, Span, Term};
use std::collections::BTreeSet;

/// The text of blocks without any marks, for searching and snippets; blocks are parted by a space. A picture is its description.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    let part = |out: &mut String| {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    each(blocks, &mut |piece| match piece {
        Piece::Spans(spans) => {
            part(&mut out);
            push(spans, &mut out);
        }
        Piece::Code(text) => {
            part(&mut out);
            out.push_str(text);
        }
    });
    out
}

/// The ids of the articles to which blocks lead, in order.
pub fn articles_in(blocks: &[Block]) -> impl Iterator<Item = &str> {
    picked(blocks, |span| if let Span::Article { id, .. } = span { Some(id.as_str()) } else { None })
}

/// The articles to which blocks link, each with the place in it, in order; without those that lead to its beginning.
pub fn places_in(blocks: &[Block]) -> impl Iterator<Item = (&str, &str)> {
    picked(blocks, |span| match span {
        Span::Article { id, at, .. } if !at.is_empty() => Some((id.as_str(), at.as_str())),
        _ => None,
    })
}

/// The addresses of the pages to which blocks link, in order.
pub fn pages_in(blocks: &[Block]) -> impl Iterator<Item = &str> {
    picked(blocks, |span| if let Span::Link { url, .. } = span { Some(url.as_str()) } else { None })
}

/// The pictures of blocks, in order.
pub fn pictures_in(blocks: &[Block]) -> impl Iterator<Item = &Picture> {
    picked(blocks, |span| if let Span::Picture(picture) = span { Some(picture) } else { None })
}

/// The places of the same text to which blocks lead.
pub fn jumps_in(blocks: &[Block]) -> impl Iterator<Item = &str> {
    picked(blocks, |span| if let Span::Jump { to, .. } = span { Some(to.as_str()) } else { None })
}

/// What is found in the spans of blocks, in order.
fn picked<'a, T>(blocks: &'a [Block], pick: impl Fn(&'a Span) -> Option<T>) -> impl Iterator<Item = T> {
    let mut found = Vec::new();
    each_span(blocks, &mut |span| found.extend(pick(span)));
    found.into_iter()
}

/// The places of blocks to which a link may lead.
pub fn places_of(blocks: &mut [Block]) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => drop(places.insert(heading.id.clone())),
            Block::Anchor(id) => drop(places.insert(id.clone())),
            _ => {}
        }
        block.inner_mut().into_iter().for_each(|inner| places.append(&mut places_of(inner)));
    }
    places
}

/// The texts of the headings, which weigh more than the body when articles are searched.
pub fn headings(blocks: &[Block]) -> Vec<String> {
    let text = |block: &Block| match block {
        Block::Heading(Heading { text, .. }) => Some(text_of(text)),
        Block::Details(details) => Some(text_of(&details.summary)),
        _ => None,
    };
    blocks.iter().filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// The text of spans.
pub fn text_of(spans: &[Span]) -> String {
    let mut out = String::new();
    push(spans, &mut out);
    out
}

enum Piece<'a> {
    /// Spans that are one line of text.
    Spans(&'a [Span]),
    Code(&'a str),
}

fn each<'a>(blocks: &'a [Block], found: &mut impl FnMut(Piece<'a>)) {
    for block in blocks {
        match block {
            Block::Heading(Heading { text: spans, .. }) | Block::Paragraph(spans) => found(Piece::Spans(spans)),
            Block::List { items, .. } => items.iter().for_each(|item| each(item, found)),
            Block::Code(code) => found(Piece::Code(&code.text)),
            Block::Quote(blocks) => each(blocks, found),
            Block::Callout(callout) => {
                found(Piece::Spans(&callout.title));
                each(&callout.blocks, found);
            }
            Block::Details(details) => {
                found(Piece::Spans(&details.summary));
                each(&details.blocks, found);
            }
            Block::Table(rows) => rows.iter().flatten().for_each(|cell| each(&cell.blocks, found)),
            Block::Figure(figure) => {
                each(&figure.blocks, found);
                found(Piece::Spans(&figure.caption));
            }
            Block::Terms(terms) => terms.iter().for_each(|term| match term {
                Term::Named(spans) => found(Piece::Spans(spans)),
                Term::Means(blocks) => each(blocks, found),
            }),
            Block::Rule | Block::Anchor(_) => {}
        }
    }
}

fn each_span<'a>(blocks: &'a [Block], found: &mut impl FnMut(&'a Span)) {
    each(blocks, &mut |piece| {
        if let Piece::Spans(spans) = piece {
            inside(spans, found);
        }
    });
}

fn inside<'a>(spans: &'a [Span], found: &mut impl FnMut(&'a Span)) {
    for span in spans {
        found(span);
        inside(span.inner(), found);
    }
}

fn push(spans: &[Span], out: &mut String) {
    for span in spans {
        match span {
            Span::Text(text) => out.push_str(text),
            Span::Picture(picture) => out.push_str(&picture.alt),
            Span::Break => out.push(' '),
            Span::Task(_) => {}
            _ => push(span.inner(), out),
        }
    }
}

impl Block {
    /// The lists of blocks inside of this one.
    pub fn inner_mut(&mut self) -> Vec<&mut Vec<Self>> {
        match self {
            Self::List { items, .. } => items.iter_mut().collect(),
            Self::Quote(blocks) => vec![blocks],
            Self::Callout(callout) => vec![&mut callout.blocks],
            Self::Details(details) => vec![&mut details.blocks],
            Self::Table(rows) => rows.iter_mut().flatten().map(|cell| &mut cell.blocks).collect(),
            Self::Figure(figure) => vec![&mut figure.blocks],
            Self::Terms(terms) => terms
                .iter_mut()
                .filter_map(|term| if let Term::Means(blocks) = term { Some(blocks) } else { None })
                .collect(),
            Self::Heading(_) | Self::Paragraph(_) | Self::Code(_) | Self::Rule | Self::Anchor(_) => Vec::new(),
        }
    }
}

/// Calls back with each span, the outer before the inner, which may become another one.
pub fn each_span_mut(blocks: &mut [Block], change: &mut impl FnMut(&mut Span)) {
    lines_mut(blocks, &mut |spans| inside_mut(spans, change));
}

/// Calls back with the spans of each line of text, in order.
pub fn lines_mut(blocks: &mut [Block], change: &mut impl FnMut(&mut Vec<Span>)) {
    for block in blocks {
        match block {
            Block::Heading(Heading { text: spans, .. }) | Block::Paragraph(spans) => change(spans),
            Block::Callout(callout) => change(&mut callout.title),
            Block::Details(details) => change(&mut details.summary),
            Block::Figure(figure) => change(&mut figure.caption),
            Block::Terms(terms) => terms.iter_mut().for_each(|term| {
                if let Term::Named(spans) = term {
                    change(spans);
                }
            }),
            Block::List { .. } | Block::Quote(_) | Block::Table(_) => {}
            Block::Code(_) | Block::Rule | Block::Anchor(_) => {}
        }
        block.inner_mut().into_iter().for_each(|inner| lines_mut(inner, change));
    }
}

fn inside_mut(spans: &mut [Span], change: &mut impl FnMut(&mut Span)) {
    for span in spans {
        change(span);
        if let Some(inner) = span.spans_mut() {
            inside_mut(inner, change);
        }
    }
}

impl Span {
    /// The spans inside of this one, to be changed; none if it holds no spans.
    pub fn spans_mut(&mut self) -> Option<&mut Vec<Span>> {
        match self {
            Self::Strong(spans)
            | Self::Emphasis(spans)
            | Self::Struck(spans)
            | Self::Code(spans)
            | Self::Key(spans)
            | Self::Raised(spans)
            | Self::Lowered(spans)
            | Self::Link { text: spans, .. }
            | Self::Article { text: spans, .. }
            | Self::Jump { text: spans, .. } => Some(&mut spans.0),
            Self::Text(_) | Self::Picture(_) | Self::Task(_) | Self::Break => None,
        }
    }

    /// The spans inside of this one.
    pub fn inner(&self) -> &[Span] {
        match self {
            Self::Strong(spans)
            | Self::Emphasis(spans)
            | Self::Struck(spans)
            | Self::Code(spans)
            | Self::Key(spans)
            | Self::Raised(spans)
            | Self::Lowered(spans)
            | Self::Link { text: spans, .. }
            | Self::Article { text: spans, .. }
            | Self::Jump { text: spans, .. } => &spans.0,
            Self::Text(_) | Self::Picture(_) | Self::Task(_) | Self::Break => &[],
        }
    }
}
