//! Where things are: the project, what is built, and the user's cache folder. Nothing is written anywhere else.

use crate::Outcome;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that every command works with.
pub(crate) struct Places {
    /// The project.
    pub(crate) root: PathBuf,
    /// What cargo compiles.
    pub(crate) target: PathBuf,
    /// Programs that are built once for all checkouts, each in a folder with its version.
    pub(crate) cache: PathBuf,
}

impl Places {
    pub(crate) fn find() -> Outcome<Self> {
        let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&manifest).parent().ok_or("xtask lies in no project")?.to_owned();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let places = Self { root, target, cache: cache_folder()?.join("beforehand") };
        for folder in [&places.logs(), &places.work(), &places.cache] {
            make_folder(folder)?;
        }
        Ok(places)
    }

    /// What a deployment consists of.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// One file for each program that was run, with all it said.
    pub(crate) fn logs(&self) -> PathBuf {
        self.target.join("xtask-logs")
    }

    /// Between the compiler and `dist`: glue, unoptimised files, and the stamps that tell what is up to date.
    pub(crate) fn work(&self) -> PathBuf {
        self.target.join("xtask")
    }
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| at(folder, error))
}

pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| at(path, error))
}

pub(crate) fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| at(path, error))
}

pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Outcome {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, bytes).map_err(|error| at(path, error))
}

/// An error that names its file.
pub(crate) fn at(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// The first program of one of these names on PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

fn cache_folder() -> Outcome<PathBuf> {
    if let Some(folder) = env::var_os("XDG_CACHE_HOME").filter(|folder| Path::new(folder).is_absolute()) {
        return Ok(PathBuf::from(folder));
    }
    let home = env::var_os("HOME").filter(|home| !home.is_empty()).ok_or("HOME is not set")?;
    Ok(PathBuf::from(home).join(".cache"))
}
