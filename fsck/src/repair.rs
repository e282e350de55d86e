//! Has conversations tell their lists anew.

use crate::alarms;
use crate::database::Database;
use crate::finding::Report;
use crate::folder::files;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The conversation forgets what it has told, and its alarm rings as soon as the edge runs. Then it tells all of its lists, jumps
/// over what they hold, and its visitor's object notes it.
const TELL_ANEW: &str = "DELETE FROM told; \
    CREATE TABLE IF NOT EXISTS _cf_METADATA (key INTEGER PRIMARY KEY, value BLOB); \
    INSERT OR REPLACE INTO _cf_METADATA (key, value) VALUES (1, NOW);";

/// Repairs what telling the lists anew can repair. The edge must not run. Gives how many conversations will do so.
pub fn repair(objects: &Path, report: &Report) -> Result<usize, String> {
    let wanted: BTreeSet<&str> = report.findings.iter().filter_map(|finding| finding.told_by()).collect();
    if wanted.is_empty() {
        return Ok(0);
    }
    let folder = objects.join("conversation");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_nanos().to_string();
    let table = alarms::of_class(&folder)?;
    let mut repaired = 0;
    for file in files(&folder)? {
        let Ok(conversation) = Database::open(&file) else { continue };
        let id = conversation.text("SELECT conversation FROM meta").ok().flatten().unwrap_or_default();
        let Some(actor) = file.file_stem().and_then(|stem| stem.to_str()).filter(|_| wanted.contains(id.as_str()))
        else {
            continue;
        };
        conversation.run(&TELL_ANEW.replace("NOW", &now))?;
        table.run(&alarms::ring(actor, &now))?;
        repaired += 1;
    }
    Ok(repaired)
}
