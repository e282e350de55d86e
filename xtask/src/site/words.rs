//! The words of the help pages by language, from `words.json`.

use std::collections::BTreeMap;

/// `{"locale": {"key": "words"}}`.
pub(super) struct Words(BTreeMap<String, BTreeMap<String, String>>);

impl Words {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map(Self).map_err(|error| format!("words.json: {error}"))
    }

    /// The words of one language as values of a template. They are written by us, as HTML.
    pub(super) fn of(&self, locale: &str) -> Result<Vec<(&str, &str)>, String> {
        let words = self.0.get(locale).ok_or_else(|| format!("words.json has no {locale}"))?;
        Ok(words.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_words_is_an_error() {
        let words = Words::parse(r#"{"en": {"home": "Home"}}"#).expect("it is valid");
        assert_eq!(words.of("en"), Ok(vec![("home", "Home")]));
        assert_eq!(words.of("tr"), Err("words.json has no tr".to_owned()));
    }
}
