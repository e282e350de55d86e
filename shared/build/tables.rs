//! Writes the languages as Rust.

use super::check::{self, COMMON, LISTS, Lists, MATCHED_AS, REFERENCE, THESAURUS, Words};
use super::folder::Language;
use std::fmt::Write;
use std::path::Path;

/// What stands before a table that only a publisher needs.
const FOR_PUBLISHERS: &str = "#[cfg(feature = \"compile\")]\n";

/// The source of the tables. `folder` is where the languages lie.
pub(crate) fn of(languages: &[Language], folder: &Path) -> Result<String, String> {
    let mut out = String::new();
    let speaking = languages.iter().filter(|language| check::is_interface(language));
    let mut panel = Vec::new();
    for language in speaking.clone() {
        let words: Words = check::read(language, "panel.json")?;
        panel.push((language.tag.as_str(), serde_json::to_string(&words).map_err(|error| error.to_string())?));
    }
    for (_, words) in panel.iter().filter(|(tag, _)| *tag == REFERENCE) {
        line(&mut out, format_args!("pub(crate) const ENGLISH_PANEL: &str = {words:?};"))?;
    }
    line(&mut out, format_args!("{FOR_PUBLISHERS}pub(crate) const PANEL: Texts = &{panel:?};"))?;
    for (name, file) in [("COMMON", COMMON), ("THESAURUS", THESAURUS)] {
        matching(&mut out, name, file, languages, folder)?;
    }
    for file in LISTS {
        let mut lists = Vec::new();
        for language in speaking.clone() {
            lists.push((language.tag.as_str(), check::read::<Lists>(language, file)?));
        }
        let keys = lists.iter().find(|(tag, _)| *tag == REFERENCE).into_iter().flat_map(|(_, lists)| lists.keys());
        for key in keys {
            let rows = lists.iter().filter_map(|(tag, lists)| Some((tag, lists.get(key)?)));
            let rows: Vec<String> = rows.map(|(tag, list)| format!("({tag:?}, &{list:?})")).collect();
            let (name, rows) = (key.to_uppercase(), rows.join(", "));
            line(&mut out, format_args!("pub(crate) const {name}: Lists = &[{rows}];"))?;
        }
    }
    Ok(out)
}

/// A table of one of the files for matching. A language that is matched as another one has that one's text, which is in the
/// program once.
fn matching(out: &mut String, name: &str, file: &str, languages: &[Language], folder: &Path) -> Result<(), String> {
    let constant = |tag: &str| format!("{name}_{}", tag.to_uppercase().replace('-', "_"));
    let own = |tag: &str| languages.iter().any(|language| language.tag == tag && language.files.contains_key(file));
    let mut rows = Vec::new();
    for Language { tag, files } in languages {
        let like = files.get(MATCHED_AS).map_or(tag.as_str(), |like| like.trim());
        if own(tag) {
            let path = folder.join(tag).join(file);
            let name = constant(tag);
            line(out, format_args!("{FOR_PUBLISHERS}const {name}: &str = include_str!({path:?});"))?;
        }
        if own(like) {
            rows.push(format!("({tag:?}, {})", constant(like)));
        }
    }
    line(out, format_args!("{FOR_PUBLISHERS}pub(crate) const {name}: Texts = &[{}];", rows.join(", ")))
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) -> Result<(), String> {
    writeln!(out, "{text}").map_err(|error| error.to_string())
}
