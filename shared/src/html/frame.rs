//! What is open while a text is read, and the blocks that come of it.

use super::inline::Inline;
use super::remark::{Remarks, What};
use super::{callout, quote};
use crate::richtext::{Block, CalloutKind, Cell, Code, Details, Figure, Heading, Span, Spans, Term, plain_text};
use std::mem::take;

/// Blocks that hold blocks, in one another: more of them exhaust the stack of the program that draws them, and the patience of
/// readers before that.
const MOST_FRAMES: usize = 20;

/// What an open element makes of the blocks in it.
#[derive(Debug)]
pub(super) enum Holds {
    Text,
    List {
        ordered: bool,
        start: Option<u32>,
        items: Vec<Vec<Block>>,
    },
    Item,
    Quote,
    Callout {
        /// How it is meant, where its element says so.
        kind: Option<CalloutKind>,
        title: Vec<Span>,
    },
    Title,
    Details {
        summary: Vec<Span>,
    },
    Summary,
    Table {
        rows: Vec<Vec<Cell>>,
        caption: Vec<Span>,
    },
    Row {
        cells: Vec<Cell>,
    },
    Cell(Cell),
    Caption,
    Figure {
        caption: Vec<Span>,
    },
    Terms(Vec<Term>),
    Term,
    Meaning,
    Heading {
        level: u8,
        id: String,
    },
    Code {
        language: String,
    },
    /// A footnote, by the name that its text is referred to.
    Note(String),
}

/// What is open, with the blocks that stand in it until now.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) holds: Holds,
    pub(super) blocks: Vec<Block>,
}

/// All that is open, the text that is being read, and what was said about it.
pub(super) struct Frames {
    /// The innermost last; the first is the text itself.
    all: Vec<Frame>,
    pub(super) inline: Inline,
    /// Places in the text that no block has taken yet.
    pub(super) anchors: Vec<String>,
    /// Footnotes with their names, as they are written.
    pub(super) notes: Vec<(String, Vec<Block>)>,
    pub(super) remarks: Remarks,
    pub(super) line: u32,
}

impl Frames {
    pub(super) fn new() -> Self {
        Self {
            all: vec![Frame { holds: Holds::Text, blocks: Vec::new() }],
            inline: Inline::new(),
            anchors: Vec::new(),
            notes: Vec::new(),
            remarks: Remarks::default(),
            line: 1,
        }
    }

    /// How many are open.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// The innermost.
    pub(super) fn innermost(&self) -> Option<&Frame> {
        self.all.last()
    }

    /// What the innermost holds.
    pub(super) fn holds(&self) -> &Holds {
        self.innermost().map_or(&Holds::Text, |frame| &frame.holds)
    }

    /// The same, to be changed.
    pub(super) fn holds_mut(&mut self) -> Option<&mut Holds> {
        self.all.last_mut().map(|frame| &mut frame.holds)
    }

    /// The blocks of the text, once all is closed.
    pub(super) fn into_blocks(mut self) -> (Vec<Block>, Remarks) {
        let last = take(&mut self.anchors).into_iter().map(Block::Anchor).collect();
        self.push_all(last);
        (self.all.into_iter().next().map(|frame| frame.blocks).unwrap_or_default(), self.remarks)
    }

    /// Something is not shown as it was written.
    pub(super) fn remark(&mut self, what: What) {
        self.remarks.note(what, self.line);
    }

    /// Opens something that holds blocks. False if that would be too deep.
    pub(super) fn open(&mut self, holds: Holds) -> bool {
        if self.all.len() >= MOST_FRAMES {
            self.remark(What::Deep);
            return false;
        }
        self.all.push(Frame { holds, blocks: Vec::new() });
        true
    }

