//! What is not whole of a data folder or a backup: which file, and why.

use crate::outside::plain;
use crate::secrets::SECRETS;
use crate::trouble::Trouble;
use fsck::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Noted in a data folder for as long as its last backup was not whole. It has the number of files.
const NOTE: &str = "not-whole";
/// The alarms of a class, which are made anew from what its objects know.
const ALARMS: &str = "metadata.sqlite";

/// Each place in the data folder, with the cause.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lacks(BTreeMap<String, String>);

impl Lacks {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what was found in a folder, and cannot be put right by telling lists anew.
    pub(crate) fn found(&mut self, findings: impl IntoIterator<Item = Finding>, folder: &Path) {
        for finding in findings {
            match finding {
                Finding::Unreadable { file, why } => self.add(&file, why, folder),
                Finding::Gap { ref conversation, .. } => {
                    self.0.insert(format!("conversation {conversation}"), finding.to_string());
                }
                Finding::Line { .. } | Finding::Untold { .. } | Finding::Unknown { .. } => {}
            }
        }
    }

    /// Adds what could not be copied from a folder.
    pub(crate) fn unread(&mut self, unread: BTreeMap<PathBuf, String>, folder: &Path) {
        unread.into_iter().for_each(|(file, why)| self.add(&file, why, folder));
    }

    /// Adds why the secrets cannot be read.
    pub(crate) fn secrets(&mut self, why: String) {
        self.0.entry(String::from(SECRETS)).or_insert(why);
    }

    /// Adds what another one tells of places of which this one tells nothing.
    pub(crate) fn or(&mut self, other: Lacks) {
        for (place, why) in other.0 {
            self.0.entry(place).or_insert(why);
        }
    }

    /// Drops the alarms, where they were made anew.
    pub(crate) fn forget_alarms(&mut self) {
        self.0.retain(|place, _| !Path::new(place).ends_with(ALARMS));
    }

    /// What can be done.
    pub(crate) fn advice(&self) -> &'static str {
        if self.0.keys().all(|place| Path::new(place).ends_with(ALARMS)) {
            "Alarms are made anew by `fsck --repair`, while the product is stopped."
        } else {
            "What cannot be read is in older backups alone; a file without rights can be given them, and backed up again."
        }
    }

    /// Notes it in the data folder, so that `/health` says it until a backup or `fsck` finds everything whole.
    pub(crate) fn note(&self, data: &Path) {
        let path = data.join(NOTE);
        // The operator was told already, so that a full disk is no reason to fail.
        if self.is_empty() {
            let _not_there = fs::remove_file(path);
        } else if let Ok(file) = crate::folder::opened(&path) {
            let _full = file.set_len(0).and_then(|()| fs::write(&path, self.0.len().to_string()));
        }
    }

    fn add(&mut self, file: &Path, why: String, folder: &Path) {
        let place = file.strip_prefix(folder).unwrap_or(file);
        self.0.entry(place.to_string_lossy().into_owned()).or_insert(why);
    }
}

/// What was noted last.
pub(crate) fn noted(data: &Path) -> Option<Trouble> {
    let count = fs::read_to_string(data.join(NOTE)).ok()?;
    let what = format!(
        "What was stored is not whole: {} files cannot be read, or are damaged. The last backup or fsck has named them.",
        count.trim()
    );
    Some(Trouble::soon("database", what))
}

impl fmt::Display for Lacks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Places may be of somebody's file, and causes quote what stands in a database.
        let lines: Vec<String> =
            self.0.iter().map(|(place, why)| format!("  {}: {}", plain(place), plain(why))).collect();
        out.write_str(&lines.join("\n"))
    }
}
