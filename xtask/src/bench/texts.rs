//! `cargo xtask bench texts`: what 8,000 characters cost in each script, beside English.

use super::matching::{compiled, measure};
use crate::Outcome;
use crate::places::Places;
use crate::screen::Screen;
use std::process::Command;

/// Builds the program and runs it; a text that is too dear is an error.
pub(crate) fn texts(places: &Places, screen: &Screen) -> Outcome {
    measure(Command::new(compiled(places, screen, "bench-texts")?))
}