    /// Ends the innermost, and puts what comes of it where it belongs.
    pub(super) fn close(&mut self) {
        self.flush();
        if self.all.len() < 2 {
            return;
        }
        let Some(Frame { holds, blocks }) = self.all.pop() else { return };
        match holds {
            Holds::Text => self.push_all(blocks),
            Holds::List { ordered, start, items } => {
                let items = with_strays(items, blocks);
                if !items.is_empty() {
                    self.push(Block::List { ordered, start, items });
                }
            }
            Holds::Item => match self.all.last_mut() {
                Some(Frame { holds: Holds::List { items, .. }, blocks: strays }) => {
                    *items = with_strays(take(items), take(strays));
                    if !blocks.is_empty() {
                        items.push(blocks);
                    }
                }
                _ => self.push_all(blocks),
            },
            Holds::Quote if !blocks.is_empty() => self.push(quote::settled(blocks)),
            Holds::Callout { kind, title } if !blocks.is_empty() || !title.is_empty() => {
                self.push(Block::Callout(callout::settled(kind, title, blocks)));
            }
            Holds::Quote | Holds::Callout { .. } => {}
            Holds::Title => self.put_line(blocks, |holds| match holds {
                Holds::Callout { title, .. } => Some(title),
                _ => None,
            }),
            Holds::Details { summary } if summary.is_empty() => self.push_all(blocks),
            Holds::Details { summary } => self.push(Block::Details(Details { summary, blocks })),
            Holds::Summary => self.put_line(blocks, |holds| match holds {
                Holds::Details { summary } => Some(summary),
                _ => None,
            }),
            Holds::Table { rows, caption } => {
                // What stands between the cells stands before the table, as in browsers.
                self.push_all(blocks);
                self.push_table(rows, caption);
            }
            Holds::Row { cells } => match self.all.last_mut() {
                Some(Frame { holds: Holds::Table { rows, .. }, .. }) if !cells.is_empty() => {
                    rows.push(cells);
                    self.push_all(blocks);
                }
                _ => {
                    self.push_all(blocks);
                    self.push_all(cells.into_iter().flat_map(|cell| cell.blocks).collect());
                }
            },
            Holds::Cell(cell) => match self.all.last_mut() {
                Some(Frame { holds: Holds::Row { cells }, .. }) => cells.push(Cell { blocks, ..cell }),
                _ => self.push_all(blocks),
            },
            Holds::Caption => self.put_line(blocks, |holds| match holds {
                Holds::Table { caption, .. } | Holds::Figure { caption } => Some(caption),
                _ => None,
            }),
            Holds::Figure { caption } if caption.is_empty() => self.push_all(blocks),
            Holds::Figure { caption } => self.push(Block::Figure(Figure { blocks, caption })),
            Holds::Terms(terms) => {
                let stray = (!blocks.is_empty()).then_some(Term::Means(blocks));
                let terms: Vec<Term> = terms.into_iter().chain(stray).collect();
                if !terms.is_empty() {
                    self.push(Block::Terms(terms));
                }
            }
            Holds::Term => {
                let named = self.line_at(blocks);
                self.put_term(Term::Named(named));
            }
            Holds::Meaning => self.put_term(Term::Means(blocks)),
            Holds::Heading { level, mut id } => {
                // A place in a heading is the heading's own; further ones stand before it.
                for block in &blocks {
                    match block {
                        Block::Anchor(place) if id.is_empty() => id.clone_from(place),
                        Block::Anchor(place) => self.anchors.push(place.clone()),
                        _ => {}
                    }
                }
                let text = line(blocks);
                if !text.is_empty() {
                    self.push(Block::Heading(Heading { level, id, text }));
                }
            }
            Holds::Code { language } => {
                let text = plain_text(&blocks);
                let text = text.strip_prefix('\n').unwrap_or(&text).trim_end_matches('\n');
                if !text.is_empty() {
                    self.push(Block::Code(Code { language, text: String::from(text) }));
                }
            }
            Holds::Note(name) => self.notes.push((name, blocks)),
        }
    }

    /// Ends the paragraph, if there is one.
    pub(super) fn flush(&mut self) {
        let spans = self.inline.take();
        if is_visible(&spans) || matches!(self.holds(), Holds::Code { .. }) && !spans.is_empty() {
            self.push(Block::Paragraph(spans));
        }
    }

    /// Whether what is open is in a callout.
    pub(super) fn is_in_callout(&self) -> bool {
        self.all.iter().any(|frame| matches!(frame.holds, Holds::Callout { .. }))
    }

