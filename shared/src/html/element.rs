//! How each element of HTML is read.

use super::inline::Mark;

/// How an element is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    /// Its text is marked.
    Mark(Mark),
    /// Its text is as the text around it.
    Plain,
    /// A link.
    Link,
    /// It begins and ends a paragraph.
    Paragraph,
    /// It parts what is around it from what is in it.
    Group,
    /// A heading of this level.
    Heading(u8),
    List,
    Item,
    Quote,
    Preformatted,
    Details,
    Summary,
    Table,
    /// A part of a table that holds rows.
    Rows,
    Row,
    Cell,
    Caption,
    Figure,
    FigureCaption,
    Terms,
    Term,
    Meaning,
    Break,
    Rule,
    Picture,
    /// A video or a sound, which becomes a link.
    Media,
    /// A box to tick, or another field.
    Field,
    /// It says nothing to readers, and neither does what is in it.
    Silent,
    /// It cannot be shown, and neither can what is in it.
    Dropped,
    /// It is about the page and stands alone.
    Void,
    /// Nobody knows it; its text is shown.
    Unknown,
}

impl Role {
    /// Whether a paragraph goes on after it.
    pub(super) fn is_inline(&self) -> bool {
        use Role::{Break, Dropped, Field, Link, Mark, Media, Picture, Plain, Silent, Unknown, Void};
        matches!(self, Mark(_) | Plain | Link | Break | Picture | Media | Field | Silent | Dropped | Void | Unknown)
    }
}

/// The role of an element, by its name in small letters.
pub(super) fn role(name: &str) -> Role {
    match name {
        "b" | "strong" => Role::Mark(Mark::Strong),
        "i" | "em" | "cite" | "var" | "dfn" => Role::Mark(Mark::Emphasis),
        "s" | "strike" | "del" => Role::Mark(Mark::Struck),
        "code" | "samp" | "tt" => Role::Mark(Mark::Code),
        "kbd" => Role::Mark(Mark::Key),
        "sup" => Role::Mark(Mark::Raised),
        "sub" => Role::Mark(Mark::Lowered),
        "a" => Role::Link,
        "p" | "legend" | "option" => Role::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Role::Heading(name.as_bytes().get(1).map_or(2, |digit| digit - b'0'))
        }
        "ul" | "ol" | "menu" | "dir" => Role::List,
        "li" => Role::Item,
        "blockquote" => Role::Quote,
        "pre" | "listing" | "xmp" | "plaintext" => Role::Preformatted,
        "details" => Role::Details,
        "summary" => Role::Summary,
        "table" => Role::Table,
        "thead" | "tbody" | "tfoot" => Role::Rows,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "caption" => Role::Caption,
        "figure" => Role::Figure,
        "figcaption" => Role::FigureCaption,
        "dl" => Role::Terms,
        "dt" => Role::Term,
        "dd" => Role::Meaning,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "img" | "image" => Role::Picture,
        "iframe" | "video" | "audio" | "embed" => Role::Media,
        "input" => Role::Field,
        "style" | "title" | "template" | "noscript" | "datalist" | "rp" | "annotation" | "annotation-xml" => {
            Role::Silent
        }
        "script" | "svg" | "canvas" | "object" | "select" | "textarea" | "map" | "noembed" | "noframes" | "dialog" => {
            Role::Dropped
        }
        "meta" | "link" | "base" | "col" | "area" | "param" | "source" | "track" | "wbr" => Role::Void,
        "html" | "body" | "head" | "div" | "section" | "article" | "main" | "aside" | "header" | "footer" | "nav"
        | "address" | "hgroup" | "search" | "fieldset" | "form" | "center" | "colgroup" => Role::Group,
        "span" | "font" | "u" | "ins" | "mark" | "small" | "big" | "abbr" | "acronym" | "time" | "label" | "bdi"
        | "bdo" | "q" | "data" | "nobr" | "ruby" | "rb" | "rt" | "rtc" | "picture" | "button" | "output" | "meter"
        | "progress" => Role::Plain,
        // The parts of a formula.
        "math" | "semantics" | "mrow" | "mi" | "mn" | "mo" | "ms" | "mtext" | "mspace" | "mstyle" | "mfrac"
        | "msqrt" | "mroot" | "msup" | "msub" | "msubsup" | "munder" | "mover" | "munderover" | "mtable" | "mtr"
        | "mtd" | "mpadded" | "mphantom" | "menclose" | "merror" | "mmultiscripts" => Role::Plain,
        _ => Role::Unknown,
    }
}

/// Letters before the text of elements that browsers show in another way.
pub(super) fn opening(name: &str) -> &'static str {
    match name {
        "q" => "\u{201c}",
        "rt" => "(",
        _ => "",
    }
}

/// The same after it.
pub(super) fn closing(name: &str) -> &'static str {
    match name {
        "q" => "\u{201d}",
        "rt" => ")",
        _ => "",
    }
}
