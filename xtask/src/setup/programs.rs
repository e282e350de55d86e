//! The programs that come from the Rust registry, built once and kept in the user's cache folder.

use super::debian;
use crate::Outcome;
use crate::places::{Places, on_path};
use crate::run::{quietly, run};
use crate::screen::{Screen, Step};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A program, with the version that this project is built with.
pub(crate) struct Program {
    package: &'static str,
    version: &'static str,
    /// The features without which it is not built.
    features: &'static [&'static str],
    why: &'static str,
}

/// Makes the JavaScript side of a WebAssembly module. Its version is the library's, to the last digit. With it comes the
/// runner of tests in a browser.
pub(crate) const WASM_BINDGEN: Program = Program {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    features: &[],
    why: "it is compiled once, about a minute",
};

/// Takes a WebAssembly module apart into two.
pub(crate) const WASM_SPLIT: Program = Program {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    features: &["build-binary"],
    why: "it is compiled once, about half a minute",
};

/// Makes a Worker of the edge.
pub(crate) const WORKER_BUILD: Program =
    Program { package: "worker-build", version: "0.8.7", features: &[], why: "it is compiled once, about a minute" };

/// Runs Rust tests in a browser.
pub(crate) const WASM_PACK: Program =
    Program { package: "wasm-pack", version: "0.15.1", features: &[], why: "it is compiled once, about half a minute" };

/// Serves the panel with live reload. Newer ones need a newer compiler.
pub(crate) const TRUNK: Program =
    Program { package: "trunk", version: "0.21.14", features: &[], why: "it is compiled once, about six minutes" };

impl Program {
    /// The folder of its executables.
    pub(crate) fn folder(&self, places: &Places) -> PathBuf {
        places.cache.join(format!("{}-{}", self.package, self.version)).join("bin")
    }

    fn is_installed(&self, places: &Places) -> bool {
        // cargo makes this file first and names the program in it last, so a build that was interrupted does not count.
        let listed = fs::read_to_string(self.folder(places).with_file_name(".crates.toml")).unwrap_or_default();
        listed.contains(&format!("\"{} {} ", self.package, self.version))
    }
}

/// Builds what is missing, one after the other: they share what they are made of.
pub(crate) fn install(places: &Places, screen: &Screen, programs: &[&Program]) -> Outcome {
    let missing: Vec<&&Program> = programs.iter().filter(|program| !program.is_installed(places)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    ensure_openssl(places, screen)?;
    for program in missing {
        let title = format!("Install {} {}", program.package, program.version);
        screen.step(&title, program.why, |step| build(places, step, program))?;
    }
    // A gigabyte that nothing needs any more; another version would share little of it.
    let _ = fs::remove_dir_all(shared_target(places));
    Ok(())
}

/// Built with the versions that its authors tested, or, where the registry's index is a little behind those (which cargo
/// says before it compiles anything), with the newest that fit.
fn build(places: &Places, step: &Step, program: &Program) -> Outcome {
    let log = format!("install-{}", program.package);
    match run(places, step, &log, cargo_install(places, program, true)) {
        Err(error) if !error.contains("could not compile") && !error.contains("Compiling") => {
            run(places, step, &log, cargo_install(places, program, false)).map(drop)
        }
        outcome => outcome.map(drop),
    }
}

fn cargo_install(places: &Places, program: &Program, locked: bool) -> Command {
    let mut command = Command::new("cargo");
    // Unoptimised and without debug information: these run for seconds, and compile in a fifth of the time.
    command
        .args(["install", "--debug", "--root"])
        .arg(places.cache.join(format!("{}-{}", program.package, program.version)))
        .arg(format!("{}@{}", program.package, program.version))
        .env("CARGO_TARGET_DIR", shared_target(places))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .args(program.features.iter().flat_map(|feature| ["--features", feature]))
        .current_dir(&places.cache);
    if locked {
        command.arg("--locked");
    }
    command
}

fn shared_target(places: &Places) -> PathBuf {
    places.cache.join("build")
}

/// worker-build and wasm-pack link the system's OpenSSL, for downloads that we never let them do.
fn ensure_openssl(places: &Places, screen: &Screen) -> Outcome {
    let mut query = Command::new("pkg-config");
    query.args(["--exists", "openssl"]);
    if !cfg!(target_os = "linux") || (on_path(&["pkg-config"]).is_some() && quietly(query).is_some()) {
        return Ok(());
    }
    debian::ensure(places, screen, &["pkg-config", "libssl-dev"], "compiling worker-build")
}
