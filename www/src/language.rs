//! One language of the demo: a folder under `www/content/` with everything that is written in it. A further folder is a further
//! language.

use super::{at, read};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The language that has every article and that the others are compared with. First in every switch.
pub(super) const DEFAULT_LOCALE: &str = "en";

/// The words of a language; a folder without this file is no language.
const WORDS: &str = "words.json";

/// Curated answers, where a language has some.
const ANSWERS: &str = "answers.json";

/// What a language says besides its articles.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) locale: String,
    /// Words of the pages by their key. They are ours and may be HTML.
    words: BTreeMap<String, String>,
    /// As written in `answers.json`; the edge checks them when it imports them.
    pub(super) answers: Vec<Value>,
}

impl Language {
    /// The values of a template.
    pub(super) fn values(&self) -> Vec<(&str, &str)> {
        self.words.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
    }

    /// The words with this key, or the key: [`load_all`] has seen that no language lacks one that the default has.
    pub(super) fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The title of a group of articles.
    pub(super) fn section(&self, id: &str) -> &str {
        self.words.get(&section_key(id)).map_or("", String::as_str)
    }

    fn load(folder: &Path, locale: &str) -> Result<Self, String> {
        let words = folder.join(WORDS);
        let words = serde_json::from_str(&read(&words)?).map_err(|error| at(&words, error))?;
        let answers = folder.join(ANSWERS);
        let answers = match answers.is_file() {
            true => serde_json::from_str(&read(&answers)?).map_err(|error| at(&answers, error))?,
            false => Vec::new(),
        };
        Ok(Self { locale: locale.to_owned(), words, answers })
    }

    /// What is wrong with the words, beside the default language's.
    fn check(&self, default: &Self) -> Result<(), String> {
        let (known, own): (BTreeSet<_>, BTreeSet<_>) = (default.words.keys().collect(), self.words.keys().collect());
        let missing = known.difference(&own).map(|key| format!("has no {key}"));
        let unknown = own.difference(&known).map(|key| format!("{key} is in no other language"));
        let problems: Vec<_> = missing.chain(unknown).collect();
        if problems.is_empty() { Ok(()) } else { Err(format!("{}/{WORDS}: {}", self.locale, problems.join(", "))) }
    }
}

/// The languages in a folder: the default one, then the others by their codes.
pub(super) fn load_all(folder: &Path, sections: &[String]) -> Result<Vec<Language>, String> {
    let mut locales = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(|error| at(folder, error))? {
        let path = entry.map_err(|error| at(folder, error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).filter(|_| path.is_dir());
        locales.extend(name.map(str::to_owned));
    }
    let others = locales.iter().map(String::as_str).filter(|locale| *locale != DEFAULT_LOCALE);
    let languages: Vec<Language> = std::iter::once(DEFAULT_LOCALE)
        .chain(others)
        .map(|locale| Language::load(&folder.join(locale), locale))
        .collect::<Result<_, _>>()?;
    let Some(default) = languages.first() else { return Ok(languages) };
    if let Some(section) = sections.iter().find(|id| default.section(id).is_empty()) {
        return Err(format!("{DEFAULT_LOCALE}/{WORDS}: has no {}", section_key(section)));
    }
    languages.iter().try_for_each(|language| language.check(default))?;
    Ok(languages)
}

fn section_key(id: &str) -> String {
    format!("section_{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(locale: &str, keys: &[&str]) -> Language {
        let words = keys.iter().map(|key| ((*key).to_owned(), key.to_uppercase())).collect();
        Language { locale: locale.to_owned(), words, answers: Vec::new() }
    }

    #[test]
    fn a_language_that_lacks_words_or_has_others_is_named() {
        let default = language("en", &["home", "section_orders"]);
        let check = |keys: &[&str], expected: Result<(), &str>| {
            assert_eq!(language("tr", keys).check(&default), expected.map_err(str::to_owned), "{keys:?}");
        };
        check(&["section_orders", "home"], Ok(()));
        check(&["home"], Err("tr/words.json: has no section_orders"));
        check(&["home", "section_orders", "skip"], Err("tr/words.json: skip is in no other language"));
    }

    #[test]
    fn a_section_has_the_title_that_its_language_gives_it() {
        let default = language("en", &["home", "section_orders"]);
        assert_eq!((default.section("orders"), default.section("plus")), ("SECTION_ORDERS", ""));
        assert_eq!((default.word("home"), default.word("skip")), ("HOME", "skip"));
    }

    #[test]
    fn a_folder_more_is_a_language_more_and_one_without_words_is_an_error() {
        let folder = std::env::temp_dir().join(format!("beforehand-languages-{}", std::process::id()));
        let write = |locale: &str, name: &str, text: &str| {
            fs::create_dir_all(folder.join(locale)).expect("a folder can be made");
            fs::write(folder.join(locale).join(name), text).expect("a file can be written");
        };
        let load = || {
            let languages = load_all(&folder, &["orders".to_owned()])?;
            Ok::<_, String>(languages.into_iter().map(|language| language.locale).collect::<Vec<_>>())
        };
        write("pl", WORDS, r#"{"section_orders": "Zamówienia"}"#);
        write("en", WORDS, r#"{"section_orders": "Orders"}"#);
        write("de", WORDS, r#"{"section_orders": "Bestellungen"}"#);
        assert_eq!(load(), Ok(["en", "de", "pl"].map(str::to_owned).to_vec()));
        write("fr", "lamps.md", "");
        assert!(load().is_err_and(|error| error.contains("fr/words.json")));
        fs::remove_dir_all(&folder).expect("the test removes what it made");
    }
}
