//! Pages of frameworks that take over what a server has made, for the browser tests.

use super::node;
use crate::Outcome;
use crate::build::stamp::Stamp;
use crate::places::Places;
use crate::run::run;
use crate::screen::Screen;
use std::path::PathBuf;
use std::process::Command;

/// The folders, each with its own version: React takes over a page otherwise since its 19.
const FOLDERS: [&str; 2] = ["react-18", "react-19"];

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
    Ok(scripts)
}
