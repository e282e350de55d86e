//! The file of a backup: a packed tar with a manifest, the databases and the secrets, for its owner alone.

use crate::lacks::Lacks;
use crate::{Outcome, durable, interrupted};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};
use tar::{Builder, EntryType, Header, HeaderMode};

/// The first part, by which a file is known.
const MANIFEST: &str = "beforehand.json";
/// The secrets of a data folder.
pub(crate) const SECRETS: &str = "secrets.json";
/// Grows when an older release could no longer read what this one packs.
const FORMAT: u64 = 1;
/// Some pages of a database at a time.
const PART: usize = 64 * 1_024;
/// A manifest is a line, with some two hundred bytes for each database that could not be read.
const MANIFEST_BYTES: u64 = 64 << 20;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// When it was begun.
    pub(crate) made: String,
    /// The release that made it.
    pub(crate) version: String,
    pub(crate) databases: usize,
    pub(crate) conversations: usize,
    /// What could not be read when it was made.
    pub(crate) lacks: Lacks,
}

impl Manifest {
    /// One whose databases `pack` counts.
    pub(crate) fn new(made: String, conversations: usize, lacks: Lacks) -> Self {
        Self { made, version: String::from(env!("CARGO_PKG_VERSION")), databases: 0, conversations, lacks }
    }

    fn written(&self) -> String {
        let Self { made, version, databases, conversations, lacks } = self;
        let value = json!({
            "format": FORMAT, "version": version, "made": made, "databases": databases, "conversations": conversations,
            "lacks": lacks,
        });
        format!("{value}\n")
    }

    fn read(text: &str) -> Outcome<Self> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("its {MANIFEST} is damaged: {error}"))?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
        let count = |name: &str| usize::try_from(number(name)).unwrap_or_default();
        if number("format") != FORMAT {
            return Err(format!("it was made by Beforehand {}: restore it with that release", text("version")));
        }
        Ok(Self {
            made: text("made"),
            version: text("version"),
            databases: count("databases"),
            conversations: count("conversations"),
            lacks: value.get("lacks").cloned().map(serde_json::from_value).and_then(Result::ok).unwrap_or_default(),
        })
    }
}

/// Packs a folder into a new file, which has its name only once all of it is on the disk. Gives its size in bytes.
pub(crate) fn pack(folder: &Path, manifest: &mut Manifest, to: &Path) -> Outcome<u64> {
    let content = content(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    manifest.databases = content.iter().filter(|path| is_database(path)).count();
    let at = |error: std::io::Error| format!("{} cannot be written: {error}", to.display());
    // Beside the folder, which is removed in any case.
    let beside = folder.join("packed");
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside).map_err(at)?;
    let mut tar = Builder::new(GzEncoder::new(BufWriter::new(file), Compression::fast()));
    tar.mode(HeaderMode::Deterministic);
    tar.sparse(false);
    let text = manifest.written();
    let mut header = Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, MANIFEST, text.as_bytes()).map_err(at)?;
    for path in content {
        tar.append_path_with_name(folder.join(&path), &path).map_err(at)?;
    }
    let mut packed = tar.into_inner().and_then(GzEncoder::finish).map_err(at)?;
    packed.flush().map_err(at)?;
    let file = packed.into_inner().map_err(|error| at(error.into_error()))?;
    file.sync_all().map_err(at)?;
    let bytes = file.metadata().map_err(at)?.len();
    // A link takes no name that another file has by now. Some file systems know none.
    match fs::hard_link(&beside, to) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => fs::rename(&beside, to),
        linked => linked,
    }
    .map_err(at)?;
    durable::folder(durable::parent(to)).map_err(at)?;
    Ok(bytes)
}

/// Unpacks a backup into an empty folder. Nothing is taken but what `pack` packs.
pub(crate) fn unpack(from: &Path, folder: &Path) -> Outcome<Manifest> {
    let file = File::open(from).map_err(|error| format!("{}: {error}", from.display()))?;
    let told = |why: String| format!("{} cannot be restored: {why}.", from.display());
    let broken = |error: std::io::Error| told(format!("it is no backup, or a part of one ({error})"));
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut manifest = None;
    let mut databases = 0;
    for entry in tar.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.into_owned();
        let kind = entry.header().entry_type();
        if manifest.is_none() {
            if path != Path::new(MANIFEST) {
                return Err(told(String::from("it is no backup of Beforehand")));
            }
            let mut text = String::new();
            (&mut entry).take(MANIFEST_BYTES).read_to_string(&mut text).map_err(broken)?;
            manifest = Some(Manifest::read(&text).map_err(told)?);
            continue;
        }
        if kind == EntryType::Directory {
            continue;
        }
        if kind != EntryType::Regular || !is_ours(&path) {
            return Err(told(format!("it has {} in it, which no backup has", path.display())));
        }
        databases += usize::from(is_database(&path));
        write(&mut entry, &folder.join(path), broken)?;
    }
    let manifest = manifest.ok_or_else(|| told(String::from("it is empty")))?;
    // The checksum is at the end of what is packed, behind the end of the tar.
    std::io::copy(&mut tar.into_inner(), &mut std::io::sink()).map_err(broken)?;
    if databases != manifest.databases {
        return Err(told(format!("{databases} of its {} databases are there", manifest.databases)));
    }
    Ok(manifest)
}

