//! The disk of the data folder.

use crate::trouble::Trouble;
use nix::sys::statvfs::statvfs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// An awake object may keep 4 MB of what was just written.
pub(crate) const SMALL: u64 = 1 << 30;
/// A disk that takes longer for a few bytes fails everybody who writes.
const ANSWERS: Duration = Duration::from_secs(5);
/// A few bytes, written to see whether they can be: more than fits beside a file's name.
const PROBE: &[u8] = &[0; 16 * 1_024];

/// Whether the disk takes something, and how much more it does.
pub(crate) async fn look(data: PathBuf) -> Option<Trouble> {
    let looked = tokio::task::spawn_blocking(move || (writes(&data), free(&data)));
    match tokio::time::timeout(ANSWERS, looked).await {
        Ok(Ok((Err(error), _))) => Some(Trouble::now("disk", format!("Nothing can be stored: {error}."))),
        Ok(Ok((Ok(()), free))) => free
            .filter(|free| *free < SMALL)
            .map(|free| Trouble::soon("disk", format!("{} MB are free on the disk.", free >> 20))),
        Ok(Err(_)) | Err(_) => {
            Some(Trouble::now("disk", String::from("The disk does not answer within five seconds.")))
        }
    }
}

fn writes(data: &Path) -> std::io::Result<()> {
    let path = data.join(".health");
    let written = std::fs::File::create(&path).and_then(|mut file| {
        file.write_all(PROBE)?;
        file.sync_data()
    });
    let _never_made = std::fs::remove_file(path);
    written
}

/// How many bytes are free.
pub(crate) fn free(data: &Path) -> Option<u64> {
    let disk = statvfs(data).ok()?;
    // The number of blocks is shorter on other systems.
    #[allow(clippy::useless_conversion)]
    Some(u64::from(disk.blocks_available()).saturating_mul(disk.fragment_size()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_cannot_be_written() {
        assert!(writes(Path::new("/nowhere")).is_err());
        let folder = std::env::temp_dir();
        writes(&folder).unwrap();
        assert!(!folder.join(".health").exists() && free(&folder).is_some());
    }
}
