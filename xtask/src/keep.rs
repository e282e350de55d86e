//! `cargo xtask keep NAME`: keeps a data folder as this build writes it, for every later build to open.

use std::process::Command;

use crate::places::Places;
use crate::screen::Screen;
use crate::setup::node;
use crate::{Outcome, build, stopping};

/// Builds the product, and lives through what `tests/keep/` does with it.
pub(crate) fn keep(places: &Places, screen: &Screen, name: &str) -> Outcome {
    build::build(places, screen)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .args(["run", "--quiet", "-p", "tests", "--bin", "keep", "--", name])
        .env("BEFOREHAND_DIST", places.dist())
        .env("BEFOREHAND_WORKERD", node::workerd(places)?);
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("what keeps the folder: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(String::from("The folder could not be kept.")) }
}
