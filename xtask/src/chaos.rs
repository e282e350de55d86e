//! `cargo xtask chaos`: everything that goes wrong with machines, mixed, while people write.

use crate::places::Places;
use crate::screen::Screen;
use crate::setup::node;
use crate::{Outcome, build, stopping};
use std::process::Command;

/// How long, and which chances.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trial {
    pub(crate) minutes: u64,
    pub(crate) seed: u64,
}

impl Default for Trial {
    fn default() -> Self {
        Self { minutes: 10, seed: 20_261 }
    }
}

/// Builds the product and lives through it. The story is printed.
pub(crate) fn chaos(places: &Places, screen: &Screen, trial: &Trial) -> Outcome {
    build::build(places, screen)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .args(["run", "--quiet", "-p", "tests", "--bin", "chaos"])
        .env("BEFOREHAND_DIST", places.dist())
        .env("BEFOREHAND_WORKERD", node::workerd(places)?)
        .env("BEFOREHAND_MINUTES", trial.minutes.to_string())
        .env("BEFOREHAND_SEED", trial.seed.to_string());
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("the chaos: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(String::from("A promise was broken.")) }
}
