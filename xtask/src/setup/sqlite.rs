//! SQLite's own program, by which `fsck` and its tests read stored objects.

use super::debian;
use crate::Outcome;
use crate::places::{Places, on_path};
use crate::screen::Screen;

/// Makes sure that it is there.
pub(crate) fn ensure(places: &Places, screen: &Screen) -> Outcome {
    if on_path(&["sqlite3"]).is_some() {
        return Ok(());
    }
    debian::ensure(places, screen, &["sqlite3"], "reading stored objects")
}
