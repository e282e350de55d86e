//! What is missing or wrong in the files of the languages, in sentences.

use super::folder::Language;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The language that every other one is compared with.
pub(crate) const REFERENCE: &str = "en";
/// Files of key and text.
pub(crate) const WORDS: [&str; 3] = ["panel.json", "loader.json", "inbox.json"];
/// Files of key and list.
pub(crate) const LISTS: [&str; 1] = ["people_first.json"];
/// The commonest words of the language.
pub(crate) const COMMON: &str = "common.txt";
/// Words that mean the same.
pub(crate) const THESAURUS: &str = "thesaurus.txt";
/// In place of the two: the tag of the language whose words serve this one as well.
pub(crate) const MATCHED_AS: &str = "matched_as.txt";

/// The forms that languages have for a number of things (Unicode CLDR, "Plural Rules"), but for `other`, which all have.
const FORMS: [&str; 5] = ["zero", "one", "two", "few", "many"];
/// How a key ends whose text depends on a number.
const OTHER: &str = "_other";

/// Key and text.
pub(crate) type Words = BTreeMap<String, String>;
/// Key and list.
pub(crate) type Lists = BTreeMap<String, Vec<String>>;

/// Every mistake. None, if the languages are complete.
pub(crate) fn mistakes(languages: &[Language]) -> Vec<String> {
    let Some(english) = languages.iter().find(|language| language.tag == REFERENCE) else {
        return vec![format!("languages/{REFERENCE} is missing: the other languages are compared with it")];
    };
    let mut found = Vec::new();
    for language in languages {
        let place = |what: String| format!("languages/{}{what}", language.tag);
        found.extend(files(language, languages).into_iter().map(place));
        if is_interface(language) || language.tag == REFERENCE {
            found.extend(words(language, english).into_iter().map(place));
            found.extend(lists(language, english).into_iter().map(place));
        }
    }
    found
}

/// Whether the programs speak the language, which is more than to search in it.
pub(crate) fn is_interface(language: &Language) -> bool {
    WORDS.iter().chain(&LISTS).any(|name| language.files.contains_key(*name))
}

/// Reads a JSON file of a language. A file that is not there is empty: that is another mistake.
pub(crate) fn read<T: DeserializeOwned + Default>(language: &Language, name: &str) -> Result<T, String> {
    let Some(text) = language.file(name) else { return Ok(T::default()) };
    serde_json::from_str(text).map_err(|error| format!("/{name} is not read: {error}"))
}

fn files(language: &Language, languages: &[Language]) -> Vec<String> {
    let mut found = Vec::new();
    if !language.tag.split('-').all(|part| (2..=8).contains(&part.len()) && part.bytes().all(is_in_tags)) {
        found.push(String::from(" is not named by a language tag in small letters, such as pt or zh-hant"));
    }
    let known =
        |name: &str| WORDS.contains(&name) || LISTS.contains(&name) || [COMMON, THESAURUS, MATCHED_AS].contains(&name);
    found.extend(language.files.keys().filter(|name| !known(name)).map(|name| format!("/{name} is read by nothing")));
    let is_there = |name: &str| language.file(name).is_some_and(|text| !text.trim().is_empty());
    let mut wanted: Vec<&str> = Vec::new();
    match language.file(MATCHED_AS) {
        Some(_) if is_there(COMMON) || is_there(THESAURUS) => {
            found.push(format!("/{MATCHED_AS} stands in place of {COMMON} and {THESAURUS}: remove one or the others"));
        }
        Some(tag) => {
            let found_there = languages.iter().find(|other| other.tag == tag.trim());
            if !found_there.is_some_and(|other| other.files.contains_key(COMMON)) {
                found.push(format!("/{MATCHED_AS} names {:?}, which has no {COMMON}", tag.trim()));
            }
        }
        None => wanted.push(COMMON),
    }
    if is_interface(language) {
        wanted.extend(WORDS.iter().chain(&LISTS));
        wanted.extend(language.file(MATCHED_AS).is_none().then_some(THESAURUS));
    }
    found.extend(wanted.into_iter().filter(|name| !is_there(name)).map(|name| format!(" lacks the file {name}")));
    found
}

fn is_in_tags(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn words(language: &Language, english: &Language) -> Vec<String> {
    let mut found = Vec::new();
    let mut pairs: Vec<(&str, Words, Words)> = Vec::new();
    for name in WORDS {
        match (read(language, name), read(english, name)) {
            // A file that is missing is told as such, and not key by key.
            (Ok(own), Ok(reference)) if language.files.contains_key(name) => pairs.push((name, own, reference)),
            (Ok(_), _) => {}
            (Err(mistake), _) => found.push(mistake),
        }
    }
    let stems = |reference: &Words| -> Vec<String> {
        reference.keys().filter_map(|key| key.strip_suffix(OTHER)).map(String::from).collect()
    };
    // A language has the same forms for everything that is counted.
    let forms: Vec<&str> = FORMS
        .into_iter()
        .filter(|form| {
            pairs.iter().any(|(_, own, reference)| {
                stems(reference).iter().any(|stem| own.contains_key(&format!("{stem}_{form}")))
            })
        })
        .collect();
    for (name, own, reference) in &pairs {
        let stems = stems(reference);
        let form_of = |key: &str| {
            let (stem, form) = key.rsplit_once('_')?;
            (FORMS.contains(&form) && stems.iter().any(|other| other == stem)).then(|| format!("{stem}{OTHER}"))
        };
        let plain = reference.keys().filter(|key| form_of(key).is_none()).cloned();
        let counted = stems.iter().flat_map(|stem| forms.iter().map(move |form| format!("{stem}_{form}")));
        let missing = plain.chain(counted).filter(|key| !own.contains_key(key));
        found.extend(missing.map(|key| format!("/{name} has no {key:?}")));
        for (key, text) in own {
            let counted_as = form_of(key);
            let Some(model) = reference.get(counted_as.as_ref().unwrap_or(key)) else {
                found.push(format!("/{name} has {key:?}, which {REFERENCE} does not have"));
                continue;
            };
            let (own, model) = (placeholders(text), placeholders(model));
            // "One conversation" may do without the number.
            let agree = if counted_as.is_some() { own.is_subset(&model) } else { own == model };
            if text.trim().is_empty() {
                found.push(format!("/{name} has nothing for {key:?}"));
            } else if !agree {
                found.push(format!("/{name} has other {{placeholders}} in {key:?} than {REFERENCE}"));
            }
        }
    }
    found
}

/// The names in `{braces}`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn lists(language: &Language, english: &Language) -> Vec<String> {
    let mut found = Vec::new();
    for name in LISTS {
        match (read::<Lists>(language, name), read::<Lists>(english, name)) {
            (Ok(own), Ok(reference)) if language.files.contains_key(name) => {
                let is_empty = |key: &&String| {
                    own.get(*key).is_none_or(|list| list.is_empty() || list.iter().any(|text| text.trim().is_empty()))
                };
                found.extend(reference.keys().filter(is_empty).map(|key| format!("/{name} has nothing for {key:?}")));
                let unknown = own.keys().filter(|key| !reference.contains_key(*key));
                found.extend(unknown.map(|key| format!("/{name} has {key:?}, which {REFERENCE} does not have")));
            }
            (Ok(_), _) => {}
            (Err(mistake), _) => found.push(mistake),
        }
    }
    found
}
