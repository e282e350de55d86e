//! `cargo xtask bench matching`: builds the evaluator and what it needs, and hands its arguments on.

use crate::Outcome;
use crate::build::apps::{GLUE, bundle, module};
use crate::places::{Places, write};
use crate::run::run;
use crate::screen::Screen;
use crate::setup::browser::Browser;
use crate::setup::programs::WASM_BINDGEN;
use crate::setup::toolchain::{TARGET, Toolchain};
use crate::setup::{node, programs};
use crate::stopping;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "beforehand-bench";
/// Native code that is measured is optimised for speed, as no other native code here is.
const PROFILE: &str = "bench-native";
const PAGE: &str = "bench-page";

/// Builds what these arguments ask for and runs the evaluator on them.
pub(crate) fn matching(places: &Places, screen: &Screen, arguments: &[OsString]) -> Outcome {
    let asks = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let rivals = places.root.join("tests/bench/rivals");
    if asks("--rivals") || asks("--wasm") {
        node::install(places, screen, &rivals, "the libraries that are measured beside ours")?;
    }
    let mut command = Command::new(compiled(places, screen, "bench-matching")?);
    command.args(arguments).env("BEFOREHAND_BENCH_RIVALS", &rivals);
    if asks("--wasm") {
        let browser = Browser::ensure(places, screen)?;
        command
            .env("BEFOREHAND_BENCH_PAGE", page(places, screen)?)
            .env("BEFOREHAND_CHROMIUM", browser.chromium)
            .env("BEFOREHAND_CHROMEDRIVER", browser.chromedriver);
    }
    measure(command)
}

/// Runs a program that measures, to its end.
pub(super) fn measure(mut command: Command) -> Outcome {
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("{PACKAGE}: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(format!("the benchmark ended: {status}")) }
}

/// One of the package's programs, compiled.
pub(super) fn compiled(places: &Places, screen: &Screen, program: &str) -> Outcome<PathBuf> {
    screen.step("Compile the evaluator", "optimised for this machine", |step| {
        let mut command = Command::new("cargo");
        command.current_dir(&places.root).args(["build", "--profile", PROFILE, "-p", PACKAGE, "--bin", program]);
        run(places, step, "bench-evaluator", command).map(drop)
    })?;
    Ok(places.target.join(PROFILE).join(program))
}

/// Makes the page, with the compiler's and wasm-opt's flags of the panel, and gives its folder.
fn page(places: &Places, screen: &Screen) -> Outcome<PathBuf> {
    node::install(places, screen, &places.root, "workerd, esbuild and wasm-opt")?;
    programs::install(places, screen, &[&WASM_BINDGEN])?;
    let toolchain = Toolchain::ensure(places, screen)?;
    screen.step("Make the benchmark's page", "the engine as the panel has it, and MiniSearch", |step| {
        let mut command = toolchain.command("cargo", &[]);
        command.current_dir(&places.root).args(["build", "--release", "--target", TARGET]);
        command.args(["-p", PACKAGE, "--bin", PAGE, "--features", "page"]);
        run(places, step, "bench-page", command)?;

        let compiled = places.target.join(TARGET).join("release").join(format!("{PAGE}.wasm"));
        let optimised = module(places, step, PAGE, &compiled)?;
        let glue = places.work().join(PAGE).join(format!("{PAGE}.js"));
        let alias = format!("--alias:{GLUE}={}", glue.display());
        let entry = places.root.join("tests/bench/page/page.js");
        let script = bundle(places, step, PAGE, &entry, "js", &["--format=esm", &alias])?;
        let folder = places.work().join(PAGE).join("served");
        write_all(&folder, &[("page.wasm", &optimised), ("page.js", &script)])?;
        Ok(folder)
    })
}

fn write_all(folder: &Path, files: &[(&str, &[u8])]) -> Outcome {
    files.iter().try_for_each(|(name, bytes)| write(&folder.join(name), bytes))
}
