//! The log: lines with their time, on the standard output, where journald takes them, or in a file that is begun anew in time.

use crate::Outcome;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The size at which a file is begun anew: some weeks of a quiet site, and an editor opens it.
const MOST_BYTES: u64 = 10 * 1024 * 1024;
/// The older ones that are kept.
const OLDER: u32 = 4;

/// The file, if the log does not go to the standard output.
static FILE: Mutex<Option<Rotating>> = Mutex::new(None);

/// From now on lines go into this file.
pub(crate) fn into_file(path: &Path) -> Outcome {
    let opened =
        Rotating::open(path).map_err(|error| format!("the log {} cannot be written: {error}", path.display()))?;
    *FILE.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
    Ok(())
}

/// Whether lines go into a file, so that nobody sees them who does not look.
pub(crate) fn is_file() -> bool {
    FILE.lock().unwrap_or_else(PoisonError::into_inner).is_some()
}

/// Writes a line. A log that cannot be written, as on a full disk, stops nobody.
pub(crate) fn say(text: &str) {
    line("porter", text);
}

/// Writes a line that workerd has said.
pub(crate) fn repeat(text: &str) {
    line("workerd", text);
}

fn line(who: &str, text: &str) {
    let now = humantime::format_rfc3339_millis(SystemTime::now());
    let line = format!("{now} {who}: {text}\n");
    match FILE.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        Some(file) => file.write(line.as_bytes(), MOST_BYTES),
        None => drop(std::io::stdout().lock().write_all(line.as_bytes())),
    }
}

/// A file that is begun anew when it has its size. The older ones are called `.1` to `.4`, the youngest first.
struct Rotating {
    path: PathBuf,
    file: File,
    bytes: u64,
}

impl Rotating {
    fn open(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { path: path.to_owned(), file, bytes })
    }

    fn write(&mut self, line: &[u8], most: u64) {
        let length = line.len() as u64;
        if self.bytes > 0 && self.bytes + length > most {
            self.begin_anew();
        }
        if self.file.write_all(line).is_ok() {
            self.bytes += length;
        }
    }

    fn begin_anew(&mut self) {
        // Somebody may have moved it away; then there is nothing to shift.
        if self.path.exists() {
            for number in (1..OLDER).rev() {
                let _not_yet = fs::rename(self.older(number), self.older(number + 1));
            }
            let _goes_on = fs::rename(&self.path, self.older(1));
        }
        // Where none can be opened, the old one goes on, and it is tried again after as much.
        match Self::open(&self.path) {
            Ok(new) => *self = Self { bytes: 0, ..new },
            Err(_) => self.bytes = 0,
        }
    }

    fn older(&self, number: u32) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_taken_away_is_made_again() {
        let folder = std::env::temp_dir().join(format!("beforehand-log-gone-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("beforehand.log");
        let mut log = Rotating::open(&path).unwrap();
        log.write(b"before\n", 10);
        fs::remove_file(&path).unwrap();
        log.write(b"after\n", 10);
        let said = fs::read_to_string(&path);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(said.unwrap(), "after\n");
    }

    #[test]
    fn a_file_that_has_its_size_is_begun_anew_and_four_older_ones_are_kept() {
        let folder = std::env::temp_dir().join(format!("beforehand-log-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("beforehand.log");
        fs::write(&path, "of an earlier start\n").unwrap();
        let mut log = Rotating::open(&path).unwrap();
        (0..20).for_each(|number| log.write(format!("line {number:02}\n").as_bytes(), 24));
        let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        let all: String = [".4", ".3", ".2", ".1", ""]
            .map(|end| fs::read_to_string(folder.join(format!("beforehand.log{end}"))).unwrap())
            .concat();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names.len(), 5);
        let last: String = (6..20).map(|number| format!("line {number:02}\n")).collect();
        assert_eq!(all, last, "the youngest lines, in order");
    }
}
