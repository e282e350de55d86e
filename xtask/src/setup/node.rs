//! The programs that come from npm: workerd, esbuild, terser, wasm-opt and axe.
//!
//! Their packages' install scripts are not run: the platform's own package already holds the program.

use crate::Outcome;
use crate::build::stamp::Stamp;
use crate::places::{Places, on_path};
use crate::run::run;
use crate::screen::Screen;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    program(places, &format!("@cloudflare/workerd-{}/bin/workerd", platform("64")))
}

/// Bundles and minifies JavaScript and CSS.
pub(crate) fn esbuild(places: &Places) -> Outcome<PathBuf> {
    program(places, &format!("@esbuild/{}/bin/esbuild", platform("x64")))
}

/// Makes JavaScript smaller than a bundler does. A script that Node runs.
pub(crate) fn terser(places: &Places) -> Outcome<PathBuf> {
    program(places, "terser/bin/terser")
}

/// Makes WebAssembly smaller. A script that Node runs.
pub(crate) fn wasm_opt(places: &Places) -> Outcome<PathBuf> {
    program(places, "binaryen/bin/wasm-opt")
}

/// Looks for barriers in a page.
pub(crate) fn axe(places: &Places) -> Outcome<PathBuf> {
    program(places, "axe-core/axe.min.js")
}

/// The name of this machine in a package's; `intel` is what a package calls the processors of Intel and AMD.
fn platform(intel: &str) -> String {
    let system = if std::env::consts::OS == "macos" { "darwin" } else { "linux" };
    let processor = if std::env::consts::ARCH == "aarch64" { "arm64" } else { intel };
    format!("{system}-{processor}")
}

fn program(places: &Places, path: &str) -> Outcome<PathBuf> {
    let file = places.root.join("node_modules").join(path);
    // Some of these programs look at their own real path.
    fs::canonicalize(&file).map_err(|_| format!("npm installed no {path}; remove node_modules and try again"))
}
