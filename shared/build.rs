//! Makes Rust tables of the folders in `languages/`: adding a language is adding files, and no list in the source names one.
//! A language that lacks a file or a key stops the compilation with a sentence that says which.

#[path = "build/check.rs"]
mod check;
#[path = "build/folder.rs"]
mod folder;
#[path = "build/tables.rs"]
mod tables;

use std::path::{Path, PathBuf};

fn main() {
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../languages");
    instruct("rerun-if-changed", &languages.display().to_string());
    for mistake in make(&languages).err().unwrap_or_default() {
        instruct("error", &mistake);
    }
}

fn make(folder: &Path) -> Result<(), Vec<String>> {
    let languages = folder::read(folder).map_err(|mistake| vec![mistake])?;
    let mistakes = check::mistakes(&languages);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let text = tables::of(&languages, folder).map_err(|mistake| vec![mistake])?;
    let out = std::env::var_os("OUT_DIR").ok_or_else(|| vec![String::from("cargo sets no OUT_DIR")])?;
    let out = PathBuf::from(out).join("languages.rs");
    std::fs::write(&out, text).map_err(|error| vec![format!("{}: {error}", out.display())])
}

#[allow(clippy::print_stdout, reason = "a build script speaks to cargo by its standard output")]
fn instruct(what: &str, value: &str) {
    println!("cargo::{what}={value}");
}
