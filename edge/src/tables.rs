//! The tables of an object and their layout, which grows from release to release.
//!
//! Each object notes the version of its layout in a table of one row. Tables of an earlier version are brought up to date
//! when the object is read first; those of a later one are left alone.

use crate::failure::Failure;
use crate::platform::transaction;
use crate::sql;
use serde::Deserialize;
use std::cell::Cell;
use worker::Storage;

/// How the tables of one class of objects came to be what they are.
///
/// A step that was released never changes, since objects have taken it: a change of the tables is one more step.
pub(crate) struct Layout {
    /// The statements that lead from each version to the next, from version 0, which is an empty storage.
    pub(crate) steps: &'static [Step],
    /// Brings tables that were made before versions were noted to what the first step makes. The first step is taken on them
    /// afterwards, so it makes only what is not there.
    pub(crate) mend: fn(&Storage) -> Result<(), Failure>,
}

/// Statements that are run together.
pub(crate) type Step = &'static [&'static str];

/// The tables of one object.
pub(crate) struct Tables {
    storage: Storage,
    layout: &'static Layout,
    /// Whether they are there and of this build's layout.
    ready: Cell<bool>,
}

/// Where the version is noted.
const NOTE: &str =
    "CREATE TABLE IF NOT EXISTS schema (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL)";

/// The tables that are ours, the one with the version first. The platform's own begin with `_`: `_cf_` in workerd, `__miniflare_` beside that
/// in wrangler. SQLite's begin with `sqlite_`.
const OURS: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_*' AND name NOT GLOB 'sqlite_*' \
                    ORDER BY name <> 'schema' LIMIT 1";

/// What is stored.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    /// Tables of the time before versions were noted.
    Unnoted,
    Version(u32),
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
}

#[derive(Deserialize)]
struct VersionRow {
    version: u32,
}

impl Tables {
    /// Those of the object whose storage this is.
    pub(crate) fn new(storage: Storage, layout: &'static Layout) -> Self {
        Self { storage, layout, ready: Cell::new(false) }
    }

    /// Whether there are any. Tables of an earlier layout are brought up to date; otherwise nothing is written. Refuses tables of a
    /// later build.
    pub(crate) fn exist(&self) -> Result<bool, Failure> {
        if self.ready.get() {
            return Ok(true);
        }
        match found(&self.storage)? {
            Found::Nothing => return Ok(false),
            Found::Unnoted => self.note_first_version()?,
            Found::Version(version) => migrate(&self.storage, self.layout.steps, version)?,
        }
        self.ready.set(true);
        Ok(true)
    }

    /// Makes them unless they are there.
    pub(crate) fn ensure(&self) -> Result<(), Failure> {
        if !self.exist()? {
            migrate(&self.storage, self.layout.steps, 0)?;
            self.ready.set(true);
        }
        Ok(())
    }

    /// The storage may have changed by now, or be empty: it is looked at again.
    pub(crate) fn look_again(&self) {
        self.ready.set(false);
    }

    fn note_first_version(&self) -> Result<(), Failure> {
        let Some((first, _)) = self.layout.steps.split_first() else { return Ok(()) };
        transaction(&self.storage, || {
            (self.layout.mend)(&self.storage)?;
            take(&self.storage, first, 1)
        })?;
        migrate(&self.storage, self.layout.steps, 1)
    }
}

/// Takes the steps that are still to be taken from this version on, each in a transaction of its own.
fn migrate(storage: &Storage, steps: &[Step], from: u32) -> Result<(), Failure> {
    let newest = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if from > newest {
        return Err(Failure::broken(later(from, newest)));
    }
    for (version, step) in (1..).zip(steps).skip_while(|(version, _)| *version <= from) {
        transaction(storage, || take(storage, step, version))?;
    }
    Ok(())
}

/// Why tables of a later build are left alone.
fn later(found: u32, newest: u32) -> String {
    ["its tables have version ", &found.to_string(), ", and this build knows those up to ", &newest.to_string()]
        .concat()
}

fn take(storage: &Storage, step: Step, version: u32) -> Result<(), Failure> {
    for statement in step {
        sql::run(storage, statement, None)?;
    }
    sql::run(storage, NOTE, None)?;
    let note =
        "INSERT INTO schema (id, version) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version";
    sql::run(storage, note, vec![i64::from(version).into()])?;
    Ok(())
}

fn found(storage: &Storage) -> Result<Found, Failure> {
    match sql::one::<NameRow>(storage, OURS, None)? {
        None => Ok(Found::Nothing),
        Some(NameRow { name }) if name != "schema" => Ok(Found::Unnoted),
        Some(_) => {
            let row: Option<VersionRow> = sql::one(storage, "SELECT version FROM schema", None)?;
            Ok(Found::Version(row.map_or(0, |row| row.version)))
        }
    }
}
