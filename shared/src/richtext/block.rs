//! The blocks of an article.

use super::{Picture, Span};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// One block of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading; the article's own title is not among them.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list whose items are blocks themselves.
    List {
        /// With numbers, or with bullets.
        ordered: bool,
        /// The number of the first item, where it is not one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// The items, each at least one block.
        items: Vec<Vec<Block>>,
    },
    /// Text to be shown as it is, in one width.
    Code(Code),
    /// A quotation.
    Quote(Vec<Block>),
    /// Something that must not be missed.
    Callout(Callout),
    /// What is shown when its first line is chosen.
    Details(Details),
    /// A table, row by row.
    Table(Vec<Vec<Cell>>),
    /// Blocks with words beneath them.
    Figure(Figure),
    /// Terms and what they mean, in order.
    Terms(Vec<Term>),
    /// A line that parts what is before it from what follows.
    Rule,
    /// A place in the text to which a `Span::Jump` leads; nothing is shown.
    Anchor(String),
}

/// A heading. Older builds have stored its text alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// From 2, under the article's title, to 4.
    pub level: u8,
    /// The place in the text to which `#id` leads; empty if nothing can.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// What it says.
    pub text: Vec<Span>,
}

/// Text in one width. Older builds have stored the text alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Its language, as the writer calls it, such as `rust`; empty if it is not said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The text.
    pub text: String,
}

/// Something that must not be missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callout {
    /// How it is meant.
    pub kind: CalloutKind,
    /// Its own heading; empty if it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Span>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// How a callout is meant, the more urgent later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalloutKind {
    /// Good to know.
    Note,
    /// It makes things easier.
    Tip,
    /// Something may be lost or broken.
    Warning,
}

/// What is shown when its first line is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The first line.
    pub summary: Vec<Span>,
    /// The rest.
    pub blocks: Vec<Block>,
}

/// One cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Whether it names its row or column.
    #[serde(default, skip_serializing_if = "is_default")]
    pub head: bool,
    /// To which side its text goes; to the side where its language begins if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    /// How many columns it takes more than one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub more_columns: u8,
    /// How many rows it takes more than one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub more_rows: u8,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// To which side the text of a cell goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// The middle.
    Center,
    /// Where its language ends.
    End,
}

/// Blocks with words beneath them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Pictures, mostly.
    pub blocks: Vec<Block>,
    /// The words.
    pub caption: Vec<Span>,
}

/// An entry of a list of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// A term.
    Named(Vec<Span>),
    /// What the term before it means.
    Means(Vec<Block>),
}

impl Block {
    /// A paragraph that is one picture.
    pub fn picture(picture: Picture) -> Self {
        Self::Paragraph(vec![Span::Picture(picture)])
    }
}

/// The level of a heading of which only the text is stored.
const STORED_LEVEL: u8 = 2;

impl<'de> Deserialize<'de> for Heading {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            level: u8,
            #[serde(default)]
            id: String,
            text: Vec<Span>,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Heading;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a heading")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Heading, A::Error> {
                let Fields { level, id, text } = Fields::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Heading { level, id, text })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Heading, A::Error> {
                let mut text = Vec::new();
                while let Some(span) = all.next_element()? {
                    text.push(span);
                }
                Ok(Heading { level: STORED_LEVEL, id: String::new(), text })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            #[serde(default)]
            language: String,
            text: String,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Code;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("code")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Code, A::Error> {
                let Fields { language, text } = Fields::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Code { language, text })
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Code, E> {
                Ok(Code { language: String::new(), text: String::from(text) })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_older_builds_have_stored_is_read() {
        let read = |json: &str| serde_json::from_str::<Block>(json).unwrap();
        let Block::Heading(heading) = read(r#"{"heading":[{"text":"A"},{"strong":"b"}]}"#) else { panic!() };
        assert_eq!((heading.level, heading.id.as_str(), heading.text.len()), (2, "", 2));
        let code = Code { language: String::new(), text: "ls".into() };
        assert_eq!(read(r#"{"code":"ls"}"#), Block::Code(code));
        assert_eq!(
            read(r#"{"list":{"ordered":true,"items":[]}}"#),
            Block::List { ordered: true, start: None, items: vec![] }
        );
    }

    #[test]
    fn blocks_are_read_as_they_are_written() {
        let cell = Cell { head: true, align: Some(Align::End), blocks: vec![Block::Rule], ..Cell::default() };
        for block in [
            Block::Heading(Heading { level: 3, id: "a".into(), text: vec![Span::Text("A".into())] }),
            Block::Code(Code { language: "sh".into(), text: "ls".into() }),
            Block::Table(vec![vec![cell, Cell::default()]]),
            Block::Terms(vec![Term::Named(vec![]), Term::Means(vec![Block::Anchor("x".into())])]),
            Block::Callout(Callout { kind: CalloutKind::Tip, title: vec![], blocks: vec![Block::Rule] }),
        ] {
            let json = serde_json::to_string(&block).unwrap();
            assert_eq!(serde_json::from_str::<Block>(&json).unwrap(), block, "{json}");
        }
    }
}
