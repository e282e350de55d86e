//! `cargo xtask package`: one npm package with everything that a machine with Node needs, for the kind of machine that made it.
//!
//! It has the layout of this repository, so that `edge/workerd.capnp` finds what it embeds. npm packs it: its format, with the same
//! bytes for the same files.

use crate::build::{self, porter};
use crate::places::{Places, at, make_folder, read_text, write};
use crate::run::run;
use crate::screen::Screen;
use crate::{Outcome, stopping};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is taken as it stands in the repository, and where it lies in the package.
const AS_IT_STANDS: [(&str, &str); 5] = [
    ("package/bin", "bin"),
    ("package/lib", "lib"),
    ("package/README.md", "README.md"),
    ("LICENSE", "LICENSE"),
    ("edge/workerd.capnp", "edge/workerd.capnp"),
];
/// What is built, with its place in the package.
const BUILT: [&str; 4] = ["worker", "assets", "www", "content.json"];
/// npm leaves out what such a file names, and a tool has put one beside the worker.
const NOT_PACKED: &str = ".gitignore";
/// The oldest Node that still gets its faults mended when this is released.
const NODE: &str = ">=20";

/// Builds the product and packs it.
pub(crate) fn package(places: &Places, screen: &Screen) -> Outcome {
    build::build(places, screen)?;
    let path = pack(places, screen)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A path from the root would be taken for a program.
    screen.say(&format!("\n{} is made. Beside it, on a machine with Node: npx ./{name} serve", path.display()));
    Ok(())
}

/// Packs what is built. Gives the path of the package.
pub(crate) fn pack(places: &Places, screen: &Screen) -> Outcome<PathBuf> {
    screen.step("Pack the npm package", "npm writes it", |step| {
        let folder = places.work().join("package");
        stage(places, &folder)?;
        let mut command = Command::new("npm");
        command
            .current_dir(&folder)
            .args(["pack", "--json", "--ignore-scripts", "--pack-destination"])
            .arg(places.dist());
        let output = run(places, step, "npm-pack", command)?;
        let name = named(&output).ok_or_else(|| format!("npm pack has named no file:\n{output}"))?;
        let path = places.dist().join(name);
        let bytes = fs::metadata(&path).map_err(|error| at(&path, error))?.len();
        step.result(format!("{} kB", bytes.div_ceil(1_000)));
        Ok(path)
    })
}

/// Puts all files of the package into an empty folder.
fn stage(places: &Places, folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| at(folder, error))?;
    }
    for (from, to) in AS_IT_STANDS {
        copy(&places.root.join(from), &folder.join(to))?;
    }
    for name in BUILT {
        copy(&places.dist().join(name), &folder.join("dist").join(name))?;
    }
    copy(&porter::program(places), &folder.join("dist/porter"))?;
    write(&folder.join("package.json"), about(places)?)
}

/// The package.json.
fn about(places: &Places) -> Outcome<String> {
    let path = places.root.join("package.json");
    let ours: Value = serde_json::from_str(&read_text(&path)?).map_err(|error| at(&path, error))?;
    let workerd = ours.pointer("/devDependencies/workerd").ok_or_else(|| at(&path, "names no workerd"))?;
    let mut about = json!({
        "name": "beforehand",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Answers before visitors finish typing, and a person whenever they want one",
        "license": "Apache-2.0",
        "type": "module",
        "bin": { "beforehand": "bin/beforehand.js" },
        "engines": { "node": NODE },
        "os": [if cfg!(target_os = "macos") { "darwin" } else { "linux" }],
        "cpu": [if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" }],
        "dependencies": { "workerd": workerd },
    });
    if let (true, Some(about)) = (cfg!(target_env = "gnu"), about.as_object_mut()) {
        about.insert(String::from("libc"), json!(["glibc"]));
    }
    serde_json::to_string_pretty(&about).map(|text| format!("{text}\n")).map_err(|error| error.to_string())
}

/// The file that npm says it has made.
fn named(output: &str) -> Option<String> {
    let (from, to) = (output.find("[\n")?, output.rfind(']')?);
    let said: Value = serde_json::from_str(output.get(from..=to)?).ok()?;
    said.pointer("/0/filename").and_then(Value::as_str).map(str::to_owned)
}

/// Copies a file, or a folder with all in it.
fn copy(from: &Path, to: &Path) -> Outcome {
    if stopping::is_stopping() {
        return Err(String::from("stopped"));
    }
    if !from.is_dir() {
        make_folder(to.parent().unwrap_or(to))?;
        return fs::copy(from, to).map(drop).map_err(|error| at(from, error));
    }
    for entry in fs::read_dir(from).map_err(|error| at(from, error))? {
        let name = entry.map_err(|error| at(from, error))?.file_name();
        if name != NOT_PACKED {
            copy(&from.join(&name), &to.join(&name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_found_in_what_npm_says_between_its_notices() {
        let said = "npm notice\n[\n  {\n    \"id\": \"beforehand@0.1.0\",\n    \"filename\": \"beforehand-0.1.0.tgz\"\n  }\n]\n";
        assert_eq!(named(said).as_deref(), Some("beforehand-0.1.0.tgz"));
        assert_eq!(named("npm error"), None);
    }
}
