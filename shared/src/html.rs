//! Reads an article as help centres have it into blocks: HTML, and what Markdown becomes on its way (`markdown`).
//!
//! A tokenizer cuts HTML as browsers do; what it finds goes, element by element, to a `Builder`, which needs no tree: elements that
//! hold blocks are a stack, and marks such as bold are a list beside it. So tags that are crossed, missing or too many cost no more
//! than others, and each text is looked at once.

mod anchors;
mod attributes;
mod build;
mod callout;
mod element;
mod frame;
mod inline;
mod link;
mod media;
mod remark;
mod table;

pub(crate) use attributes::Attributes;
pub(crate) use build::Builder;
pub(crate) use callout::kind as callout_kind;
pub use link::{ARTICLE_SCHEME, Base};
pub use remark::{Remark, What};

use crate::richtext::Block;
use html5gum::{DefaultEmitter, Token, Tokenizer};

/// What was read of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// All that is not shown as it was written, in the order of lines.
    pub remarks: Vec<Remark>,
}

/// Reads HTML: a fragment, or a whole page.
pub fn read(html: &str, base: &Base, title: &str) -> Reading {
    let mut builder = Builder::new(base);
    feed(&mut builder, html, 1);
    builder.finish(title)
}

/// Gives a builder all that stands in a piece of HTML, which begins on this line.
pub(crate) fn feed(builder: &mut Builder<'_>, html: &str, first: u32) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // What stands in a script is no element.
    emitter.naively_switch_states(true);
    let mut lines = Lines::new(html, first);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                builder.on_line(lines.at(tag.span.start));
                let attributes = tag.attributes.iter();
                let all = attributes.map(|(name, value)| (text(name), text(&value.value))).collect();
                let name = text(&tag.name);
                builder.start(&name, &Attributes(all));
                if tag.self_closing {
                    builder.close_itself(&name);
                }
            }
            Token::EndTag(tag) => {
                builder.on_line(lines.at(tag.span.start));
                builder.end(&text(&tag.name));
            }
            Token::String(string) => {
                builder.on_line(lines.at(string.span.start));
                builder.text(&text(&string.value));
            }
            // What a browser says about them is nothing that is shown.
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

/// What was UTF-8 when it came is UTF-8 still.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The lines of a text, asked for in the order of its bytes.
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str, first: u32) -> Self {
        Self { text: text.as_bytes(), at: 0, line: first }
    }

    /// The line of a byte, or of the last one that was asked for.
    pub(crate) fn at(&mut self, byte: usize) -> u32 {
        if let Some(passed) = self.text.get(self.at..byte) {
            self.line += u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or_default();
            self.at = byte;
        }
        self.line
    }
}

#[cfg(test)]
mod tests;
