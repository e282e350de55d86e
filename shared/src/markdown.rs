//! Reads an article's Markdown into blocks. HTML inside it is dropped; images become their description.

mod lost;

pub use lost::{Lost, lost};

use crate::richtext::{Block, Span, is_safe_url};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The scheme by which one article links to another: `[text](article:slug)`.
pub const ARTICLE_SCHEME: &str = "article:";
/// Deeper nesting than this is flattened, so that a hostile article cannot exhaust the stack of the program that renders it.
const MAX_DEPTH: usize = 8;

/// Parses Markdown (CommonMark without HTML).
pub fn parse(markdown: &str) -> Vec<Block> {
    let mut reader = Reader { frames: vec![Frame::default()], marks: Vec::new() };
    for event in Parser::new(markdown) {
        reader.take(event);
    }
    reader.finish()
}

/// A container that is still open: the document, a quotation, a list or an item.
#[derive(Default)]
struct Frame {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    items: Vec<Vec<Block>>,
}

enum Mark {
    Strong,
    Emphasis,
    Link { url: String, text: String },
}

struct Reader {
    frames: Vec<Frame>,
    marks: Vec<Mark>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.span(Span::Code(text.to_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.span(Span::Break),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.marks.push(Mark::Strong),
            Tag::Emphasis => self.marks.push(Mark::Emphasis),
            Tag::Link { dest_url, .. } => {
                self.marks.push(Mark::Link { url: dest_url.to_string(), text: String::new() })
            }
            Tag::List(_) | Tag::Item | Tag::BlockQuote(_) => {
                self.flush_paragraph();
                self.frames.push(Frame::default());
            }
            Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_) => self.flush_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => {
                self.marks.pop();
            }
            TagEnd::Link => {
                if let Some(Mark::Link { url, text }) = self.marks.pop() {
                    self.span(link(url, text));
                }
            }
            TagEnd::Paragraph => self.flush_paragraph(),
            TagEnd::Heading(_) => {
                let spans = self.take_spans();
                self.block(Block::Heading(spans));
            }
            TagEnd::CodeBlock => {
                let code = crate::richtext::plain_text(&[Block::Paragraph(self.take_spans())]);
                self.block(Block::Code(code));
            }
            TagEnd::Item => {
                let item = self.close();
                if let Some(list) = self.frames.last_mut() {
                    list.items.push(item.blocks);
                }
            }
            TagEnd::List(ordered) => {
                let list = self.close();
                if self.frames.len() > MAX_DEPTH {
                    list.items.into_iter().flatten().for_each(|block| self.block(block));
                } else {
                    self.block(Block::List { ordered, items: list.items });
                }
            }
            TagEnd::BlockQuote(_) => {
                let quote = self.close();
                if self.frames.len() > MAX_DEPTH {
                    quote.blocks.into_iter().for_each(|block| self.block(block));
                } else {
                    self.block(Block::Quote(quote.blocks));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Mark::Link { text: shown, .. }) =
            self.marks.iter_mut().rev().find(|mark| matches!(mark, Mark::Link { .. }))
        {
            shown.push_str(text);
            return;
        }
        let text = String::from(text);
        let span = match self.marks.last() {
            Some(Mark::Strong) => Span::Strong(text),
            Some(Mark::Emphasis) => Span::Emphasis(text),
            _ => Span::Text(text),
        };
        self.span(span);
    }

    fn span(&mut self, span: Span) {
        let Some(frame) = self.frames.last_mut() else { return };
        if let (Some(Span::Text(before)), Span::Text(more)) = (frame.spans.last_mut(), &span) {
            before.push_str(more);
            return;
        }
        frame.spans.push(span);
    }

    fn block(&mut self, block: Block) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn take_spans(&mut self) -> Vec<Span> {
        self.frames.last_mut().map(|frame| std::mem::take(&mut frame.spans)).unwrap_or_default()
    }

    /// Tight lists have text without a paragraph around it: whatever text is open becomes one.
    fn flush_paragraph(&mut self) {
        let spans = self.take_spans();
        if !spans.is_empty() {
            self.block(Block::Paragraph(spans));
        }
    }

    fn close(&mut self) -> Frame {
        self.flush_paragraph();
        if self.frames.len() > 1 { self.frames.pop().unwrap_or_default() } else { Frame::default() }
    }

    fn finish(mut self) -> Vec<Block> {
        while self.frames.len() > 1 {
            let inner = self.close();
            inner.blocks.into_iter().for_each(|block| self.block(block));
        }
        self.flush_paragraph();
        self.frames.pop().map(|frame| frame.blocks).unwrap_or_default()
    }
}

fn link(url: String, text: String) -> Span {
    if let Some(id) = url.strip_prefix(ARTICLE_SCHEME) {
        return Span::Article { text, id: String::from(id) };
    }
    if is_safe_url(&url) { Span::Link { text, url } } else { Span::Text(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &str) {
        assert_eq!(serde_json::to_string(&parse(markdown)).unwrap(), expected, "{markdown}");
    }

    #[test]
    fn markdown_becomes_blocks() {
        check(
            "Hi **you** and `x`",
            r#"[{"paragraph":[{"text":"Hi "},{"strong":"you"},{"text":" and "},{"code":"x"}]}]"#,
        );
        check("## A\ntext", r#"[{"heading":[{"text":"A"}]},{"paragraph":[{"text":"text"}]}]"#);
        check(
            "1. a\n2. b",
            r#"[{"list":{"ordered":true,"items":[[{"paragraph":[{"text":"a"}]}],[{"paragraph":[{"text":"b"}]}]]}}]"#,
        );
        check("[t](article:track-a-parcel)", r#"[{"paragraph":[{"article":{"text":"t","id":"track-a-parcel"}}]}]"#);
    }

    #[test]
    fn html_and_dangerous_links_do_not_survive() {
        check("[x](javascript:alert(1))", r#"[{"paragraph":[{"text":"x"}]}]"#);
        check("<script>alert(1)</script>", "[]");
        check("a <img src=x onerror=alert(1)> b", r#"[{"paragraph":[{"text":"a  b"}]}]"#);
    }

    #[test]
    fn nesting_without_end_is_flattened() {
        let deep = "> ".repeat(200) + "x";
        let json = serde_json::to_string(&parse(&deep)).unwrap();
        assert!(json.matches("quote").count() <= MAX_DEPTH, "{json}");
    }
}
