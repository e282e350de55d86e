//! What a backup says of itself, in its first part. A file may come from anybody: its texts can be printed as they are read.

use crate::Outcome;
use crate::lacks::Lacks;
use crate::outside::plain;
use serde_json::{Value, json};

/// The first part, by which a file is known.
pub(crate) const MANIFEST: &str = "beforehand.json";
/// Grows when an older release could no longer read what this one packs.
const FORMAT: u64 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// When it was begun.
    pub(crate) made: String,
    /// The release that made it.
    pub(crate) version: String,
    pub(crate) databases: usize,
    pub(crate) conversations: usize,
    /// The size of all that is packed; none of a release that did not say it.
    pub(crate) bytes: Option<u64>,
    /// What could not be read when it was made.
    pub(crate) lacks: Lacks,
}

impl Manifest {
    /// One whose databases and bytes `pack` counts.
    pub(crate) fn new(made: String, conversations: usize, lacks: Lacks) -> Self {
        let version = String::from(env!("CARGO_PKG_VERSION"));
        Self { made, version, databases: 0, conversations, bytes: None, lacks }
    }

    /// The text of the part.
    pub(crate) fn written(&self) -> String {
        let Self { made, version, databases, conversations, bytes, lacks } = self;
        let value = json!({
            "format": FORMAT, "version": version, "made": made, "databases": databases, "conversations": conversations,
            "bytes": bytes, "lacks": lacks,
        });
        format!("{value}\n")
    }

    /// Reads the part. An error says why its file cannot be restored.
    pub(crate) fn read(text: &str) -> Outcome<Self> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("its {MANIFEST} is damaged: {error}"))?;
        let text = |name: &str| plain(value.get(name).and_then(Value::as_str).unwrap_or_default());
        let number = |name: &str| value.get(name).and_then(Value::as_u64);
        let count = |name: &str| usize::try_from(number(name).unwrap_or_default()).unwrap_or_default();
        if number("format") != Some(FORMAT) {
            return Err(format!("it was made by Beforehand {}: restore it with that release", text("version")));
        }
        let lacks: Lacks =
            value.get("lacks").cloned().map(serde_json::from_value).and_then(Result::ok).unwrap_or_default();
        Ok(Self {
            made: text("made"),
            version: text("version"),
            databases: count("databases"),
            conversations: count("conversations"),
            bytes: number("bytes"),
            lacks,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written_and_a_later_or_damaged_one_is_refused() {
        let mut manifest = Manifest::new(String::from("2026-11-30T00:00:00Z"), 7, Lacks::default());
        assert_eq!(Manifest::read(&manifest.written()).unwrap(), manifest);
        manifest.bytes = Some(u64::MAX);
        assert_eq!(Manifest::read(&manifest.written()).unwrap(), manifest);
        assert!(Manifest::read(r#"{"format":2,"version":"9.0.0"}"#).unwrap_err().contains("9.0.0"));
        assert!(Manifest::read("{").is_err());
    }
}
