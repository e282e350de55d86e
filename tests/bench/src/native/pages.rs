//! Sets made from help pages, as Debian ships them in dozens of languages: LibreOffice's with the keywords of its index as
//! questions, and GNOME's with what each page says of itself in a sentence.

mod gnome;
mod libreoffice;
mod markup;

use crate::random::Random;
use crate::set::{Doc, Question, Set};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The part of a page that is searched, in characters.
const BODY_CHARS: usize = 1_500;
/// The most questions that are asked, drawn with `SEED`.
const QUESTIONS: usize = 500;
const SEED: u64 = 7;
/// A language with fewer is hardly translated.
const FEWEST_QUESTIONS: usize = 100;
/// A question that more pages answer asks for none of them.
const MOST_ANSWERS: usize = 3;

/// The pages of one language and what is asked of them.
#[derive(Default)]
struct Pages {
    docs: Vec<Doc>,
    /// Each question with the ids of the pages that answer it.
    asked: BTreeMap<String, BTreeSet<String>>,
}

/// A set for each language of each help below a folder. An error if there is none.
pub fn sets(folder: &Path) -> Result<Vec<Set>, String> {
    let mut found = Vec::new();
    for (name, language_of, read) in [
        ("libreoffice", libreoffice::language as fn(&Path) -> Option<String>, libreoffice::read as Reader),
        ("gnome", gnome::language, gnome::read),
    ] {
        let mut help: BTreeMap<String, Pages> = BTreeMap::new();
        for (language, root) in roots(folder, language_of)? {
            help.insert(language, read(&root)?);
        }
        let english: BTreeSet<String> =
            help.get(ENGLISH).map(|pages| pages.asked.keys().cloned().collect()).unwrap_or_default();
        for (language, pages) in help {
            let untranslated = if language == ENGLISH { &BTreeSet::new() } else { &english };
            found.extend(set(name, &language, pages, untranslated));
        }
    }
    if found.is_empty() { Err(format!("{}: no help pages are below it", folder.display())) } else { Ok(found) }
}

type Reader = fn(&Path) -> Result<Pages, String>;
const ENGLISH: &str = "en";

fn set(name: &str, language: &str, pages: Pages, untranslated: &BTreeSet<String>) -> Option<Set> {
    let is_asked =
        |(text, answers): &(String, BTreeSet<String>)| answers.len() <= MOST_ANSWERS && !untranslated.contains(text);
    let mut all: Vec<(String, BTreeSet<String>)> = pages.asked.into_iter().filter(is_asked).collect();
    let mut random = Random::new(SEED);
    let mut queries = Vec::new();
    while queries.len() < QUESTIONS && !all.is_empty() {
        let (text, relevant) = all.swap_remove(random.below(all.len()));
        queries.push(Question { text, relevant: relevant.into_iter().collect() });
    }
    let lang = String::from(language.split('-').next().unwrap_or(language));
    let name = format!("{name}_{language}");
    (queries.len() >= FEWEST_QUESTIONS).then_some(Set { name, lang, docs: pages.docs, queries })
}

/// The folders below one that are the root of a language's help.
fn roots(folder: &Path, language_of: fn(&Path) -> Option<String>) -> Result<Vec<(String, PathBuf)>, String> {
    if let Some(language) = language_of(folder) {
        return Ok(vec![(language, folder.to_owned())]);
    }
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() && !path.is_symlink() {
            found.extend(roots(&path, language_of)?);
        }
    }
    Ok(found)
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(said)? {
        paths.push(entry.map_err(said)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn text_of(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// A name of a folder or file, without what follows the last dot.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_translated_is_asked_and_the_same_is_drawn_each_time() {
        let pages = || Pages {
            docs: vec![Doc { id: "p".into(), ..Doc::default() }],
            asked: (0..700).map(|number| (format!("frage {number}"), BTreeSet::from(["p".into()]))).collect(),
        };
        let untranslated = BTreeSet::from(["frage 5".into()]);
        let made = set("help", "de", pages(), &untranslated).unwrap();
        assert_eq!((made.name.as_str(), made.lang.as_str(), made.queries.len()), ("help_de", "de", QUESTIONS));
        assert!(made.queries.iter().all(|query| query.text != "frage 5" && query.relevant == ["p"]));
        let again = set("help", "de", pages(), &untranslated).unwrap();
        assert!(made.queries.iter().zip(&again.queries).all(|(one, other)| one.text == other.text));
        assert!(set("help", "de", Pages::default(), &untranslated).is_none());
    }
}
