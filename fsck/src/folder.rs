//! Reads what the objects of a folder say, and compares it.

use crate::database::Database;
use crate::finding::{Finding, List, Report};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a conversation says of itself. An event's row has the revision that came with it.
const CONVERSATION: &str = "SELECT json_object('id', conversation, 'revision', MAX(revision, \
     IFNULL((SELECT MAX(revision) FROM events), 0)), 'events', (SELECT COUNT(*) FROM events), \
     'last', IFNULL((SELECT MAX(seq) FROM events), 0), 'told', json((SELECT json_group_object(target, revision) FROM told)), \
     'rings', (SELECT COUNT(*) FROM _cf_METADATA WHERE key = 1 AND value IS NOT NULL)) FROM meta";
/// The lines of an inbox.
const INBOX: &str = "SELECT json_group_object(id, version) FROM conversations";
/// The lines of a visitor's list, and the conversations that it knows.
const VISITOR: &str = "SELECT json_object('lines', json((SELECT json_group_object(id, revision) FROM threads)), \
                       'known', json((SELECT json_group_array(id) FROM conversations)))";
/// What is in it.
const TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table'";
/// The classes whose objects are compared. Of all others it is only seen whether they can be read.
const COMPARED: [&str; 3] = ["conversation", "inbox", "visitor"];
/// The platform keeps the alarms of all objects of a class beside them.
pub(crate) const ALARMS: &str = "metadata.sqlite";

#[derive(Deserialize)]
struct Conversation {
    id: String,
    revision: u32,
    events: u32,
    last: u32,
    told: BTreeMap<String, u32>,
    rings: u32,
}

#[derive(Deserialize)]
struct Visitor {
    lines: BTreeMap<String, u32>,
    known: BTreeSet<String>,
}

/// Looks at the objects in a folder. An error is of the looking itself: the folder cannot be read.
pub fn look(objects: &Path) -> Result<Report, String> {
    let mut report = Report::default();
    let mut inbox: BTreeMap<String, u32> = BTreeMap::new();
    let mut of_visitors: BTreeMap<String, u32> = BTreeMap::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for file in listed(&objects.join("inbox"), &mut report.findings) {
        inbox.extend(read::<BTreeMap<String, u32>>(&file, "conversations", INBOX, &mut report).unwrap_or_default());
    }
    for file in listed(&objects.join("visitor"), &mut report.findings) {
        if let Some(visitor) = read::<Visitor>(&file, "threads", VISITOR, &mut report) {
            of_visitors.extend(visitor.lines);
            known.extend(visitor.known);
        }
    }
    for class in classes(objects)? {
        let folder = objects.join(&class);
        let is_compared = COMPARED.contains(&class.as_str());
        let of_class = if is_compared { Vec::new() } else { listed(&folder, &mut report.findings) };
        for file in alarms(&folder).into_iter().chain(of_class) {
            tables(&file, &mut report);
        }
    }
    for file in listed(&objects.join("conversation"), &mut report.findings) {
        let Some(one) = read::<Conversation>(&file, "meta", CONVERSATION, &mut report) else { continue };
        report.conversations += 1;
        if one.events != one.last {
            let (conversation, events, last) = (one.id.clone(), one.events, one.last);
            report.findings.push(Finding::Gap { conversation, events, last });
        }
        if one.events == 0 {
            continue;
        }
        report.findings.extend(compare(&one, List::Inbox, inbox.get(&one.id).copied()));
        report.findings.extend(compare(&one, List::Visitor, of_visitors.get(&one.id).copied()));
        if !known.contains(&one.id) {
            report.findings.push(Finding::Unknown { conversation: one.id });
        }
    }
    report.findings.sort();
    Ok(report)
}

/// The classes of objects that are in the folder, in order.
pub(crate) fn classes(objects: &Path) -> Result<Vec<String>, String> {
    let at = |error: std::io::Error| format!("{}: {error}", objects.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(objects).map_err(at)? {
        let path = entry.map_err(at)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).map(String::from);
        found.extend(name.filter(|_| path.is_dir()));
    }
    found.sort();
    Ok(found)
}

/// The databases of one class of objects. A folder that cannot be read is noted, and the others are looked at.
pub(crate) fn listed(folder: &Path, findings: &mut Vec<Finding>) -> Vec<PathBuf> {
    let unreadable = |why| findings.push(Finding::Unreadable { file: folder.to_owned(), why });
    files(folder).map_err(unreadable).unwrap_or_default()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let is_alarms = path.file_name().is_some_and(|name| name == ALARMS);
        if path.extension().is_some_and(|extension| extension == "sqlite") && !is_alarms {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The database of a class's alarms, or what stands in its place; none if the class has set no alarm.
fn alarms(folder: &Path) -> Option<PathBuf> {
    Some(folder.join(ALARMS)).filter(|path| path.symlink_metadata().is_ok())
}

/// Folds what stands beside each database (`-wal`) into it, so that the database alone is whole. Gives how many databases there
/// are, and what could not be folded.
pub fn fold(objects: &Path) -> Result<(usize, Vec<Finding>), String> {
    let (mut databases, mut findings) = (0, Vec::new());
    for class in classes(objects)? {
        let folder = objects.join(class);
        for file in listed(&folder, &mut findings).into_iter().chain(alarms(&folder)) {
            databases += 1;
            let folded = Database::open(&file).and_then(|database| database.fold());
            findings.extend(folded.err().map(|why| Finding::Unreadable { file, why }));
        }
    }
    Ok((databases, findings))
}

/// A database that is whole, with its tables; none if it is not, which is noted.
fn tables(file: &Path, report: &mut Report) -> Option<(Database, BTreeSet<String>)> {
    let opened = Database::open(file).and_then(|database| {
        database.is_whole()?;
        let names = database.column(TABLES)?;
        Ok((database, names.into_iter().collect()))
    });
    opened.map_err(|why| report.findings.push(Finding::Unreadable { file: file.to_owned(), why })).ok()
}

/// What an object says; none if it has been erased, or is of an earlier release.
fn read<T: for<'a> Deserialize<'a>>(file: &Path, table: &str, query: &str, report: &mut Report) -> Option<T> {
    let (database, tables) = tables(file, report)?;
    if !tables.contains(table) {
        return None;
    }
    match database.text(query) {
        Ok(text) => text.and_then(|text| serde_json::from_str(&text).ok()),
        Err(_) => {
            report.of_earlier_release += 1;
            None
        }
    }
}

/// What a list holds of a conversation, beside what the conversation takes it to hold.
fn compare(one: &Conversation, list: List, holds: Option<u32>) -> Option<Finding> {
    let told = one.told.get(list.name()).copied().unwrap_or_default();
    let conversation = one.id.clone();
    let is_older = holds.unwrap_or_default() < told;
    let is_later = holds.is_some_and(|holds| holds > one.revision);
    if is_older || is_later {
        return Some(Finding::Line { conversation, list, holds, told });
    }
    (told < one.revision && one.rings == 0).then_some(Finding::Untold { conversation, list })
}
