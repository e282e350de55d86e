//! What has to be on the disk, and not only in the system's memory, before something is said to be done.

use std::fs::File;
use std::io::{ErrorKind, Result};
use std::path::Path;

/// Has the names in a folder outlive a power cut.
pub(crate) fn folder(path: &Path) -> Result<()> {
    match File::open(path)?.sync_all() {
        // Some file systems know no such thing.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

/// Has all files in a folder and in the folders below it outlive a power cut, with their names.
pub(crate) fn tree(path: &Path) -> Result<()> {
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            tree(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    folder(path)
}

/// The folder that has the name of a path.
pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
