//! Every language says the same things: the files of a `locales` folder have the same keys and the same placeholders.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, Finding};

/// The language that the others are compared with.
const REFERENCE: &str = "en.json";

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for reference in files.iter().filter(|file| file.path.ends_with(&format!("/locales/{REFERENCE}"))) {
        let folder = reference.path.trim_end_matches(REFERENCE);
        let expected = match words(reference) {
            Ok(expected) => expected,
            Err(error) => {
                findings.push(reference.finding(0, error));
                continue;
            }
        };
        for file in files.iter().filter(|file| file.path.starts_with(folder) && file.has_ending(&["json"])) {
            match words(file) {
                Ok(words) => findings.extend(differences(&expected, &words).map(|text| file.finding(0, text))),
                Err(error) => findings.push(file.finding(0, error)),
            }
        }
    }
    findings
}

fn words(file: &File) -> Result<BTreeMap<String, String>, String> {
    serde_json::from_str(file.text.as_deref().unwrap_or_default()).map_err(|error| format!("not words: {error}"))
}

fn differences<'a>(
    expected: &'a BTreeMap<String, String>,
    words: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = String> + 'a {
    let missing = expected.keys().filter(|key| !words.contains_key(*key)).map(|key| format!("has no {key}"));
    let other = words.iter().filter_map(|(key, text)| match expected.get(key) {
        None => Some(format!("{key} is in no {REFERENCE}")),
        Some(_) if text.trim().is_empty() => Some(format!("{key} is empty")),
        Some(reference) if placeholders(reference) != placeholders(text) => {
            Some(format!("{key} has other placeholders than {REFERENCE}"))
        }
        Some(_) => None,
    });
    missing.chain(other)
}

/// The names in `{braces}`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    fn check_against(english: &str, turkish: &str, expected: &[&str]) {
        let files = [file("a/locales/en.json", english), file("a/locales/tr.json", turkish)];
        let found: Vec<String> = check(&files).into_iter().map(|finding| finding.message).collect();
        assert_eq!(found, expected, "{turkish}");
    }

    #[test]
    fn a_language_with_other_keys_or_placeholders_is_found() {
        let english = r#"{"hello": "Hello {name}", "send": "Send"}"#;
        check_against(english, r#"{"hello": "Merhaba {name}", "send": "Gönder"}"#, &[]);
        check_against(english, r#"{"hello": "Merhaba {name}"}"#, &["has no send"]);
        check_against(
            english,
            r#"{"hello": "Merhaba {ad}", "send": " ", "more": "x"}"#,
            &["hello has other placeholders than en.json", "more is in no en.json", "send is empty"],
        );
    }
}
