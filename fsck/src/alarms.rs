//! Alarms: each object knows its own, and the platform reads those of a class from one database when it starts.

use crate::database::{Asked, Database, quoted};
use crate::finding::Finding;
use crate::folder::{ALARMS, classes, listed};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The time at which an object is to be woken, in nanoseconds.
const OWN: &str = "SELECT CAST(value AS TEXT) FROM _cf_METADATA WHERE key = 1 AND value IS NOT NULL";
/// Where the platform looks for alarms when it starts.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS _cf_ALARM (actor_id TEXT PRIMARY KEY, scheduled_time INTEGER, actor_name TEXT) \
    WITHOUT ROWID";
const SET: &str = "INSERT OR REPLACE INTO _cf_ALARM (actor_id, scheduled_time) VALUES (ACTOR, TIME)";
const ALL: &str = "SELECT actor_id || ' ' || scheduled_time FROM _cf_ALARM";
/// One that is damaged is put aside by this ending.
const DAMAGED: &str = ".damaged";
/// What SQLite keeps beside a database. It would be taken for a part of the next one by that name.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What was done with the alarms of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alarms {
    /// How many were set.
    pub set: usize,
    /// Where those of a class could not be set.
    pub findings: Vec<Finding>,
}

/// Has the platform know the alarm of every object, as the object knows it itself: a copy may have one without the other. A database of
/// alarms that is damaged is put aside, and made anew from what the objects know. The edge must not run. An error is of the folder:
/// it cannot be read.
pub fn set_alarms(objects: &Path) -> Result<Alarms, String> {
    let mut done = Alarms::default();
    for class in classes(objects)? {
        let folder = objects.join(class);
        let mut wanted = BTreeMap::new();
        // A folder that cannot be listed is a finding of who looks.
        for file in listed(&folder, &mut Vec::new()) {
            // An object that never set one has no such table, and one that cannot be read is a finding.
            let own = Database::open(&file).and_then(|object| object.text(OWN)).ok().flatten();
            let name = file.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned);
            wanted.extend(name.zip(own));
        }
        let file = folder.join(ALARMS);
        let is_damaged = file.symlink_metadata().is_ok() && Database::open(&file).and_then(|it| it.is_whole()).is_err();
        if wanted.is_empty() && !is_damaged {
            continue;
        }
        let put_aside = if is_damaged { aside(&file) } else { Ok(()) };
        match put_aside.and_then(|()| set_all(&folder, wanted)) {
            Ok(count) => done.set += count,
            Err(why) => done.findings.push(Finding::Unreadable { file, why }),
        }
    }
    Ok(done)
}

fn set_all(folder: &Path, mut wanted: BTreeMap<String, String>) -> Asked<usize> {
    let alarms = of_class(folder)?;
    for line in alarms.column(ALL)? {
        if let Some((actor, time)) = line.split_once(' ')
            && wanted.get(actor).is_some_and(|own| own == time)
        {
            wanted.remove(actor);
        }
    }
    for (actor, time) in &wanted {
        alarms.run(&ring(actor, time))?;
    }
    Ok(wanted.len())
}

/// Gives a damaged one another name, by which nobody reads it.
fn aside(file: &Path) -> Asked<()> {
    fs::rename(file, named(file, DAMAGED)).map_err(|error| error.to_string())?;
    for ending in BESIDE {
        let _not_there = fs::remove_file(named(file, ending));
    }
    Ok(())
}

fn named(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The statement that sets an object's alarm.
fn ring(actor: &str, time: &str) -> String {
    SET.replace("ACTOR", &quoted(actor)).replace("TIME", time)
}

/// The database of a class's alarms, with its table.
fn of_class(folder: &Path) -> Asked<Database> {
    let alarms = Database::make(&folder.join(ALARMS))?;
    alarms.run(TABLE)?;
    Ok(alarms)
}
