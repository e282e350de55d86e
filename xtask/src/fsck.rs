//! `cargo xtask fsck DATA [--repair]`: looks whether a data folder is whole, and has its conversations put right what they can.

use crate::Outcome;
use crate::places::Places;
use crate::screen::Screen;
use crate::serve::objects;
use crate::setup::sqlite;
use std::path::PathBuf;

/// Which folder, and whether it is to be repaired.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) data: PathBuf,
    pub(crate) repair: bool,
}

/// Says what was found. An error if something is left that only a backup can repair, or that was not to be repaired.
pub(crate) fn fsck(places: &Places, screen: &Screen, wish: &Wish) -> Outcome {
    let objects = objects(&wish.data);
    if !objects.is_dir() {
        return Err(format!("{} is not there: this is no data folder.", objects.display()));
    }
    sqlite::ensure(places, screen)?;
    let report = ::fsck::look(&objects)?;
    for finding in &report.findings {
        screen.say(&format!("{finding}."));
    }
    let (conversations, found) = (report.conversations, report.findings.len());
    screen.say(&format!("{conversations} conversations, {found} findings."));
    if report.of_earlier_release > 0 {
        let count = report.of_earlier_release;
        screen.say(&format!(
            "{count} objects are of an earlier release: the edge brings them up to date when they are opened."
        ));
    }
    if report.findings.is_empty() {
        return Ok(());
    }
    if !wish.repair {
        return Err(String::from("Stop the edge and add --repair: the conversations then tell their lists anew."));
    }
    let repaired = ::fsck::repair(&objects, &report)?;
    screen.say(&format!("{repaired} conversations tell their lists anew when the edge runs. Look again afterwards."));
    let left = report.findings.iter().filter(|finding| finding.told_by().is_none()).count();
    if left == 0 { Ok(()) } else { Err(format!("{left} findings are left, which only a backup can repair.")) }
}
