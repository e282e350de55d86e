//! The programs that come from npm: workerd, esbuild, wasm-opt and axe.
//!
//! Their packages' install scripts are not run: the platform's own package already holds the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::build::stamp::Stamp;
use crate::places::{Places, on_path};
use crate::run::run;
use crate::screen::Screen;

/// Installs what a folder's `package-lock.json` names, unless that has been done already.
pub(crate) fn install(places: &Places, screen: &Screen, folder: &Path, why: &str) -> Outcome {
    let lock = folder.join("package-lock.json");
    let modules = folder.join("node_modules");
    let stamp = Stamp::new(modules.join(".beforehand")).file(&lock)?;
    if stamp.is_fresh() {
        return Ok(());
    }
    if on_path(&["npm"]).is_none() {
        return Err("npm is missing: install Node 20 or newer".to_owned());
    }
    screen.step("Install programs from npm", why, |step| {
        let mut command = Command::new("npm");
        command.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        run(places, step, "npm", command)?;
        stamp.keep()
    })
}

/// The JavaScript runtime that Cloudflare's edge is made of.
pub(crate) fn workerd(places: &Places) -> Outcome<PathBuf> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", _) => "darwin-64",
        (_, "aarch64") => "linux-arm64",
        _ => "linux-64",
    };
    program(places, &format!("@cloudflare/workerd-{platform}/bin/workerd"))
}

/// Bundles and minifies JavaScript and CSS.
pub(crate) fn esbuild(places: &Places) -> Outcome<PathBuf> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", _) => "darwin-x64",
        (_, "aarch64") => "linux-arm64",
        _ => "linux-x64",
    };
    program(places, &format!("@esbuild/{platform}/bin/esbuild"))
}

/// Makes WebAssembly smaller. A script that Node runs.
pub(crate) fn wasm_opt(places: &Places) -> Outcome<PathBuf> {
    program(places, "binaryen/bin/wasm-opt")
}

/// Looks for barriers in a page.
pub(crate) fn axe(places: &Places) -> Outcome<PathBuf> {
    program(places, "axe-core/axe.min.js")
}

fn program(places: &Places, path: &str) -> Outcome<PathBuf> {
    let file = places.root.join("node_modules").join(path);
    // Some of these programs look at their own real path.
    fs::canonicalize(&file).map_err(|_| format!("npm installed no {path}; remove node_modules and try again"))
}
