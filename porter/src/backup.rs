//! `porter backup`: everything of a data folder in one file, while it is served.

use crate::Outcome;
use crate::archive::{self, Manifest};
use crate::folder;
use crate::gather::{Gathered, gather};
use crate::interrupted;
use crate::standstill;
use nix::fcntl::{Flock, FlockArg};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Held while a backup is made, so that nobody else makes one, and nobody lets workerd go on in its midst.
const LOCK: &str = "backup.lock";

/// Puts everything into a new file. It has all that was acknowledged before this is called. An error, too, if something that only an
/// older backup can repair was found; the file is there then.
pub(crate) fn backup(data: &Path, to: &Path) -> Outcome {
    if !data.join("objects").is_dir() {
        return Err(format!("{} is no data folder: it has no objects in it.", data.display()));
    }
    let data = fs::canonicalize(data).map_err(|error| format!("{}: {error}", data.display()))?;
    if to.exists() {
        return Err(format!("{} is there already. A backup is a new file.", to.display()));
    }
    let _alone = alone(&data)?;
    let made = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let staging = Staging::beside(to)?;
    let objects = staging.0.join("objects");
    let gathered = gather(&data, &objects)?;
    let secrets = data.join("secrets.json");
    if secrets.is_file() {
        fs::copy(&secrets, staging.0.join("secrets.json"))
            .map_err(|error| format!("{}: {error}", secrets.display()))?;
    }

    let (_, broken) = fsck::fold(&objects)?;
    folder::sweep(&staging.0);
    let alarms = fsck::set_alarms(&objects)?;
    let report = fsck::look(&objects)?;
    let repaired = fsck::repair(&objects, &report)?;
    let (databases, _) = fsck::fold(&objects)?;
    interrupted::check()?;
    let manifest = Manifest::new(made, databases, report.conversations);
    let bytes = archive::pack(&staging.0, &manifest, to)?;

    println!(
        "{} holds {databases} databases with {} conversations, as of {}: {} kB. {}",
        to.display(),
        report.conversations,
        manifest.made,
        bytes.div_ceil(1_000),
        in_words(&gathered)
    );
    if repaired > 0 || alarms > 0 {
        println!(
            "It was copied in the midst of changes: {repaired} conversations tell their lists anew after a restore, {alarms} alarms were set."
        );
    }
    let left: Vec<String> =
        report.findings.iter().filter(|one| one.told_by().is_none()).chain(&broken).map(ToString::to_string).collect();
    if left.is_empty() {
        println!("It was looked through, and is whole.");
        return Ok(());
    }
    Err(format!(
        "{}.\nThis is not whole, and it was so before the backup: only an older one can repair it.",
        left.join(".\n")
    ))
}

/// Whether a backup is being made of a folder.
pub(crate) fn is_under_way(data: &Path) -> bool {
    File::open(data.join(LOCK)).is_ok_and(|file| Flock::lock(file, FlockArg::LockSharedNonblock).is_err())
}

fn alone(data: &Path) -> Outcome<Flock<File>> {
    let path = data.join(LOCK);
    let file = folder::opened(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lock = Flock::lock(file, FlockArg::LockExclusiveNonblock)
        .map_err(|_| format!("Another backup of {} is being made: wait for it.", data.display()))?;
    // One that was killed in its midst has left it standing.
    if let Some(process) = folder::serving(data).filter(|process| standstill::stands_still(*process)) {
        standstill::go_on(process);
    }
    Ok(lock)
}

fn in_words(gathered: &Gathered) -> String {
    match gathered.times {
        0 => String::from("Nobody served it meanwhile."),
        1 => format!("Visitors waited for {} ms.", gathered.longest.as_millis()),
        times => format!("Visitors waited {times} times, for at most {} ms.", gathered.longest.as_millis()),
    }
}

/// The folder in which a backup is put together; removed when this is dropped.
struct Staging(PathBuf);

impl Staging {
    fn beside(to: &Path) -> Outcome<Self> {
        let name = to.file_name().ok_or_else(|| format!("{} is no name of a file.", to.display()))?;
        let folder = to.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
        // One that is there is another's, who would be given the secrets.
        let at = |error: std::io::Error| format!("{}: {error}", folder.display());
        fs::create_dir(&folder).map_err(at)?;
        let staging = Self(folder.clone());
        fs::create_dir(folder.join("objects")).map_err(at)?;
        Ok(staging)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _left = fs::remove_dir_all(&self.0);
    }
}
