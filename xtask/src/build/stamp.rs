//! Tells whether an output is up to date: a stamp beside it holds a digest of everything that it was made from.

use crate::Outcome;
use crate::places::{at, read, write};
use std::fs;
use std::path::{Path, PathBuf};

/// A digest that grows with each input, and the place where the last one is kept.
pub(crate) struct Stamp {
    path: PathBuf,
    digest: Digest,
}

impl Stamp {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, digest: Digest::default() }
    }

    /// Adds a text, such as the source of what makes the output.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.digest.add(text.as_bytes());
        self
    }

    /// Adds a file's bytes.
    pub(crate) fn file(mut self, path: &Path) -> Outcome<Self> {
        self.digest.add(&read(path)?);
        Ok(self)
    }

    /// Adds every file with one of these endings in a folder and those below it.
    pub(crate) fn folder(mut self, folder: &Path, endings: &[&str]) -> Outcome<Self> {
        for path in files_in(folder)? {
            if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending)) {
                self.digest.add(path.to_string_lossy().as_bytes());
                self = self.file(&path)?;
            }
        }
        Ok(self)
    }

    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|kept| kept == self.digest.hex())
    }

    /// Says that the output is now made from these inputs.
    pub(crate) fn keep(&self) -> Outcome {
        write(&self.path, self.digest.hex())
    }
}

/// FNV-1a with 64 bits: nobody here attacks, and two versions of one file are not to have the same name.
pub(crate) struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut digest = Self::default();
        digest.add(bytes);
        digest
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(crate) fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}

/// Every file below a folder, in a fixed order.
fn files_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| at(folder, error))? {
        entries.push(entry.map_err(|error| at(folder, error))?.path());
    }
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_published_one() {
        let check = |text: &str, expected| assert_eq!(Digest::of(text.as_bytes()).hex(), expected, "{text}");
        check("", "cbf29ce484222325");
        check("a", "af63dc4c8601ec8c");
        check("foobar", "85944171f73967e8");
    }
}
