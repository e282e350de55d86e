//! Looks at a data folder whose edge has been stopped: what is broken in it, and what its objects say of each other that does not
//! agree, as after a copy that was made while the edge ran, a deleted `-wal` file or a repair by hand.
//!
//! `look` changes nothing. `repair` changes no words of anybody: it has the conversations tell their lists anew as soon as the edge
//! runs, by a method that the edge itself has (`told`, and an alarm).

mod alarms;
mod cut;
mod database;
mod finding;
mod folder;
mod repair;

pub use alarms::{Alarms, set_alarms};
pub use cut::{CUT, is_cut};
pub use finding::{Finding, List, Report};
pub use folder::{fold, look};
pub use repair::{Repaired, repair};