/// Writes what can be read; the sentence on what cannot is the caller's.
fn write(entry: &mut impl Read, to: &Path, broken: impl Fn(std::io::Error) -> String) -> Outcome {
    let at = |error: std::io::Error| format!("{} cannot be written: {error}", to.display());
    fs::create_dir_all(to.parent().unwrap_or(to)).map_err(at)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(at)?;
    let mut part = vec![0; PART];
    loop {
        interrupted::check()?;
        match entry.read(&mut part).map_err(&broken)? {
            0 => return file.sync_all().map_err(at),
            length => file.write_all(part.get(..length).unwrap_or_default()).map_err(at)?,
        }
    }
}

/// What is packed of a folder: the databases in order, what stands beside those that could not be opened, and the secrets.
fn content(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for class in fs::read_dir(folder.join("objects"))? {
        for file in fs::read_dir(class?.path())? {
            found.extend(file?.path().strip_prefix(folder).map(PathBuf::from));
        }
    }
    found.retain(|path| is_ours(path));
    found.sort();
    found.extend(folder.join(SECRETS).is_file().then(|| PathBuf::from(SECRETS)));
    Ok(found)
}

fn is_database(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "sqlite")
}

/// Whether a path is that of a database, of the log beside one, or of the secrets, and leads nowhere else.
fn is_ours(path: &Path) -> bool {
    let parts: Vec<Component<'_>> = path.components().collect();
    let names: PathBuf = parts.iter().filter(|part| matches!(part, Component::Normal(_))).collect();
    if names.components().count() != parts.len() {
        return false;
    }
    let is_log = path.extension().is_some_and(|ending| ending == "sqlite-wal");
    let is_of_an_object = parts.len() == 3 && path.starts_with("objects") && (is_database(path) || is_log);
    is_of_an_object || path == Path::new(SECRETS)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// As long as a database, and not to be packed.
    fn noise() -> Vec<u8> {
        let step = |number: &mut u32| {
            *number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((*number >> 24) as u8)
        };
        std::iter::repeat_n((), 200_000).scan(7, |number, ()| step(number)).collect()
    }

    struct Room(PathBuf);

    impl Room {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("beforehand-archive-{name}-{}", std::process::id()));
            fs::create_dir_all(folder.join("from/objects/inbox")).unwrap();
            fs::create_dir_all(folder.join("to")).unwrap();
            fs::write(folder.join("from/objects/inbox/a.sqlite"), noise()).unwrap();
            fs::write(folder.join("from/secrets.json"), "{}").unwrap();
            Self(folder)
        }
    }

    impl Drop for Room {
        fn drop(&mut self) {
            let _gone = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was_and_a_part_of_it_does_not() {
        let room = Room::new("whole");
        let (from, file, to) = (room.0.join("from"), room.0.join("b"), room.0.join("to"));
        let mut manifest = Manifest::new(String::from("2026-11-30T00:00:00Z"), 7, Lacks::default());
        manifest.lacks.unread([(PathBuf::from("/d/objects/a/b.sqlite"), String::from("why"))].into(), Path::new("/d"));
        pack(&from, &mut manifest, &file).unwrap();
        assert_eq!(manifest.databases, 1);
        assert_eq!(unpack(&file, &to).unwrap(), manifest);
        let read = |folder: &Path| fs::read(folder.join("objects/inbox/a.sqlite")).unwrap();
        assert_eq!(read(&from), read(&to));
        let bytes = fs::read(&file).unwrap();
        for length in [0, 10, bytes.len() / 2, bytes.len() - 1] {
            fs::write(&file, &bytes[..length]).unwrap();
            let to = room.0.join(length.to_string());
            assert!(unpack(&file, &to).unwrap_err().contains("cannot be restored"), "{length}");
        }
        let mut other = bytes.clone();
        let middle = other.len() / 2;
        other[middle] ^= 0x55;
        fs::write(&file, other).unwrap();
        assert!(unpack(&file, &room.0.join("other")).unwrap_err().contains("cannot be restored"));
    }

    #[test]
    fn a_later_one_and_one_that_leads_elsewhere_are_refused() {
        assert!(Manifest::read(r#"{"format":2,"version":"9.0.0"}"#).unwrap_err().contains("9.0.0"));
        assert!(Manifest::read("{").is_err());
        for path in [
            "/objects/inbox/a.sqlite",
            "objects/../a.sqlite",
            "../secrets.json",
            "objects/a.sqlite",
            "objects/inbox/a.sh",
            "other",
        ] {
            assert!(!is_ours(Path::new(path)), "{path}");
        }
        assert!(is_ours(Path::new("objects/inbox/a.sqlite")) && is_ours(Path::new("secrets.json")));
    }
}
