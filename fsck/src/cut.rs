//! A database without a byte, which SQLite takes for a new one.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::Duration;

/// What is said of one.
pub const CUT: &str = "it is empty: something has cut it off";
/// An object whose process is killed while it begins leaves an empty file, too. That one was never written after it was made.
const BEGINS: Duration = Duration::from_secs(2);

/// Whether a database has been cut off to nothing: no byte of it is left, here or in its `-wal`, and it was written long after it was
/// made. Where a file system does not know when a file was made, no file is taken for one.
pub fn is_cut(file: &Path) -> bool {
    let Ok(about) = fs::metadata(file) else { return false };
    let mut beside = file.as_os_str().to_owned();
    beside.push("-wal");
    let has_log = fs::metadata(beside).is_ok_and(|log| log.len() > 0);
    about.len() == 0 && !has_log && was_written_later(&about).unwrap_or_default()
}

fn was_written_later(about: &Metadata) -> Option<bool> {
    let (made, written) = (about.created().ok()?, about.modified().ok()?);
    Some(written.duration_since(made).is_ok_and(|passed| passed > BEGINS))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::SystemTime;

    #[test]
    fn what_was_cut_off_is_told_from_what_has_just_begun() {
        let file = std::env::temp_dir().join(format!("beforehand-cut-{}.sqlite", std::process::id()));
        let made = File::create(&file).unwrap();
        let begins = is_cut(&file);
        made.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
        // Not every file system knows when a file was made.
        let is_told = made.metadata().unwrap().created().is_ok();
        let cut = is_cut(&file);
        fs::write(&file, "a byte").unwrap();
        made.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
        let has_bytes = is_cut(&file);
        fs::remove_file(&file).unwrap();
        assert_eq!((begins, cut, has_bytes), (false, is_told, false));
    }
}
