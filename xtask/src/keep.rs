//! `cargo xtask keep NAME`: keeps a data folder as this build writes it, for every later build to open.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, product};

/// Builds the product, and lives through what `tests/keep/` does with it.
pub(crate) fn keep(places: &Places, screen: &Screen, name: &str) -> Outcome {
    let mut command = product::program(places, screen, "keep", &[])?;
    command.arg(name);
    product::to_its_end(command, "The folder could not be kept.")
}
