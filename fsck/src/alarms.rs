//! Alarms: each object knows its own, and the platform reads those of a class from one database when it starts.

use crate::database::{Database, quoted};
use crate::folder::{ALARMS, classes, files};
use std::collections::BTreeMap;
use std::path::Path;

/// The time at which an object is to be woken, in nanoseconds.
const OWN: &str = "SELECT CAST(value AS TEXT) FROM _cf_METADATA WHERE key = 1 AND value IS NOT NULL";
/// Where the platform looks for alarms when it starts.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS _cf_ALARM (actor_id TEXT PRIMARY KEY, scheduled_time INTEGER, actor_name TEXT) \
    WITHOUT ROWID";
const SET: &str = "INSERT OR REPLACE INTO _cf_ALARM (actor_id, scheduled_time) VALUES (ACTOR, TIME)";
const ALL: &str = "SELECT actor_id || ' ' || scheduled_time FROM _cf_ALARM";

/// Has the platform know the alarm of every object, as the object knows it itself: a copy may have one without the other. The edge must
/// not run. Gives how many were set.
pub fn set_alarms(objects: &Path) -> Result<usize, String> {
    let mut set = 0;
    for class in classes(objects)? {
        let folder = objects.join(class);
        let mut wanted = BTreeMap::new();
        for file in files(&folder)? {
            // An object that never set one has no such table, and one that cannot be read is a finding.
            let own = Database::open(&file).and_then(|object| object.text(OWN)).ok().flatten();
            let name = file.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned);
            wanted.extend(name.zip(own));
        }
        if wanted.is_empty() {
            continue;
        }
        let alarms = of_class(&folder)?;
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
        set += wanted.len();
    }
    Ok(set)
}

/// The statement that sets an object's alarm.
pub(crate) fn ring(actor: &str, time: &str) -> String {
    SET.replace("ACTOR", &quoted(actor)).replace("TIME", time)
}

/// The database of a class's alarms, with its table.
pub(crate) fn of_class(folder: &Path) -> Result<Database, String> {
    let alarms = Database::make(&folder.join(ALARMS))?;
    alarms.run(TABLE)?;
    Ok(alarms)
}
