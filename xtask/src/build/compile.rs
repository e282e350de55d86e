//! Compiles everything that runs as WebAssembly, in one call.

use crate::Outcome;
use crate::places::Places;
use crate::run::run;
use crate::screen::Screen;
use crate::setup::toolchain::{TARGET, Toolchain};

/// Named together in every call, also in worker-build's: cargo merges the features of what it builds together, so a call
/// with fewer of them would compile their common dependencies a second time. The panel is one that can be taken apart.
pub(crate) const PACKAGES: [&str; 8] = ["-p", "panel", "-p", "inbox", "-p", "edge", "--features", "panel/split"];

pub(crate) fn release(places: &Places, screen: &Screen, toolchain: &Toolchain) -> Outcome {
    screen.step(
        "Compile panel, inbox and edge",
        "the first time takes minutes; after that, only what changed",
        |step| {
            let mut command = toolchain.command("cargo", &[]);
            command.current_dir(&places.root).args(["build", "--release", "--target", TARGET]).args(PACKAGES);
            run(places, step, "compile", command).map(drop)
        },
    )
}
