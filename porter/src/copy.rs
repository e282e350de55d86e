//! Copies the files of databases. One that cannot be read is told, and keeps none of the others from being copied.

use crate::Outcome;
use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, copy as copy_bytes, sink};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The files of a database: itself, and what makes it whole. An index of the second (`-shm`) is made anew by SQLite.
const PARTS: [&str; 3] = ["", "-wal", "-journal"];
/// While the inbox is written anew, it lies in a spare object: both are copied at the same instant, before all others.
const TOGETHER: [&str; 2] = ["inbox", "spare"];

/// The databases in groups, each of which is of one instant. Folders that cannot be listed go to `unread`, with the cause.
pub(crate) fn list(objects: &Path, unread: &mut BTreeMap<PathBuf, String>) -> Outcome<VecDeque<Vec<PathBuf>>> {
    let mut together = Vec::new();
    let mut others = VecDeque::new();
    for class in paths(objects).map_err(|why| format!("{}: {why}", objects.display()))? {
        if !class.is_dir() {
            continue;
        }
        let files = paths(&class).unwrap_or_else(|why| {
            unread.insert(class.clone(), why);
            Vec::new()
        });
        let databases = files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "sqlite"));
        if TOGETHER.iter().any(|name| class.ends_with(name)) {
            together.extend(databases);
        } else {
            others.extend(databases.map(|one| vec![one]));
        }
    }
    others.push_front(together);
    Ok(others)
}

fn paths(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let read = fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|one| one.path())).collect());
    read.map_err(|error| error.to_string())
}

/// Copies a database to the same place in another folder, over what a slice that was given up has left. One that is gone was of an
/// object that has ended. Gives why it could not be read, or not all of it. An error is of the other folder: it takes no more.
pub(crate) fn copy(database: &Path, objects: &Path, to: &Path) -> Outcome<Option<String>> {
    let place = to.join(database.strip_prefix(objects).unwrap_or(database));
    let made = fs::create_dir_all(place.parent().unwrap_or(to));
    made.map_err(|error| format!("{}: {error}", place.display()))?;
    if fsck::is_cut(database) {
        return Ok(Some(String::from(fsck::CUT)));
    }
    let mut lacks = None;
    for part in PARTS {
        let [from, to] = [database, &place].map(|path| {
            let mut name = path.as_os_str().to_owned();
            name.push(part);
            PathBuf::from(name)
        });
        let copied = copy_file(&from, &to)?;
        if copied != Copied::Whole {
            let _not_copied_before = fs::remove_file(&to);
        }
        match copied {
            Copied::Unread(why) if part.is_empty() => lacks = Some(why),
            Copied::Unread(why) if lacks.is_none() => {
                lacks = Some(format!("what was written last is in its {part}, and that cannot be read: {why}"));
            }
            _ => {}
        }
    }
    Ok(lacks)
}

#[derive(Debug, PartialEq, Eq)]
enum Copied {
    Whole,
    Gone,
    Unread(String),
}

fn copy_file(from: &Path, to: &Path) -> Outcome<Copied> {
    match fs::metadata(from) {
        Ok(about) if about.is_file() => {}
        Ok(_) => return Ok(Copied::Unread(String::from("it is no file"))),
        Err(error) if error.kind() == ErrorKind::NotFound && from.symlink_metadata().is_err() => {
            return Ok(Copied::Gone);
        }
        Err(error) => return Ok(Copied::Unread(error.to_string())),
    }
    // The copy is changed later, also that of a file which nobody may write.
    let copied = fs::copy(from, to).and_then(|_| fs::set_permissions(to, Permissions::from_mode(0o600)));
    let Err(error) = copied else { return Ok(Copied::Whole) };
    // Either end may have failed: the one that can be read is not to blame.
    match File::open(from).and_then(|mut file| copy_bytes(&mut file, &mut sink())) {
        Err(error) => Ok(Copied::Unread(error.to_string())),
        Ok(_) => Err(format!("{} cannot be copied to {}: {error}", from.display(), to.display())),
    }
}
