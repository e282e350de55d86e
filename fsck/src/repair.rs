//! Has conversations tell their lists anew.

use crate::alarms::set_alarms;
use crate::database::Database;
use crate::finding::{Finding, Report};
use crate::folder::listed;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The conversation forgets what it has told, and its alarm rings as soon as the edge runs. Then it tells all of its lists, jumps
/// over what they hold, and its visitor's object notes it.
const TELL_ANEW: &str = "DELETE FROM told; \
    CREATE TABLE IF NOT EXISTS _cf_METADATA (key INTEGER PRIMARY KEY, value BLOB); \
    INSERT OR REPLACE INTO _cf_METADATA (key, value) VALUES (1, NOW);";

/// What was repaired.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    /// How many conversations will tell their lists anew.
    pub conversations: usize,
    /// How many alarms the platform did not know.
    pub alarms: usize,
    /// What could not be changed. The rest was.
    pub findings: Vec<Finding>,
}

/// Repairs what telling the lists anew can repair, and the alarms. The edge must not run. An error is of the folder: it cannot be read.
pub fn repair(objects: &Path, report: &Report) -> Result<Repaired, String> {
    let wanted: BTreeSet<&str> = report.findings.iter().filter_map(|finding| finding.told_by()).collect();
    let mut repaired = Repaired::default();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_nanos().to_string();
    let folder = objects.join("conversation");
    // The report has those that cannot be listed or opened.
    let files = if wanted.is_empty() { Vec::new() } else { listed(&folder, &mut Vec::new()) };
    for file in files {
        let Ok(conversation) = Database::open(&file) else { continue };
        let id = conversation.text("SELECT conversation FROM meta").ok().flatten().unwrap_or_default();
        if !wanted.contains(id.as_str()) {
            continue;
        }
        match conversation.run(&TELL_ANEW.replace("NOW", &now)) {
            Ok(()) => repaired.conversations += 1,
            Err(why) => repaired.findings.push(Finding::Unreadable { file, why }),
        }
    }
    let alarms = set_alarms(objects)?;
    repaired.alarms = alarms.set;
    repaired.findings.extend(alarms.findings);
    Ok(repaired)
}
