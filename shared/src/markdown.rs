//! Reads an article's Markdown into blocks: CommonMark with the tables, tasks, footnotes and callouts that help centres use, and HTML
//! where it stands in it. What it finds goes through the same `Builder` as HTML, so that both mean the same.

mod dialect;

use crate::client::{Piece, pieces};
use crate::html::{Attributes, Base, Builder, Lines, Reading, What, feed};
use crate::richtext::Block;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
    TextMergeWithOffset,
};

/// Reads Markdown whose links go out from this page, under a title that need not be said twice.
pub fn read(markdown: &str, base: &Base, title: &str) -> Reading {
    let plain = dialect::plain(markdown);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut reader = Reader {
        builder: Builder::new(base),
        html: None,
        picture: None,
        columns: Vec::new(),
        column: 0,
        braces: String::new(),
        link: 0,
        empty_link: None,
    };
    for (line, mark) in plain.marks {
        reader.builder.on_line(line);
        reader.builder.remark(mark);
    }
    let mut lines = Lines::new(&plain.text, 0);
    // An address that has `_` in it comes in pieces.
    let text = plain.text.as_str();
    let unknown = |link: BrokenLink<'_>| unknown_reference(text, &link);
    let parser = Parser::new_with_broken_link_callback(text, options, Some(unknown));
    for (event, range) in TextMergeWithOffset::new(parser.into_offset_iter()) {
        let line = usize::try_from(lines.at(range.start)).ok().and_then(|line| plain.lines.get(line)).copied();
        reader.builder.on_line(line.unwrap_or(1));
        reader.take(event, line.unwrap_or(1));
    }
    reader.builder.finish(title)
}

/// The blocks alone, of a text that is on no page.
pub fn parse(markdown: &str) -> Vec<Block> {
    read(markdown, &Base::default(), "").blocks
}

/// Whether a text in brackets with a name in brackets behind it is a link to an address that the text does not say. `list[a][b]` and
/// `[1][2]` are none.
fn unknown_reference<'a>(text: &str, link: &BrokenLink<'_>) -> Option<(CowStr<'a>, CowStr<'a>)> {
    let before = text.get(..link.span.start)?.chars().next_back();
    let is_picture = before == Some('!') || text.get(link.span.clone())?.starts_with('!');
    let is_link = link.link_type == LinkType::Reference
        && !is_picture
        && !before.is_some_and(|c| c.is_alphanumeric() || "])_".contains(c))
        && link.reference.chars().any(char::is_alphabetic);
    is_link.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
}

struct Reader<'a> {
    builder: Builder<'a>,
    /// A block of HTML with its first line, until it is whole.
    html: Option<(String, u32)>,
    /// The picture whose description is being read.
    picture: Option<Picture>,
    columns: Vec<Alignment>,
    column: usize,
    /// What stands in braces at the end of the heading that is open.
    braces: String,
    /// Links and code that are open: an address in them is no link of its own.
    link: usize,
    /// Where the link leads that is open, until it has a text.
    empty_link: Option<String>,
}

