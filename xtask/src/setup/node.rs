//! The programs that come from npm: workerd, esbuild, terser, wasm-opt and axe.
//!
//! Their packages' install scripts are not run: the platform's own package already holds the program.

use crate::Outcome;
use crate::build::stamp::Stamp;
use crate::places::{Places, on_path, read, write};
use crate::run::{quietly, run};
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

/// Lighthouse, and the Node that runs it, in a folder of their own among what is built: nothing else needs them.
pub(crate) fn lighthouse(places: &Places, screen: &Screen) -> Outcome<Script> {
    let folder = places.work().join("lighthouse");
    for name in ["package.json", "package-lock.json"] {
        write(&folder.join(name), read(&places.root.join("tests/lighthouse").join(name))?)?;
    }
    install(places, screen, &folder, "Lighthouse, once")?;
    Ok(Script { node: new_enough(&folder, (22, 19)), script: folder.join("node_modules/lighthouse/cli/index.js") })
}

/// A program that Node runs, with one that is new enough for it.
pub(crate) struct Script {
    pub(crate) node: PathBuf,
    pub(crate) script: PathBuf,
}

/// The Node on PATH if it is of this version or a later one, or the one that npm has installed in this folder.
pub(crate) fn new_enough(folder: &Path, oldest: (u32, u32)) -> PathBuf {
    let mut query = Command::new("node");
    query.arg("--version");
    let version = quietly(query).unwrap_or_default();
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or_default());
    let version = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match on_path(&["node"]) {
        Some(own) if version >= oldest => own,
        _ => folder.join(format!("node_modules/node-{}/bin/node", platform("x64"))),
    }
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
