//! A wasm32 toolchain made of Debian packages: their compiler, and the standard library built from their source.

use super::{TARGET, forget_rustup};
use crate::Outcome;
use crate::places::{Places, at, make_folder, write};
use crate::run::{quietly, run};
use crate::screen::{Screen, Step};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler, cargo, the library's source and the linker.
pub(crate) const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LLD: &str = "/usr/lib/llvm-19/bin/lld";

/// Gives the folder with the toolchain's `cargo` and `rustc`, and builds the toolchain first if it is not there.
pub(crate) fn ensure(places: &Places, screen: &Screen) -> Outcome<PathBuf> {
    let mut query = Command::new(RUSTC);
    query.arg("--version");
    let version = quietly(query).ok_or_else(|| format!("{RUSTC} does not run"))?;
    let version = version.split(' ').nth(1).unwrap_or("unknown");
    let sysroot = places.cache.join(format!("wasm32-sysroot-{version}"));
    let wrappers = sysroot.join("bin");
    // The wrappers are written last.
    if wrappers.join("rustc").is_file() {
        return Ok(wrappers);
    }
    let why = "there is no prebuilt one to download; once, about a minute";
    screen.step("Build the standard library for wasm32", why, |step| build(places, step, &sysroot))?;
    Ok(wrappers)
}

fn build(places: &Places, step: &Step, sysroot: &Path) -> Outcome {
    // Two builds of the library in one sysroot would clash, so it starts from nothing.
    let scratch = places.work().join("wasm32-std");
    for folder in [&scratch, sysroot] {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| at(folder, error))?;
        }
    }
    write(&scratch.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2021\"\n\n[workspace]\n")?;
    write(&scratch.join("src/lib.rs"), "#![no_std]\n")?;
    run(places, step, "wasm32-std", cargo_build_std(&scratch))?;

    collect(&scratch.join("target").join(TARGET).join("release/deps"), &sysroot.join("lib/rustlib").join(TARGET))?;
    link_host(sysroot)?;
    let sysroot_text = sysroot.to_string_lossy();
    script(&sysroot.join("bin/rustdoc"), &format!("exec /usr/bin/rustdoc --sysroot '{sysroot_text}' \"$@\""))?;
    script(&sysroot.join("bin/cargo"), &format!("exec {CARGO} \"$@\""))?;
    script(&sysroot.join("bin/rustc"), &format!("exec {RUSTC} --sysroot '{sysroot_text}' \"$@\""))?;
    fs::remove_dir_all(&scratch).map_err(|error| at(&scratch, error))
}

fn cargo_build_std(scratch: &Path) -> Command {
    let mut command = Command::new(CARGO);
    command
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"])
        .current_dir(scratch)
        // build-std is not stable; the library's source and the compiler are of one package, so it fits.
        .env("RUSTC_BOOTSTRAP", "1")
        // Link-time optimisation of what is built with this library wants its bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", scratch.join("target"));
    forget_rustup(&mut command);
    // After that, because it is one of the things to forget.
    command.env("RUSTC", RUSTC);
    command
}

/// Takes the library's parts, and not the empty crate that asked for them.
fn collect(deps: &Path, target: &Path) -> Outcome {
    let libraries = target.join("lib");
    make_folder(&libraries)?;
    for entry in fs::read_dir(deps).map_err(|error| at(deps, error))? {
        let path = entry.map_err(|error| at(deps, error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::copy(&path, libraries.join(name)).map_err(|error| at(&path, error))?;
        }
    }
    Ok(())
}

/// Build scripts and macros run here, with Debian's own library, and wasm is linked by Debian's lld.
fn link_host(sysroot: &Path) -> Outcome {
    let mut query = Command::new(RUSTC);
    query.args(["--print", "target-libdir"]);
    let libraries = quietly(query).ok_or_else(|| format!("{RUSTC} does not tell where its library is"))?;
    let host = Path::new(&libraries).parent().and_then(Path::file_name).ok_or("an odd place for a library")?;
    let folder = sysroot.join("lib/rustlib").join(host);
    make_folder(&folder.join("bin"))?;
    for (from, to) in [(libraries.as_str(), folder.join("lib")), (LLD, folder.join("bin/rust-lld"))] {
        symlink(from, &to).map_err(|error| at(&to, error))?;
    }
    Ok(())
}

fn script(path: &Path, line: &str) -> Outcome {
    write(path, format!("#!/bin/sh\n{line}\n"))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(|error| at(path, error))
}
