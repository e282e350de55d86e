//! The porter: the process that stands before workerd on a machine of one's own.

use crate::Outcome;
use crate::places::{Places, at};
use crate::run::run;
use crate::screen::Screen;
use crate::setup::toolchain::Toolchain;
use std::fs;
use std::path::PathBuf;

/// Quick code that is compiled in seconds; the other profiles are for what travels.
const PROFILE: &str = "load";

/// Where it is built to.
pub(crate) fn program(places: &Places) -> PathBuf {
    places.dist().join("porter")
}

/// Compiles it, if anything has changed.
pub(crate) fn make(places: &Places, screen: &Screen, toolchain: &Toolchain) -> Outcome {
    screen.step("Compile the porter", "what stands before workerd", |step| {
        let mut command = toolchain.command("cargo", &[]);
        command.current_dir(&places.root).args(["build", "-p", "porter", "--profile", PROFILE]);
        run(places, step, "compile-porter", command)?;
        let (from, to) = (places.target.join(PROFILE).join("porter"), program(places));
        // One that runs cannot be written over, and need not be: its name is given to the new one.
        let beside = to.with_extension("new");
        fs::copy(&from, &beside).and_then(|_| fs::rename(&beside, &to)).map_err(|error| at(&from, error))
    })
}
