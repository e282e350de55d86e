//! Pages of frameworks, for the browser tests: those that take over what a server has made, and those with a wrapper of the npm package
//! `beforehand-widget`, which is packed and installed as its users do.

use super::node;
use crate::Outcome;
use crate::build::stamp::Stamp;
use crate::places::{Places, at, make_folder, write};
use crate::run::run;
use crate::screen::{Screen, Step};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders, each with its own version: React takes over a page otherwise since its 19.
const FOLDERS: [&str; 2] = ["react-18", "react-19"];

/// The frameworks with a wrapper.
const WRAPPED: [&str; 3] = ["react", "vue", "svelte"];

/// Bundles the page with each of the frameworks, unless that has been done; gives the folder of the scripts.
pub(crate) fn ensure(places: &Places, screen: &Screen) -> Outcome<PathBuf> {
    let sources = places.root.join("tests/frameworks");
    let page = sources.join("page.js");
    let scripts = places.work().join("frameworks");
    for name in FOLDERS {
        let folder = sources.join(name);
        node::install(places, screen, &folder, &format!("{name}, for a page of the tests"))?;
        let out = scripts.join(name).with_extension("js");
        let stamp = Stamp::new(out.with_extension("stamp"))
            .text(include_str!("frameworks.rs"))
            .file(&page)?
            .file(&folder.join("package-lock.json"))?;
        if stamp.is_fresh() && out.is_file() {
            continue;
        }
        screen.step(&format!("Bundle a page with {name}"), "for the tests", |step| {
            let mut command = Command::new(node::esbuild(places)?);
            command.arg(&page).arg(format!("--outfile={}", out.display())).args([
                "--bundle",
                "--log-level=warning",
                // What a page in the world has; the other build writes to the console.
                "--define:process.env.NODE_ENV=\"production\"",
            ]);
            command.env("NODE_PATH", folder.join("node_modules"));
            run(places, step, &format!("esbuild-{name}"), command)?;
            stamp.keep()
        })?;
    }
    wrappers(places, screen, &scripts.join("wrappers"))?;
    Ok(scripts)
}

/// Bundles a page with each wrapper of the package, has its types checked, and runs it without a page as a server does.
fn wrappers(places: &Places, screen: &Screen, out: &Path) -> Outcome {
    let sources = places.root.join("tests/frameworks/wrappers");
    let package = places.root.join("widget/npm");
    node::install(places, screen, &sources, "frameworks with a wrapper, for pages of the tests")?;
    let stamp = Stamp::new(out.join("made.stamp"))
        .text(include_str!("frameworks.rs"))
        .file(&sources.join("package-lock.json"))?
        .file(&sources.join("bundle.mjs"))?
        .file(&sources.join("types.ts"))?
        .file(&sources.join("Shop.svelte"))?
        .folder(&package, &["js", "ts", "json"])?;
    let stamp = WRAPPED.iter().try_fold(stamp, |stamp, name| stamp.file(&sources.join(name).with_extension("js")))?;
    if stamp.is_fresh() {
        return Ok(());
    }
    screen.step("Pack the widget's npm package", "and bundle a page with each of its wrappers", |step| {
        let installed = install_packed(places, step, &package)?;
        make_folder(out)?;
        let mut command = Command::new("node");
        command.arg(sources.join("bundle.mjs")).arg(node::esbuild(places)?).arg(&installed).arg(out);
        run(places, step, "wrappers", command)?;
        stamp.keep()
    })
}

/// Packs the package and installs it into an empty folder, whose path it gives. Its frameworks lie elsewhere.
fn install_packed(places: &Places, step: &Step, package: &Path) -> Outcome<PathBuf> {
    let folder = places.work().join("wrappers");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| at(&folder, error))?;
    }
    make_folder(&folder)?;
    write(&folder.join("package.json"), r#"{"private":true}"#)?;
    let mut command = Command::new("npm");
    command.current_dir(package).args(["pack", "--ignore-scripts", "--pack-destination"]).arg(&folder);
    let packed = run(places, step, "npm-pack-widget", command)?;
    let name = packed.lines().rfind(|line| line.ends_with(".tgz")).ok_or("npm pack has named no file")?;
    let mut command = Command::new("npm");
    command.current_dir(&folder).args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--offline"]);
    command.arg("--legacy-peer-deps").arg(folder.join(name.trim()));
    run(places, step, "npm-install-widget", command)?;
    Ok(folder)
}