    /// Puts a block where the text is, after the places that lead to it.
    pub(super) fn push(&mut self, block: Block) {
        let anchors = take(&mut self.anchors);
        if let Some(frame) = self.all.last_mut() {
            frame.blocks.extend(anchors.into_iter().map(Block::Anchor));
            frame.blocks.push(block);
        }
    }

    fn push_all(&mut self, blocks: Vec<Block>) {
        if let Some(frame) = self.all.last_mut() {
            frame.blocks.extend(blocks);
        }
    }

    /// A table of one cell is a way to put text somewhere.
    fn push_table(&mut self, mut rows: Vec<Vec<Cell>>, caption: Vec<Span>) {
        if rows.iter().flatten().count() == 1 {
            let cell = rows.pop().and_then(|mut row| row.pop()).unwrap_or_default();
            if !caption.is_empty() {
                self.push(Block::Paragraph(caption));
            }
            return self.push_all(cell.blocks);
        }
        if rows.is_empty() && caption.is_empty() {
            return;
        }
        if rows.is_empty() {
            self.push(Block::Paragraph(caption));
        } else if caption.is_empty() {
            self.push(Block::Table(rows));
        } else {
            self.push(Block::Figure(Figure { blocks: vec![Block::Table(rows)], caption }));
        }
    }

    /// Puts text into the one place that what is around it has for it; a paragraph if it has none, or has it already.
    fn put_line(&mut self, blocks: Vec<Block>, place: fn(&mut Holds) -> Option<&mut Vec<Span>>) {
        let is_free = |frame: &mut Frame| place(&mut frame.holds).is_some_and(|text| text.is_empty());
        if !self.all.last_mut().is_some_and(is_free) {
            return self.push_all(blocks);
        }
        let spans = self.line_at(blocks);
        if let Some(text) = self.all.last_mut().and_then(|frame| place(&mut frame.holds)) {
            *text = spans;
        }
    }

    /// Blocks as one line of text. A place in them is that of the next block.
    fn line_at(&mut self, blocks: Vec<Block>) -> Vec<Span> {
        let places =
            blocks.iter().filter_map(|block| if let Block::Anchor(place) = block { Some(place) } else { None });
        self.anchors.extend(places.cloned());
        line(blocks)
    }

    fn put_term(&mut self, term: Term) {
        match self.all.last_mut() {
            Some(Frame { holds: Holds::Terms(terms), .. }) => terms.push(term),
            _ => match term {
                Term::Named(spans) => self.push(Block::Paragraph(spans)),
                Term::Means(blocks) => self.push_all(blocks),
            },
        }
    }
}

/// Whether a reader sees anything of spans: editors put a space that does not break where there is to be room.
fn is_visible(spans: &[Span]) -> bool {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    spans.iter().any(|span| match span {
        Span::Text(text) => !text.chars().all(is_blank),
        Span::Picture(_) | Span::Task(_) => true,
        Span::Break => false,
        marked => is_visible(marked.inner()),
    })
}

/// The items of a list with what stands between them: a list there belongs to the item before it.
fn with_strays(mut items: Vec<Vec<Block>>, strays: Vec<Block>) -> Vec<Vec<Block>> {
    if !strays.is_empty() {
        match items.last_mut() {
            Some(item) => item.extend(strays),
            None => items.push(strays),
        }
    }
    items
}

/// Blocks as one line of text.
fn line(blocks: Vec<Block>) -> Vec<Span> {
    let mut spans = Vec::new();
    for block in blocks {
        let more = match block {
            Block::Paragraph(text) | Block::Heading(Heading { text, .. }) => text,
            Block::Anchor(_) | Block::Rule => continue,
            Block::Code(code) => vec![Span::Code(Spans::from(code.text.as_str()))],
            other => vec![Span::Text(plain_text(&[other]))],
        };
        if !spans.is_empty() && !more.is_empty() {
            spans.push(Span::Text(String::from(" ")));
        }
        spans.extend(more);
    }
    spans
}
