//! The words of the languages in `languages/`, as far as files are made of them. That they are complete is checked where they
//! are compiled (`shared/build.rs`).

use crate::Outcome;
use crate::places::{Places, at, read_text};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Key and text.
pub(super) type Words = BTreeMap<String, String>;

/// The language that comes first everywhere, because it stands in where another one is wanting.
const FIRST: &str = "en";

/// Where the languages lie.
pub(super) fn folder(places: &Places) -> PathBuf {
    places.root.join("languages")
}

/// The words of every language that has this file, English first and then by tag.
pub(super) fn all(places: &Places, file: &str) -> Outcome<Vec<(String, Words)>> {
    let folder = folder(places);
    let mut all = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|error| at(&folder, error))? {
        let entry = entry.map_err(|error| at(&folder, error))?;
        let path = entry.path().join(file);
        if path.is_file() {
            let words = serde_json::from_str(&read_text(&path)?).map_err(|error| at(&path, error))?;
            all.push((entry.file_name().to_string_lossy().into_owned(), words));
        }
    }
    all.sort_by_key(|(tag, _)| (tag != FIRST, tag.clone()));
    Ok(all)
}
