//! Reads an article as help centres have it into blocks: HTML, and what Markdown becomes on its way (`markdown`).
//!
//! A tokenizer cuts HTML as browsers do; what it finds goes, element by element, to a `Builder`, which needs no tree: elements that
//! hold blocks are a stack, and marks such as bold are a list beside it. So tags that are crossed, missing or too many cost no more
//! than others, and each text is looked at once.

mod anchors;
mod attributes;
mod begin;
mod build;
mod callout;
mod cdata;
mod element;
mod frame;
mod inline;
mod link;
mod media;
mod omit;
mod open;
mod page;
mod quote;
mod remark;
mod spelling;
mod style;
mod table;

pub(crate) use attributes::Attributes;
pub(crate) use build::Builder;
pub(crate) use callout::kind_of_mark;
pub(crate) use cdata::as_text as cdata_as_text;
pub use link::{ARTICLE_SCHEME, Base};
pub use remark::{Remark, What};
pub(crate) use spelling::is_file_beside;
pub use spelling::spellings;

use page::{Pass, Signs};

use crate::richtext::Block;
use html5gum::{DefaultEmitter, State, Token, Tokenizer};

/// What was read of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// All that is not shown as it was written, in the order of lines.
    pub remarks: Vec<Remark>,
}

/// Reads HTML: a fragment, or the article of a whole page.
pub fn read(html: &str, base: &Base, title: &str) -> Reading {
    let html = cdata::as_text(html.strip_prefix('\u{feff}').unwrap_or(html));
    let html = html.as_ref();
    let mut signs = Signs::default();
    tokens(html, |token, _| match token {
        Piece::Start(name, attributes, _) => signs.start(&name, &attributes),
        Piece::End(name) => signs.end(&name),
        Piece::Text(_) => {}
    });
    let mut builder = Builder::new(base);
    builder.keep_unclosed(signs.unclosed());
    let mut window = signs.window();
    let mut lines = Lines::new(html, 1);
    tokens(html, |token, at| {
        let pass = match &token {
            Piece::Start(name, attributes, _) => window.start(name, attributes),
            Piece::End(name) => window.end(name),
            Piece::Text(text) => window.text(text),
        };
        builder.on_line(lines.at(at));
        match pass {
            Pass::Read => put(&mut builder, token),
            Pass::Leave => {}
            Pass::Tell(what) => builder.remark(what),
        }
    });
    builder.finish(title)
}

/// Gives a builder all that stands in a piece of HTML, which begins on this line.
pub(crate) fn feed(builder: &mut Builder<'_>, html: &str, first: u32) {
    let html = cdata::as_text(html);
    let mut lines = Lines::new(&html, first);
    tokens(&html, |token, at| {
        builder.on_line(lines.at(at));
        put(builder, token);
    });
}

/// A piece of HTML. A comment, and what a browser complains of, is none: nothing of it is shown.
enum Piece {
    /// A tag that begins an element, and whether it says that nothing is in it.
    Start(String, Attributes, bool),
    End(String),
    Text(String),
}

/// Calls back with each piece and the byte at which it begins.
fn tokens(html: &str, mut found: impl FnMut(Piece, usize)) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // What stands in a script is no element.
    emitter.naively_switch_states(true);
    let mut tokenizer = Tokenizer::new_with_emitter(html, emitter);
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                // XHTML: no end follows, up to which all would be a script.
                if tag.self_closing {
                    tokenizer.set_state(State::Data);
                }
                let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(&value.value)));
                found(
                    Piece::Start(text(&tag.name), Attributes(attributes.collect()), tag.self_closing),
                    tag.span.start,
                );
            }
            Token::EndTag(tag) => found(Piece::End(text(&tag.name)), tag.span.start),
            Token::String(string) => found(Piece::Text(text(&string.value)), string.span.start),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

fn put(builder: &mut Builder<'_>, piece: Piece) {
    match piece {
        Piece::Start(name, attributes, is_empty) => {
            builder.start(&name, &attributes);
            if is_empty {
                builder.close_itself(&name);
            }
        }
        Piece::End(name) => builder.end(&name),
        Piece::Text(text) => builder.text(&text),
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
