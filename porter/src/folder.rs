//! The data folder: held by one process, and swept before that begins to serve.

use crate::Outcome;
use crate::log::say;
use nix::fcntl::{Flock, FlockArg};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Who holds the folder: its process and, below that, the workerd that it has started.
const HOLDER: &str = "process";

/// The folder, held until this is dropped or the process ends, however it ends.
pub(crate) type Held = Flock<File>;

/// How long a process that was killed may still be there.
const GONE: Duration = Duration::from_secs(5);

/// The folder, made if it is not there, by the one path that no link leads around. Its files are for its owner alone, also those that
/// an earlier release has left readable for others.
pub(crate) fn real(data: &Path) -> Outcome<PathBuf> {
    let made = fs::create_dir_all(data).and_then(|()| {
        // A folder that has other files is somebody else's.
        if data.join("objects").is_dir() || fs::read_dir(data)?.next().is_none() {
            fs::set_permissions(data, Permissions::from_mode(0o700))?;
        }
        fs::canonicalize(data)
    });
    made.map_err(|error| format!("{}: {error}", data.display()))
}

/// Where a folder's holder is noted; the lock of the folder is on this file.
pub(crate) fn note_of(data: &Path) -> PathBuf {
    data.join(HOLDER)
}

/// The workerd that serves a folder by now; none if the note names none, or one that has ended.
pub(crate) fn serving(data: &Path) -> Option<i32> {
    noted(&fs::read_to_string(note_of(data)).ok()?).1.filter(|pid| serves(*pid, data))
}

/// The porter and the workerd of a note.
fn noted(said: &str) -> (Option<i32>, Option<i32>) {
    let mut numbers = said.lines().map(|line| line.trim().parse().ok());
    (numbers.next().flatten(), numbers.next().flatten())
}

/// Takes the folder for this process, and ends a workerd that a killed one has left behind.
pub(crate) fn hold(data: &Path) -> Outcome<Held> {
    let path = note_of(data);
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    fs::create_dir_all(data.join("objects")).map_err(|error| at(&error))?;
    let (mut lock, left_behind) = lock(data)?;
    if let Some(pid) = left_behind.filter(|pid| serves(*pid, data)) {
        say(&format!("a workerd that was left behind (process {pid}) is ended"));
        let _gone = kill(Pid::from_raw(pid), Signal::SIGKILL);
        // It is a matter of milliseconds, and two at once on one folder are one too many.
        let begun = Instant::now();
        while serves(pid, data) && begun.elapsed() < GONE {
            std::thread::yield_now();
        }
    }
    write(&mut lock, &[std::process::id()]).map_err(|error| at(&error))?;
    Ok(lock)
}

/// Takes the folder for what needs nobody to serve it, and changes nothing.
pub(crate) fn is_free(data: &Path) -> Outcome<Held> {
    let (lock, left_behind) = lock(data)?;
    match left_behind.filter(|pid| serves(*pid, data)) {
        None => Ok(lock),
        Some(pid) => Err(format!(
            "{} is in use by a workerd (process {pid}) that was left behind: start Beforehand on it and stop it, or end that process.",
            data.display()
        )),
    }
}

/// The lock of the folder, and the workerd that its last holder has noted.
fn lock(data: &Path) -> Outcome<(Held, Option<i32>)> {
    let path = note_of(data);
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut file = opened(&path).map_err(|error| at(&error))?;
    let mut said = String::new();
    let _nothing_yet = file.read_to_string(&mut said);
    let (holder, left_behind) = noted(&said);
    let lock = Flock::lock(file, FlockArg::LockExclusiveNonblock).map_err(|(_, _)| {
        let who = holder.map(|pid| format!(" (process {pid})")).unwrap_or_default();
        format!(
            "{} is in use by another Beforehand{who}. Two on one folder would fail each other's visitors: stop that one first, \
             or give this one a folder of its own with --data.",
            data.display()
        )
    })?;
    Ok((lock, left_behind))
}

/// A file that is locked, made if it is not there. It is its folder's owner's: an operator may be root for once, and not the next time.
pub(crate) fn opened(path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    if let Some(Ok(owner)) = path.parent().map(fs::metadata)
        && file.metadata().is_ok_and(|own| own.uid() != owner.uid())
    {
        let _not_root = chown(path, Some(owner.uid()), Some(owner.gid()));
    }
    Ok(file)
}