struct Picture {
    src: String,
    alt: String,
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, line: u32) {
        if !matches!(event, Event::End(TagEnd::Link) | Event::Start(Tag::Link { .. })) {
            self.empty_link = None;
        }
        if self.take_for_picture(&event) {
            return;
        }
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some((String::new(), line)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((html, line)) = self.html.take() {
                    feed(&mut self.builder, &html, line);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.html {
                Some((all, _)) => all.push_str(&html),
                None => {
                    self.count_html(&html);
                    feed(&mut self.builder, &html, line);
                }
            },
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.html.is_some() => {
                if let Some((all, _)) = &mut self.html {
                    all.push_str(&text);
                }
            }
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.open("code", &[]);
                self.builder.text(&text);
                self.builder.end("code");
            }
            Event::SoftBreak => self.builder.text("\n"),
            Event::HardBreak => self.open("br", &[]),
            Event::Rule => self.open("hr", &[]),
            Event::TaskListMarker(true) => self.open("input", &[("type", "checkbox"), ("checked", "")]),
            Event::TaskListMarker(false) => self.open("input", &[("type", "checkbox")]),
            Event::FootnoteReference(name) => self.builder.refer(&name),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.builder.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open("p", &[]),
            Tag::Heading { level, id, classes, attrs } => {
                // Braces that say something else than the heading's place were written to be read.
                let attributes = attrs.iter().map(|(name, value)| match value {
                    Some(value) => [name, "=", value].concat(),
                    None => name.to_string(),
                });
                let words: Vec<String> = classes.iter().map(|class| [".", class].concat()).chain(attributes).collect();
                if !words.is_empty() {
                    self.braces = [" {", &words.join(" "), "}"].concat();
                }
                let name = ["h", &(level as usize).to_string()].concat();
                self.open(&name, &[("id", id.as_deref().unwrap_or_default())]);
            }
            Tag::BlockQuote(None) => self.open("blockquote", &[]),
            Tag::BlockQuote(Some(kind)) => {
                let kind = match kind {
                    BlockQuoteKind::Note | BlockQuoteKind::Important => "note",
                    BlockQuoteKind::Tip => "tip",
                    BlockQuoteKind::Warning | BlockQuoteKind::Caution => "warning",
                };
                self.open("blockquote", &[("class", kind)]);
            }
            Tag::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.as_ref(),
                    CodeBlockKind::Indented => "",
                };
                let language = info.split([' ', ',', '{']).next().unwrap_or_default();
                self.link += 1;
                self.open("pre", &[("data-language", language)]);
            }
            Tag::List(None) => self.open("ul", &[]),
            Tag::List(Some(first)) => self.open("ol", &[("start", &first.to_string())]),
            Tag::Item => self.open("li", &[]),
            Tag::FootnoteDefinition(name) => self.builder.begin_note(&name),
            Tag::DefinitionList => self.open("dl", &[]),
            Tag::DefinitionListTitle => self.open("dt", &[]),
            Tag::DefinitionListDefinition => self.open("dd", &[]),
            Tag::Table(columns) => {
                self.columns = columns;
                self.open("table", &[]);
            }
            Tag::TableHead => {
                self.column = 0;
                self.open("thead", &[]);
                self.open("tr", &[]);
            }
            Tag::TableRow => {
                self.column = 0;
                self.open("tr", &[]);
            }
            Tag::TableCell => {
                let align = match self.columns.get(self.column) {
                    Some(Alignment::Right) => "right",
                    Some(Alignment::Center) => "center",
                    _ => "",
                };
                self.column += 1;
                self.open("td", &[("align", align)]);
            }
            Tag::Emphasis => self.open("em", &[]),
            Tag::Strong => self.open("strong", &[]),
            Tag::Strikethrough => self.open("del", &[]),
            Tag::Superscript => self.open("sup", &[]),
            Tag::Subscript => self.open("sub", &[]),
            Tag::Link { link_type: LinkType::ReferenceUnknown, id, .. } => {
                self.link += 1;
                self.builder.remark(What::Link(["[", &id, "]"].concat()));
            }
            Tag::Link { dest_url, .. } => {
                self.link += 1;
                self.empty_link = dest_url.contains("://").then(|| dest_url.to_string());
                self.open("a", &[("href", &dest_url)]);
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some(Picture { src: dest_url.to_string(), alt: String::new(), depth: 1 });
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) {
            // A link of HTML goes no further, even if its end is missing.
            self.link = 0;
            self.builder.end_skipped();
        }
        let name = match tag {
            TagEnd::Paragraph => "p",
            TagEnd::Heading(level) => {
                let braces = std::mem::take(&mut self.braces);
                self.builder.text(&braces);
                return self.builder.end(&["h", &(level as usize).to_string()].concat());
            }
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::CodeBlock => {
                self.link = self.link.saturating_sub(1);
                "pre"
            }
            TagEnd::List(true) => "ol",
            TagEnd::List(false) => "ul",
            TagEnd::Item => "li",
            TagEnd::FootnoteDefinition => "note",
            TagEnd::DefinitionList => "dl",
            TagEnd::DefinitionListTitle => "dt",
            TagEnd::DefinitionListDefinition => "dd",
            TagEnd::Table => "table",
            TagEnd::TableHead => "thead",
            TagEnd::TableRow => "tr",
            TagEnd::TableCell => "td",
            TagEnd::Emphasis => "em",
            TagEnd::Strong => "strong",
            TagEnd::Strikethrough => "del",
            TagEnd::Superscript => "sup",
            TagEnd::Subscript => "sub",
            TagEnd::Link => {
                self.link = self.link.saturating_sub(1);
                // Nobody sees a link without words.
                if let Some(url) = self.empty_link.take() {
                    self.builder.text(&url);
                }
                "a"
            }
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => return,
        };
        self.builder.end(name);
    }

    /// An address in what HTML has of links and code is no link of its own.
    fn count_html(&mut self, html: &str) {
        let name = html.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        if matches!(name.to_ascii_lowercase().as_str(), "a" | "code" | "samp") && !html.ends_with("/>") {
            self.link = if html.starts_with("</") { self.link.saturating_sub(1) } else { self.link + 1 };
        }
    }

    /// Text in which an address leads to its page.
    fn text(&mut self, text: &str) {
        if self.link > 0 {
            return self.builder.text(text);
        }
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => self.builder.text(text),
                Piece::Link(url) => {
                    self.open("a", &[("href", url)]);
                    self.builder.text(url);
                    self.builder.end("a");
                }
            }
        }
    }

    /// The text of a picture is its description.
    fn take_for_picture(&mut self, event: &Event<'_>) -> bool {
        let Some(picture) = &mut self.picture else { return false };
        match event {
            Event::Text(text) | Event::Code(text) => picture.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            Event::Start(Tag::Image { .. }) => picture.depth += 1,
            Event::End(TagEnd::Image) => {
                picture.depth -= 1;
                if picture.depth == 0
                    && let Some(Picture { src, alt, .. }) = self.picture.take()
                {
                    self.open("img", &[("src", &src), ("alt", &alt)]);
                }
            }
            _ => {}
        }
        true
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.builder.start(name, &Attributes::of(attributes));
    }
}

#[cfg(test)]
mod tests;
