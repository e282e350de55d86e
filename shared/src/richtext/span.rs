//! Runs of text inside a block.

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A run of text inside a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Plain text.
    Text(String),
    /// Important text.
    Strong(Spans),
    /// Stressed text.
    Emphasis(Spans),
    /// Text that holds no more.
    Struck(Spans),
    /// A name that is typed.
    Code(Spans),
    /// A key that is pressed.
    Key(Spans),
    /// Text above the line, as an exponent is.
    Raised(Spans),
    /// Text below the line.
    Lowered(Spans),
    /// A link to a page: http, https, mailto or tel only.
    Link {
        /// What is shown.
        text: Spans,
        /// Where it leads.
        url: String,
    },
    /// A link to another article of the same help centre.
    Article {
        /// What is shown.
        text: Spans,
        /// The article's slug.
        id: String,
        /// The heading in it; empty for its beginning.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        at: String,
    },
    /// A link to another place of the same article.
    Jump {
        /// What is shown.
        text: Spans,
        /// The `id` of a heading or an anchor.
        to: String,
    },
    /// A picture among the words.
    Picture(Picture),
    /// The box of a task, ticked or not.
    Task(bool),
    /// A line break.
    Break,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it is.
    pub src: String,
    /// What is on it, for those who do not see it; empty if it is not said.
    pub alt: String,
    /// Its size in pixels, so that nothing moves when it comes; none if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
}

/// Spans inside a span. In JSON, plain text is a text, as older builds have stored all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(pub Vec<Span>);

impl From<&str> for Spans {
    fn from(text: &str) -> Self {
        Self(vec![Span::Text(String::from(text))])
    }
}

impl Serialize for Spans {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [Span::Text(text)] => serializer.serialize_str(text),
            spans => serializer.collect_seq(spans),
        }
    }
}

impl<'de> Deserialize<'de> for Spans {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Spans;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text or a list of spans")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Spans, E> {
                Ok(Spans::from(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Spans, A::Error> {
                let mut spans = Vec::new();
                while let Some(span) = all.next_element()? {
                    spans.push(span);
                }
                Ok(Spans(spans))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Whether a link may be followed from an article or a message. Anything else, such as `javascript:`, is shown as text.
pub fn is_safe_url(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    url.len() <= 2048 && ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_open_pages_mail_or_a_call_are_safe() {
        for good in ["https://lumen.example", "HTTP://x", "mailto:a@b.example", "tel:+390000"] {
            assert!(is_safe_url(good), "{good}");
        }
        for bad in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//x", "/help", "", "vbscript:x"]
        {
            assert!(!is_safe_url(bad), "{bad}");
        }
    }

    #[test]
    fn plain_text_inside_a_span_is_a_text_in_json() {
        let json = |span: &Span| serde_json::to_string(span).unwrap();
        let plain = Span::Strong("a".into());
        assert_eq!(json(&plain), r#"{"strong":"a"}"#);
        let nested = Span::Emphasis(Spans(vec![plain.clone(), Span::Break]));
        assert_eq!(json(&nested), r#"{"emphasis":[{"strong":"a"},"break"]}"#);
        for span in [plain, nested] {
            assert_eq!(serde_json::from_str::<Span>(&json(&span)).unwrap(), span);
        }
    }
}
