//! `cargo xtask lint`: format and lints, for what runs here and for what runs as WebAssembly.

use crate::Outcome;
use crate::places::Places;
use crate::run::run;
use crate::screen::Screen;
use crate::setup::toolchain::{TARGET, Toolchain};
use std::process::Command;

/// The crates that are compiled to WebAssembly.
const FOR_WASM: [&str; 12] = [
    "-p",
    "beforehand-shared",
    "-p",
    "panel",
    "-p",
    "inbox",
    "-p",
    "edge",
    "-p",
    "beforehand-bench",
    "--features",
    "beforehand-bench/page",
];

pub(crate) fn lint(places: &Places, screen: &Screen) -> Outcome {
    format(places, screen)?;
    clippy(places, screen)
}

/// The format is rustfmt's.
pub(crate) fn format(places: &Places, screen: &Screen) -> Outcome {
    screen.step("Check the format", "cargo fmt puts it right", |step| {
        let mut command = Command::new("cargo");
        command.current_dir(&places.root).args(["fmt", "--all", "--check"]);
        run(places, step, "fmt", command).map(drop)
    })
}

/// Warnings are errors here.
pub(crate) fn clippy(places: &Places, screen: &Screen) -> Outcome {
    let deny = ["--", "-D", "warnings"];
    screen.step("Lint everything for this machine", "clippy compiles it once", |step| {
        let mut command = Command::new("cargo");
        command.current_dir(&places.root).args(["clippy", "--workspace", "--all-targets"]).args(deny);
        run(places, step, "clippy", command).map(drop)
    })?;

    let toolchain = Toolchain::ensure(places, screen)?;
    if !toolchain.is_rustups() {
        screen.say("Not linted for wasm32: Debian's compiler for it has no clippy of the same version here.");
        return Ok(());
    }
    screen.step("Lint for wasm32", "clippy compiles it once", |step| {
        let mut command = toolchain.command("cargo", &[]);
        command.current_dir(&places.root).args(["clippy", "--target", TARGET]).args(FOR_WASM).args(deny);
        run(places, step, "clippy-wasm", command).map(drop)
    })
}
