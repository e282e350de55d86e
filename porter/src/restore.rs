//! `porter restore` and `porter fsck`: what is done with a data folder that nobody serves.

use crate::archive;
use crate::lacks::Lacks;
use crate::outside::plain;
use crate::secrets::{self, SECRETS};
use crate::{NotWhole, Outcome, durable, folder};
use std::fs;
use std::path::{Path, PathBuf};

/// What may be in an empty folder: a file system of its own has this.
const NOTHING: [&str; 1] = ["lost+found"];

/// While a backup is put into a folder, its parts are in a folder of this name and the process's number.
const PARTS: &str = "restoring.";

/// Puts a backup into an empty folder, all of it or nothing, and looks through it. Once this is done, a power cut takes nothing of it.
/// Gives what is not whole of it.
pub(crate) fn restore(data: &Path, from: &Path) -> Outcome<NotWhole> {
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
    let place = Unpacked(path.join(format!("{PARTS}{}", std::process::id())));
    let done = unpack(&place.0, from, &path);
    drop(place);
    let made = durable::folder(&path).and_then(|()| durable::folder(durable::parent(&path)));
    let done = done.and_then(|done| made.map(|()| done).map_err(|error| format!("{}: {error}", path.display())));
    if done.is_err() {
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
    let (lacks, said) = done?;
    println!("{said}");
    lacks.note(&path);
    if lacks.is_empty() {
        return Ok(None);
    }
    Ok(Some(format!(
        "It is restored, and was NOT WHOLE when it was made. This is missing or damaged:\n{lacks}\nOnly an older backup has it."
    )))
}

/// An error if a restore into this folder was cut short: what is there is not all of the backup.
pub(crate) fn check_finished(data: &Path) -> Outcome {
    let names = fs::read_dir(data).map_err(|error| format!("{}: {error}", data.display()))?.flatten();
    let is_part = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(PARTS.as_bytes());
    if names.into_iter().any(|entry| is_part(&entry.file_name())) {
        return Err(format!(
            "A restore into {} was cut short. Empty the folder, and restore the backup again.",
            data.display()
        ));
    }
    Ok(())
}

/// Puts everything in its place. Gives what is not whole of it, which is no reason to take it away again, and what to say of it.
fn unpack(place: &Path, from: &Path, data: &Path) -> Outcome<(Lacks, String)> {
    let at = |error: std::io::Error| format!("{}: {error}", data.display());
    fs::create_dir(place).map_err(at)?;
    let manifest = archive::unpack(from, place)?;
    let objects = place.join("objects");
    // A backup of nothing has no folder of its own.
    fs::create_dir_all(&objects).map_err(at)?;
    let report = fsck::look(&objects)?;
    let (_, unfolded) = fsck::fold(&objects)?;
    let mut lacks = Lacks::default();
    lacks.found(report.findings.into_iter().chain(unfolded), place);
    lacks.or(manifest.lacks);
    durable::tree(place).map_err(at)?;
    // With secrets that cannot be read the product would not start; without any, it makes some.
    if let Some(why) = secrets::fault(place) {
        lacks.secrets(format!("{why}. It is left out, and `serve` makes further secrets"));
    } else if place.join(SECRETS).is_file() {
        fs::rename(place.join(SECRETS), data.join(SECRETS)).map_err(at)?;
    }
    // Over the empty one, which `hold` has made.
    fs::rename(&objects, data.join("objects")).map_err(at)?;
    let said = format!(
        "{} has the {} databases and {} conversations of {}.",
        data.display(),
        manifest.databases,
        report.conversations,
        manifest.made
    );
    Ok((lacks, said))
}

/// A folder that is removed when this is dropped.
struct Unpacked(PathBuf);

impl Drop for Unpacked {
    fn drop(&mut self) {
        let _moved = fs::remove_dir_all(&self.0);
    }
}

/// Looks whether a data folder is whole, past all that cannot be read, and has its conversations put right what they can. Gives what is
/// left that only a backup can repair, or that was not to be repaired.
pub(crate) fn fsck(data: &Path, repair: bool) -> Outcome<NotWhole> {
    let objects = data.join("objects");
    if !objects.is_dir() {
        return Err(format!("{} is not there: this is no data folder.", objects.display()));
    }
    let _held = folder::is_free(data)?;
    let report = fsck::look(&objects)?;
    for finding in &report.findings {
        println!("{}.", plain(&finding.to_string()));
    }
    println!("{} conversations, {} findings.", report.conversations, report.findings.len());
    if report.of_earlier_release > 0 {
        let count = report.of_earlier_release;
        println!("{count} objects are of an earlier release: the edge brings them up to date when they are opened.");
    }
    let mut lacks = Lacks::default();
    lacks.found(report.findings.clone(), data);
    lacks.note(data);
    if report.findings.is_empty() {
        return Ok(None);
    }
    if !repair {
        return Ok(Some(String::from("Add --repair: conversations tell their lists anew, and alarms are made anew.")));
    }
    let repaired = fsck::repair(&objects, &report)?;
    println!(
        "{} conversations tell their lists anew when the edge runs, and {} alarms were set. Look again afterwards.",
        repaired.conversations, repaired.alarms
    );
    lacks.forget_alarms();
    lacks.found(repaired.findings, data);
    lacks.note(data);
    Ok((!lacks.is_empty()).then(|| format!("This is left, which only a backup can repair:\n{lacks}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::manifest::Manifest;

    #[test]
    fn a_backup_that_is_not_whole_is_restored_and_said_to_be_so() {
        let folder = std::env::temp_dir().join(format!("beforehand-restore-{}", std::process::id()));
        let (staging, data, file) = (folder.join("staging"), folder.join("data"), folder.join("a.tgz"));
        let damaged = Path::new("objects/conversation").join("0".repeat(64)).with_extension("sqlite");
        fs::create_dir_all(staging.join("objects/conversation")).unwrap();
        fs::write(staging.join(&damaged), vec![7; 8_192]).unwrap();
        fs::write(staging.join("secrets.json"), "{}").unwrap();
        let mut manifest = Manifest::new(String::from("2026-11-30T00:00:00Z"), 1, Lacks::default());
        archive::pack(&staging, &mut manifest, &file).unwrap();
        let said = restore(&data, &file);
        let is_there = [damaged.as_path(), Path::new("secrets.json")].map(|path| data.join(path).is_file());
        fs::remove_dir_all(&folder).unwrap();
        assert!(said.as_ref().unwrap().as_ref().unwrap().contains("It is restored"), "{said:?}");
        assert_eq!(is_there, [true, true]);
    }
    #[test]
    fn secrets_that_cannot_be_read_are_left_out_and_said_to_be() {
        let folder = std::env::temp_dir().join(format!("beforehand-restore-secrets-{}", std::process::id()));
        let (staging, data, file) = (folder.join("staging"), folder.join("data"), folder.join("a.tgz"));
        fs::create_dir_all(staging.join("objects")).unwrap();
        fs::write(staging.join(SECRETS), "[]").unwrap();
        let mut manifest = Manifest::new(String::from("2026-11-30T00:00:00Z"), 0, Lacks::default());
        archive::pack(&staging, &mut manifest, &file).unwrap();
        let said = restore(&data, &file);
        let is_there = [SECRETS, "objects"].map(|name| data.join(name).exists());
        fs::remove_dir_all(&folder).unwrap();
        assert!(said.as_ref().unwrap().as_ref().unwrap().contains("secrets.json: it is damaged"), "{said:?}");
        assert_eq!(is_there, [false, true]);
    }
}