/// Notes the workerd that serves the folder, beside this process.
pub(crate) fn note(data: &Path, workerd: u32) {
    // The lock is of the process and not of the file that this opens; without the note, a workerd that is left behind stays.
    if let Ok(mut file) = OpenOptions::new().write(true).open(note_of(data)) {
        let _full = write(&mut file, &[std::process::id(), workerd]);
    }
}

/// Whether this process is a workerd on that folder. A number may be another's by now.
fn serves(pid: i32, data: &Path) -> bool {
    let said = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let said = String::from_utf8_lossy(&said).into_owned();
    let Ok(objects) = fs::canonicalize(data.join("objects")) else { return false };
    // It may have been told the folder by another path, also by one from where it stands.
    let leads_there = |argument: &str| {
        let path = Path::new("/proc")
            .join(pid.to_string())
            .join("cwd")
            .join(argument.split_once('=').map_or(argument, |(_, path)| path));
        fs::canonicalize(path).is_ok_and(|path| path == objects)
    };
    said.contains("workerd") && said.split('\0').any(leads_there)
}

fn write(file: &mut File, numbers: &[u32]) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    numbers.iter().try_for_each(|number| writeln!(file, "{number}"))
}

/// Removes the databases in which nothing is; gives how many. An object that was only looked at, or has ended, leaves one. They are
/// safe to remove only while no workerd runs.
pub(crate) fn sweep(data: &Path) -> usize {
    let classes = fs::read_dir(data.join("objects")).into_iter().flatten().flatten();
    let databases = classes.filter_map(|class| fs::read_dir(class.path()).ok()).flatten().flatten();
    let paths = databases.map(|entry| entry.path());
    paths.filter(|path| is_empty(path)).filter(|path| fs::remove_file(path).is_ok()).count()
}

/// The size of a database of one page, as workerd makes it.
const ONE_PAGE: u64 = 4_096;
/// Where the schema's page says of which kind it is, and how many rows it has (SQLite's file format, sections 1.3 and 1.6).
const PAGE_KIND: usize = 100;
const ROWS: std::ops::Range<usize> = 103..105;
/// A leaf of a table.
const LEAF: u8 = 0x0d;

/// Whether a file is a database without a single table, and with nothing in its log.
fn is_empty(path: &Path) -> bool {
    let is_database = path.extension().is_some_and(|ending| ending == "sqlite");
    is_database && size(path) == Some(ONE_PAGE) && size(&beside(path, "-wal")).unwrap_or_default() == 0 && {
        let mut page = Vec::new();
        let read = File::open(path).and_then(|mut file| file.read_to_end(&mut page));
        read.is_ok()
            && page.starts_with(b"SQLite format 3\0")
            && page.get(PAGE_KIND) == Some(&LEAF)
            && page.get(ROWS) == Some(&[0, 0])
    }
}

fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|file| file.len())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// A database of one page with this number of entries in its schema.
    fn page(rows: u8) -> Vec<u8> {
        let mut page = vec![0; 4_096];
        page[..16].copy_from_slice(b"SQLite format 3\0");
        page[100] = 0x0d;
        page[104] = rows;
        page
    }

    #[test]
    fn only_what_is_empty_is_swept_and_one_process_holds_a_folder() {
        let data = std::env::temp_dir().join(format!("beforehand-porter-{}", std::process::id()));
        let held = hold(&data).unwrap();
        let again = hold(&data).map(drop).unwrap_err();
        assert!(again.contains("is in use by another Beforehand") && again.contains(&std::process::id().to_string()));
        drop(held);

        let folder = data.join("objects/conversation");
        fs::create_dir_all(&folder).unwrap();
        let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
        put("empty.sqlite", &page(0));
        put("closed.sqlite", &page(0));
        put("closed.sqlite-wal", b"");
        put("table.sqlite", &page(1));
        put("logged.sqlite", &page(0));
        put("logged.sqlite-wal", b"what was just written");
        put("other.txt", &page(0));
        put("damaged.sqlite", &[0; 4_096]);
        put("short.sqlite", b"SQLite format 3\0");
        let swept = sweep(&data);
        let mut left: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        let _held = hold(&data).unwrap();
        fs::remove_dir_all(&data).unwrap();
        assert_eq!(swept, 2);
        let kept =
            ["closed.sqlite-wal", "damaged.sqlite", "logged.sqlite", "logged.sqlite-wal", "other.txt", "short.sqlite"];
        assert_eq!(left, [&kept[..], &["table.sqlite"]].concat());
    }
}
