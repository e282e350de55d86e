//! `porter restore` and `porter fsck`: what is done with a data folder that nobody serves.

use crate::Outcome;
use crate::{archive, folder};
use std::fs;
use std::path::{Path, PathBuf};

/// What may be in an empty folder: a file system of its own has this.
const NOTHING: [&str; 1] = ["lost+found"];

/// Puts a backup into an empty folder, all of it or nothing, and looks through it.
pub(crate) fn restore(data: &Path, from: &Path) -> Outcome {
    if !from.is_file() {
        return Err(format!("{} is not there.", from.display()));
    }
    let was_there = data.exists();
    // Looked at before anything is changed: it may be somebody else's.
    let names = if was_there {
        fs::read_dir(data).map_err(|error| format!("{}: {error}", data.display()))?.flatten().collect()
    } else {
        Vec::new()
    };
    let other = names
        .into_iter()
        .map(|entry| entry.file_name())
        .filter(|name| !NOTHING.iter().any(|nothing| name == nothing))
        .min();
    if let Some(other) = other {
        // In use says more than not empty.
        if folder::note_of(data).is_file() {
            drop(folder::is_free(data)?);
        }
        return Err(format!(
            "{} is not empty (it has {}). A backup is restored into an empty folder: name another one with --data, or move this one away.",
            data.display(),
            other.to_string_lossy()
        ));
    }
    let path = folder::real(data)?;
    let held = folder::hold(&path)?;
    let place = Unpacked(path.join(format!("restoring.{}", std::process::id())));
    let done = unpack(&place.0, from, &path);
    if done.is_err() {
        drop(place);
        // As it was, so that it can be tried again.
        for file in [path.join("secrets.json"), folder::note_of(&path)] {
            let _not_there = fs::remove_file(file);
        }
        let _not_there = fs::remove_dir_all(path.join("objects"));
        if !was_there {
            let _not_empty = fs::remove_dir(&path);
        }
    }
    drop(held);
    let left = done?;
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("{}.\nIt is restored, and was not whole when it was made.", left.join(".\n")))
    }
}

/// Puts everything in its place. Gives what is not whole of it, which is no reason to take it away again.
fn unpack(place: &Path, from: &Path, data: &Path) -> Outcome<Vec<String>> {
    let at = |error: std::io::Error| format!("{}: {error}", data.display());
    fs::create_dir(place).map_err(at)?;
    let manifest = archive::unpack(from, place)?;
    let report = fsck::look(&place.join("objects"))?;
    fsck::fold(&place.join("objects"))?;
    if place.join("secrets.json").is_file() {
        fs::rename(place.join("secrets.json"), data.join("secrets.json")).map_err(at)?;
    }
    fs::remove_dir(data.join("objects")).map_err(at)?;
    fs::rename(place.join("objects"), data.join("objects")).map_err(at)?;
    println!(
        "{} has the {} databases and {} conversations of {}.",
        data.display(),
        manifest.databases,
        report.conversations,
        manifest.made
    );
    Ok(report.findings.iter().filter(|one| one.told_by().is_none()).map(ToString::to_string).collect())
}

/// A folder that is removed when this is dropped.
struct Unpacked(PathBuf);

impl Drop for Unpacked {
    fn drop(&mut self) {
        let _moved = fs::remove_dir_all(&self.0);
    }
}

/// Looks whether a data folder is whole, and has its conversations put right what they can. An error if something is left that only a
/// backup can repair, or that was not to be repaired.
pub(crate) fn fsck(data: &Path, repair: bool) -> Outcome {
    let objects = data.join("objects");
    if !objects.is_dir() {
        return Err(format!("{} is not there: this is no data folder.", objects.display()));
    }
    let _held = folder::is_free(data)?;
    let report = fsck::look(&objects)?;
    for finding in &report.findings {
        println!("{finding}.");
    }
    println!("{} conversations, {} findings.", report.conversations, report.findings.len());
    if report.of_earlier_release > 0 {
        let count = report.of_earlier_release;
        println!("{count} objects are of an earlier release: the edge brings them up to date when they are opened.");
    }
    if report.findings.is_empty() {
        return Ok(());
    }
    if !repair {
        return Err(String::from("Add --repair, and the conversations tell their lists anew."));
    }
    let repaired = fsck::repair(&objects, &report)?;
    println!("{repaired} conversations tell their lists anew when the edge runs. Look again afterwards.");
    let left = report.findings.iter().filter(|finding| finding.told_by().is_none()).count();
    if left == 0 { Ok(()) } else { Err(format!("{left} findings are left, which only a backup can repair.")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::archive::Manifest;

    #[test]
    fn a_backup_that_is_not_whole_is_restored_and_said_to_be_so() {
        let folder = std::env::temp_dir().join(format!("beforehand-restore-{}", std::process::id()));
        let (staging, data, file) = (folder.join("staging"), folder.join("data"), folder.join("a.tgz"));
        let damaged = Path::new("objects/conversation").join("0".repeat(64)).with_extension("sqlite");
        fs::create_dir_all(staging.join("objects/conversation")).unwrap();
        fs::write(staging.join(&damaged), vec![7; 8_192]).unwrap();
        fs::write(staging.join("secrets.json"), "{}").unwrap();
        archive::pack(&staging, &Manifest::new(String::from("2026-11-30T00:00:00Z"), 1, 1), &file).unwrap();
        let said = restore(&data, &file);
        let is_there = [damaged.as_path(), Path::new("secrets.json")].map(|path| data.join(path).is_file());
        fs::remove_dir_all(&folder).unwrap();
        assert!(said.as_ref().unwrap_err().contains("It is restored"), "{said:?}");
        assert_eq!(is_there, [true, true]);
    }
}
