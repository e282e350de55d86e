//! What the compilation says about a language that is not complete, and that the real ones are.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../build/check.rs"]
mod check;
#[path = "../build/folder.rs"]
mod folder;

use folder::Language;
use std::path::Path;

const PANEL: &str = r#"{"send": "Send", "left": "{n} left", "found_one": "1 found", "found_other": "{n} found"}"#;
const LOADER: &str = r#"{"title": "Help"}"#;
const PEOPLE: &str = r#"{"person": ["human"]}"#;

/// A language with its files; `None` takes one of the complete ones away.
fn language(tag: &str, changes: &[(&str, Option<&str>)]) -> Language {
    let mut files: std::collections::BTreeMap<String, String> = check::WORDS
        .into_iter()
        .chain(check::LISTS)
        .chain(["common.txt", "thesaurus.txt"])
        .map(|name| {
            let text = match name {
                "panel.json" => PANEL,
                "people_first.json" => PEOPLE,
                "common.txt" => "the of",
                "thesaurus.txt" => "cost price",
                _ => LOADER,
            };
            (name.into(), text.into())
        })
        .collect();
    for (name, text) in changes {
        match text {
            Some(text) => drop(files.insert((*name).into(), (*text).into())),
            None => drop(files.remove(*name)),
        }
    }
    Language { tag: tag.into(), files }
}

fn matching_only(tag: &str, files: &[(&str, &str)]) -> Language {
    let files = files.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    Language { tag: tag.into(), files }
}

fn check_beside_english(other: Language, expected: &[&str]) {
    let told = format!("{other:?}");
    assert_eq!(check::mistakes(&[language("en", &[]), other]), expected, "{told}");
}

#[test]
fn the_languages_of_this_repository_are_complete() {
    let all = folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../languages")).unwrap();
    assert_eq!(check::mistakes(&all), Vec::<String>::new());
    assert!(all.iter().filter(|language| check::is_interface(language)).count() >= 5);
}

#[test]
fn a_file_that_is_missing_or_empty_is_named() {
    for name in check::WORDS.into_iter().chain(check::LISTS).chain(["common.txt", "thesaurus.txt"]) {
        let expected = format!("languages/tr lacks the file {name}");
        check_beside_english(language("tr", &[(name, None)]), &[&expected]);
    }
    check_beside_english(language("tr", &[("common.txt", Some(" \n"))]), &["languages/tr lacks the file common.txt"]);
    assert_eq!(check::mistakes(&[language("tr", &[])]).len(), 1, "there is no English");
}

#[test]
fn a_key_that_is_missing_unknown_or_empty_is_named() {
    let check = |panel: &str, expected: &[&str]| {
        check_beside_english(language("tr", &[("panel.json", Some(panel))]), expected);
    };
    check(
        r#"{"left": "{n} kaldı", "found_one": "1", "found_other": "{n}"}"#,
        &["languages/tr/panel.json has no \"send\""],
    );
    check(
        r#"{"send": " ", "left": "kaldı", "found_one": "1", "found_other": "{n}", "sent": "x"}"#,
        &[
            "languages/tr/panel.json has other {placeholders} in \"left\" than en",
            "languages/tr/panel.json has nothing for \"send\"",
            "languages/tr/panel.json has \"sent\", which en does not have",
        ],
    );
    let broken = check::mistakes(&[language("en", &[]), language("tr", &[("panel.json", Some("{"))])]);
    assert!(broken.iter().all(|told| told.starts_with("languages/tr/panel.json is not read: ")) && broken.len() == 1);
    check_beside_english(
        language("tr", &[("people_first.json", Some(r#"{"person": [], "price": ["x"]}"#))]),
        &[
            "languages/tr/people_first.json has nothing for \"person\"",
            "languages/tr/people_first.json has \"price\", which en does not have",
        ],
    );
}

#[test]
fn a_language_counts_everything_in_the_same_forms() {
    let check = |panel: &str, loader: &str, expected: &[&str]| {
        check_beside_english(language("pl", &[("panel.json", Some(panel)), ("loader.json", Some(loader))]), expected);
    };
    let panel = |forms: &str| [r#"{"send": "s", "left": "{n} l", "#, forms, r#""found_other": "{n} o"}"#].concat();
    check(&panel(""), LOADER, &[]);
    check(&panel(r#""found_one": "1", "found_few": "{n} f", "found_many": "{n} m", "#), LOADER, &[]);
    check(
        &panel(r#""found_few": "{x} f", "#),
        LOADER,
        &["languages/pl/panel.json has other {placeholders} in \"found_few\" than en"],
    );
    check(
        r#"{"send": "s", "left": "{n} l", "found_one": "1"}"#,
        LOADER,
        &["languages/pl/panel.json has no \"found_other\""],
    );
    let two =
        r#"{"send": "s", "left": "{n}", "found_one": "1", "found_other": "{n}", "lost_one": "1", "lost_other": "{n}"}"#;
    let english = language("en", &[("panel.json", Some(two))]);
    let other = language("pl", &[("panel.json", Some(&two.replace(r#""lost_one": "1", "#, r#""lost_few": "2", "#)))]);
    assert_eq!(
        check::mistakes(&[english, other]),
        ["languages/pl/panel.json has no \"found_few\"", "languages/pl/panel.json has no \"lost_one\"",]
    );
}

#[test]
fn a_language_that_is_only_searched_has_its_commonest_words_or_another_ones() {
    check_beside_english(matching_only("bg", &[("common.txt", "и на")]), &[]);
    check_beside_english(matching_only("nn", &[("matched_as.txt", "en\n")]), &[]);
    check_beside_english(matching_only("bg", &[]), &["languages/bg lacks the file common.txt"]);
    check_beside_english(
        matching_only("nn", &[("matched_as.txt", "no")]),
        &["languages/nn/matched_as.txt names \"no\", which has no common.txt"],
    );
    check_beside_english(
        matching_only("nn", &[("matched_as.txt", "en"), ("common.txt", "og i")]),
        &["languages/nn/matched_as.txt stands in place of common.txt and thesaurus.txt: remove one or the others"],
    );
    check_beside_english(
        language("ms", &[("common.txt", None), ("thesaurus.txt", None), ("matched_as.txt", Some("en"))]),
        &[],
    );
}

#[test]
fn what_nothing_reads_is_no_part_of_a_language() {
    check_beside_english(
        language("tr", &[("panle.json", Some("{}"))]),
        &["languages/tr/panle.json is read by nothing"],
    );
    check_beside_english(
        matching_only("Zh_Hant", &[("common.txt", "的")]),
        &["languages/Zh_Hant is not named by a language tag in small letters, such as pt or zh-hant"],
    );
}
