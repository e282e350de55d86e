//! Words of the panel that the site owner says in another way, and what is said of a known problem.

use crate::locale::is_tag;
use crate::origin::is_page_address;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in each language, by its tag.
pub type Texts = BTreeMap<String, String>;

/// The owner's own words: by language, then by the key that `languages/en/panel.json` has for them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OwnWords(pub BTreeMap<String, BTreeMap<String, String>>);

/// A problem that is known: visitors read of it before they ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// What does not work, and what is done about it.
    pub text: Texts,
    /// Where more is told: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
}

/// The longest text of the owner's own: the longest of the panel's has half of it.
pub const MAX_OWN_CHARS: usize = 240;

/// The text of the language that serves a tag best; none if there is none at all.
pub fn of_language<'a, T>(texts: &'a BTreeMap<String, T>, locale: &str) -> Option<&'a T> {
    let tags: Vec<&str> = texts.keys().map(String::as_str).collect();
    texts.get(*crate::locale::serving(locale, &tags).first()?)
}

impl OwnWords {
    /// Nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The panel's words in a language, with the owner's in their places.
    pub fn over(&self, mut words: BTreeMap<String, String>, locale: &str) -> BTreeMap<String, String> {
        for (key, text) in of_language(&self.0, locale).into_iter().flatten() {
            words.insert(key.clone(), text.clone());
        }
        words
    }

    /// Everything that is wrong; `model` has the panel's words in English.
    pub fn problems(&self, model: &BTreeMap<String, String>) -> Vec<Problem> {
        let mut out = Vec::new();
        for (locale, words) in &self.0 {
            if !is_tag(locale) {
                let sentence = format!("\"{locale}\" is not a language tag such as en or pt-BR.");
                out.push(Problem::new(ProblemCode::InvalidLocale, locale.clone(), sentence));
            }
            for (key, text) in words {
                let at = format!("{locale}.{key}");
                let Some(model) = model.get(key) else {
                    let sentence = format!("The panel has no words with the name \"{key}\".");
                    out.push(Problem::new(ProblemCode::UnknownWords, at, sentence));
                    continue;
                };
                let length = text.chars().count();
                if text.trim().is_empty() {
                    out.push(Problem::new(ProblemCode::EmptyText, at.clone(), "Nothing would be shown."));
                } else if length > MAX_OWN_CHARS {
                    let sentence = format!("The text has {length} characters, and {MAX_OWN_CHARS} are possible.");
                    out.push(Problem::new(ProblemCode::TooLong, at.clone(), sentence));
                }
                let lacks = ["{n}", "{x}", "{y}"].into_iter().find(|gap| model.contains(gap) && !text.contains(gap));
                if let Some(gap) = lacks {
                    let sentence = format!("The text lacks {gap}, in whose place the panel puts something.");
                    out.push(Problem::new(ProblemCode::MissingGap, at, sentence));
                }
            }
        }
        out
    }
}

impl Outage {
    /// Everything that is wrong. Places are paths into the document.
    pub fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        if self.text.values().all(|text| text.trim().is_empty()) {
            out.push(Problem::new(ProblemCode::EmptyText, "text", "Nothing is said of the problem."));
        }
        for (locale, text) in &self.text {
            let (at, length) = (format!("text.{locale}"), text.chars().count());
            if !is_tag(locale) {
                let sentence = format!("\"{locale}\" is not a language tag such as en or pt-BR.");
                out.push(Problem::new(ProblemCode::InvalidLocale, at.clone(), sentence));
            }
            if length > MAX_OWN_CHARS {
                let sentence = format!("The text has {length} characters, and {MAX_OWN_CHARS} are possible.");
                out.push(Problem::new(ProblemCode::TooLong, at, sentence));
            }
        }
        if self.url.as_ref().is_some_and(|url| !is_page_address(url)) {
            let sentence = "Write an address that begins with https:// or http://.";
            out.push(Problem::new(ProblemCode::UnsafeAddress, "url", sentence));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, text)| ((*key).into(), (*text).into())).collect()
    }

    #[test]
    fn the_owners_words_stand_in_the_place_of_the_panels() {
        let own = OwnWords(BTreeMap::from([("en".into(), pairs(&[("greeting", "Ahoy!")]))]));
        let words = pairs(&[("greeting", "Hello"), ("send", "Send")]);
        assert_eq!(own.over(words.clone(), "en-GB"), pairs(&[("greeting", "Ahoy!"), ("send", "Send")]));
        assert_eq!(own.over(words.clone(), "es"), words);
    }

    #[test]
    fn what_could_not_be_shown_is_found_with_its_place() {
        let model = pairs(&[("greeting", "Hello"), ("typing", "{n} is typing"), ("send", "Send")]);
        let long = "x".repeat(MAX_OWN_CHARS + 1);
        let written = pairs(&[("greeting", " "), ("typing", "Typing"), ("send", &long), ("other", "x")]);
        let own = OwnWords(BTreeMap::from([("e!".into(), written)]));
        let problems = own.problems(&model);
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
        assert_eq!(
            found,
            [
                (ProblemCode::InvalidLocale, "e!"),
                (ProblemCode::EmptyText, "e!.greeting"),
                (ProblemCode::UnknownWords, "e!.other"),
                (ProblemCode::TooLong, "e!.send"),
                (ProblemCode::MissingGap, "e!.typing"),
            ]
        );
        assert_eq!(OwnWords::default().problems(&model), []);
    }

    #[test]
    fn a_known_problem_says_what_it_is() {
        let outage =
            |text: &[(&str, &str)], url: &str| Outage { text: pairs(text), url: Some(url.into()), since: None };
        assert_eq!(outage(&[("en", "Payments are slow.")], "https://status.lumen.example").problems(), []);
        let problems = outage(&[("e!", "")], "javascript:alert(1)").problems();
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
        assert_eq!(
            found,
            [
                (ProblemCode::EmptyText, "text"),
                (ProblemCode::InvalidLocale, "text.e!"),
                (ProblemCode::UnsafeAddress, "url"),
            ]
        );
    }
}
