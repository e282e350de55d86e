//! Data folders that earlier builds have written, each with what its build showed of it.
//!
//! They lie in `tests/stored/` and never change: what a release stored must be read by every later one.

#[path = "../../shared/tests/stored/lost.rs"]
mod lost;
mod seen;

pub use lost::lost;
pub use seen::{Seen, first_hit, today, visitor};

use crate::Edge;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A thousand days of the calendar. Sessions, invitations and what a site keeps are counted in days, so a folder may lie here
/// for decades before anything in it ends.
pub const DAY_MS: &str = "86400000000";

/// The folder that only a later build can read.
const LATER: &str = "later-build";
/// The folder in which an article is for the staff alone.
const RESTRICTED: &str = "restricted";
/// The folder of all objects, as the build has left it.
const OBJECTS: &str = "objects.tar.br";
/// What the build has shown of it.
const SEEN: &str = "seen.json";
/// The folder of which those that have nothing seen were made.
const MADE_OF: &str = "2026-11-29";
/// Brotli's largest window: the databases of objects are much alike, and lie side by side in the archive.
const WINDOW: u32 = 24;
/// Nobody waits for it.
const QUALITY: u32 = 11;

/// A data folder and what was seen of it.
pub struct Stored(PathBuf);

impl Stored {
    /// The one with this name.
    pub fn named(name: &str) -> Self {
        Self(place().join(name))
    }

    /// All that this build must read, by name.
    pub fn all() -> Vec<Self> {
        let entries = std::fs::read_dir(place()).unwrap().map(|entry| entry.unwrap().path());
        let mut all: Vec<Self> = entries
            .filter(|path| path.is_dir() && !path.ends_with(LATER) && !path.ends_with(RESTRICTED))
            .map(Self)
            .collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }

    /// One of which every object's tables have the version of a later build.
    pub fn later() -> Self {
        Self::named(LATER)
    }

    /// One in which an article, `refund-times`, is for the staff alone, as a build stored it that served it to everybody.
    pub fn restricted() -> Self {
        Self::named(RESTRICTED)
    }

    /// Its name: the day on which it was written, or what is special about it.
    pub fn name(&self) -> &str {
        self.0.file_name().unwrap().to_str().unwrap()
    }

    /// What the build that wrote it has shown.
    pub fn seen(&self) -> Seen {
        let own = self.0.join(SEEN);
        let path = if own.exists() { own } else { place().join(MADE_OF).join(SEEN) };
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    /// This build's edge on a copy of the folder. It does not run yet.
    pub fn edge(&self) -> Edge {
        self.edge_with(&[])
    }

    /// The same with these bindings.
    pub fn edge_with(&self, bindings: &[(&'static str, &str)]) -> Edge {
        let archive = std::fs::read(self.0.join(OBJECTS)).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut archive.as_slice(), &mut unpacked).unwrap();
        let bindings = [&[("DAY_MS", DAY_MS)], bindings].concat();
        Edge::stopped_in(&bindings, |folder| {
            let mut tar = tar(folder, &["-xf", "-"]).stdin(Stdio::piped()).spawn().unwrap();
            tar.stdin.take().unwrap().write_all(&unpacked).unwrap();
            assert!(tar.wait().unwrap().success(), "tar has failed");
        })
    }

    /// Keeps what an edge, which has been stopped, has stored.
    pub fn keep(&self, edge: &Edge, seen: &Seen) {
        std::fs::create_dir_all(&self.0).unwrap();
        let packed = tar(edge.folder(), &["-cf", "-", "objects"]).output().unwrap();
        assert!(packed.status.success(), "tar has failed");
        let archive = File::create(self.0.join(OBJECTS)).unwrap();
        let mut writer = brotli::CompressorWriter::new(archive, 4_096, QUALITY, WINDOW);
        writer.write_all(&packed.stdout).unwrap();
        drop(writer);
        let text = serde_json::to_string(&serde_json::to_value(seen).unwrap()).unwrap();
        std::fs::write(self.0.join(SEEN), text).unwrap();
    }
}

fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("stored")
}

fn tar(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("tar");
    command.current_dir(folder).args(arguments);
    command
}
