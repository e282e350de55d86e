//! Reads `languages/`: one folder a language, named by its tag.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Language {
    /// The name of its folder, such as `tr` or `zh-hant`.
    pub(crate) tag: String,
    /// The text of each file by the file's name.
    pub(crate) files: BTreeMap<String, String>,
}

impl Language {
    /// The text of a file, if the language has it.
    pub(crate) fn file(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }
}

/// Every language, in the order of the tags. A file beside the folders, such as a README, is not a language.
pub(crate) fn read(folder: &Path) -> Result<Vec<Language>, String> {
    let mut languages = Vec::new();
    for (tag, path) in entries(folder)?.into_iter().filter(|(_, path)| path.is_dir()) {
        let mut files = BTreeMap::new();
        for (name, path) in entries(&path)? {
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            files.insert(name, text);
        }
        languages.push(Language { tag, files });
    }
    Ok(languages)
}

fn entries(folder: &Path) -> Result<BTreeMap<String, std::path::PathBuf>, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let mut entries = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Hidden files are an editor's or the system's.
        if !name.starts_with('.') {
            entries.insert(name, entry.path());
        }
    }
    Ok(entries)
}
