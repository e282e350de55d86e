//! `porter backup`: everything of a data folder in one file, while it is served.

use crate::archive;
use crate::copy::copy;
use crate::folder;
use crate::gather::{Gathered, gather};
use crate::interrupted;
use crate::lacks::Lacks;
use crate::manifest::Manifest;
use crate::secrets::{self, SECRETS};
use crate::standstill;
use crate::{NotWhole, Outcome};
use nix::fcntl::{Flock, FlockArg};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Held while a backup is made, so that nobody else makes one, and nobody lets workerd go on in its midst.
const LOCK: &str = "backup.lock";

/// Puts everything that can be read into a new file. It has all that was acknowledged in that before this is called. Gives what is
/// not in it, or damaged.
pub(crate) fn backup(data: &Path, to: &Path) -> Outcome<NotWhole> {
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
    let mut gathered = gather(&data, &objects)?;
    let secrets = copy(&data.join(SECRETS), &data, &staging.0)?;
    gathered.unread.extend(secrets.map(|why| (data.join(SECRETS), why)));

    let (_, broken) = fsck::fold(&objects)?;
    folder::sweep(&staging.0);
    let alarms = fsck::set_alarms(&objects)?;
    let report = fsck::look(&objects)?;
    let repaired = fsck::repair(&objects, &report)?;
    let (_, unfolded) = fsck::fold(&objects)?;
    interrupted::check()?;
    let mut lacks = Lacks::default();
    lacks.found(broken.into_iter().chain(report.findings.iter().cloned()).chain(unfolded), &staging.0);
    lacks.unread(std::mem::take(&mut gathered.unread), &data);
    secrets::fault(&staging.0).into_iter().for_each(|why| lacks.secrets(why));
    // Those of the copy were made anew from what the objects know.
    let mut in_the_copy = lacks.clone();
    in_the_copy.forget_alarms();
    in_the_copy.found([alarms.findings, repaired.findings].concat(), &staging.0);
    let mut manifest = Manifest::new(made, report.conversations, in_the_copy);
    let bytes = archive::pack(&staging.0, &mut manifest, to)?;

    println!(
        "{} holds {} databases with {} conversations, as of {}: {} kB. {}",
        to.display(),
        manifest.databases,
        report.conversations,
        manifest.made,
        bytes.div_ceil(1_000),
        in_words(&gathered)
    );
    let (talks, alarms) = (repaired.conversations, alarms.set + repaired.alarms);
    if talks > 0 || alarms > 0 {
        println!(
            "It was copied in the midst of changes: {talks} conversations tell their lists anew after a restore, {alarms} alarms were set."
        );
    }
    lacks.note(&data);
    if lacks.is_empty() {
        println!("It was looked through, and is whole.");
        return Ok(None);
    }
    let whole = if manifest.lacks.is_empty() { "is whole, and the folder is not" } else { "is NOT WHOLE" };
    Ok(Some(format!(
        "{} {whole}: of {} this is damaged, or cannot be read.\n{lacks}\nEverything else is in it. {}",
        to.display(),
        data.display(),
        lacks.advice()
    )))
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
