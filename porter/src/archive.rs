//! The file of a backup: a packed tar with a manifest, the databases and the secrets, for its owner alone.

use crate::manifest::{MANIFEST, Manifest};
use crate::outside::{is_plain, plain};
use crate::secrets::SECRETS;
use crate::{Outcome, disk, durable, interrupted};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};
use tar::{Builder, EntryType, Header, HeaderMode};

/// Some pages of a database at a time.
const PART: usize = 64 * 1_024;
/// A manifest is a line, with some two hundred bytes for each database that could not be read.
const MANIFEST_BYTES: u64 = 64 << 20;

/// Packs a folder into a new file, which has its name only once all of it is on the disk. Gives its size in bytes.
pub(crate) fn pack(folder: &Path, manifest: &mut Manifest, to: &Path) -> Outcome<u64> {
    let content = content(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    manifest.databases = content.iter().filter(|path| is_database(path)).count();
    let sizes = content.iter().map(|path| fs::metadata(folder.join(path)).map(|about| about.len()));
    let bytes = sizes.sum::<std::io::Result<u64>>().map_err(|error| format!("{}: {error}", folder.display()))?;
    manifest.bytes = Some(bytes);
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

/// Unpacks a backup into an empty folder. Nothing is taken but what `pack` packs, and no more than its manifest says and the disk has
/// room for.
pub(crate) fn unpack(from: &Path, folder: &Path) -> Outcome<Manifest> {
    let file = File::open(from).map_err(|error| format!("{}: {error}", from.display()))?;
    let told = |why: String| format!("{} cannot be restored: {}.", from.display(), plain(&why));
    let broken = |error: std::io::Error| told(format!("it is no backup, or a part of one ({error})"));
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut manifest: Option<Manifest> = None;
    let mut databases = 0;
    let mut left = 0;
    for entry in tar.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.into_owned();
        let kind = entry.header().entry_type();
        let Some(said) = &manifest else {
            if path != Path::new(MANIFEST) {
                return Err(told(String::from("it is no backup of Beforehand")));
            }
            let mut text = String::new();
            (&mut entry).take(MANIFEST_BYTES).read_to_string(&mut text).map_err(broken)?;
            let read = Manifest::read(&text).map_err(told)?;
            left = room(&read, folder).map_err(told)?;
            manifest = Some(read);
            continue;
        };
        if kind == EntryType::Directory {
            continue;
        }
        if kind != EntryType::Regular || !is_ours(&path) {
            return Err(told(format!("it has {} in it, which no backup has", path.display())));
        }
        databases += usize::from(is_database(&path));
        left = left.checked_sub(entry.size()).ok_or_else(|| told(exceeded(said)))?;
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

/// How many bytes may be unpacked: what the manifest says, or what there is room for, where it is of a release that did not say it.
fn room(manifest: &Manifest, folder: &Path) -> Outcome<u64> {
    let free = disk::free(folder).unwrap_or(u64::MAX);
    let bytes = manifest.bytes.unwrap_or(free);
    if bytes > free {
        let (needs, has) = (bytes.div_ceil(1_000_000), free / 1_000_000);
        return Err(format!("it takes {needs} MB, and {} has room for {has} MB", folder.display()));
    }
    Ok(bytes)
}

fn exceeded(manifest: &Manifest) -> String {
    match manifest.bytes {
        Some(bytes) => format!("it holds more than the {bytes} bytes that it says it has"),
        None => String::from("it holds more than the disk has room for"),
    }
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

/// Whether a path is that of a database, of the log beside one, or of the secrets, leads nowhere else, and can be printed.
fn is_ours(path: &Path) -> bool {
    let parts: Vec<Component<'_>> = path.components().collect();
    let names: PathBuf = parts.iter().filter(|part| matches!(part, Component::Normal(_))).collect();
    if names.components().count() != parts.len() || !path.to_str().is_some_and(is_plain) {
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
    use crate::lacks::Lacks;

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
    fn a_path_that_leads_elsewhere_or_cannot_be_printed_is_none_of_ours() {
        for path in [
            "/objects/inbox/a.sqlite",
            "objects/../a.sqlite",
            "../secrets.json",
            "objects/a.sqlite",
            "objects/inbox/a.sh",
            "other",
            "objects/inbox\u{1b}[31m/a.sqlite",
            "objects/inbox/a\nb.sqlite",
        ] {
            assert!(!is_ours(Path::new(path)), "{path}");
        }
        assert!(is_ours(Path::new("objects/inbox/a.sqlite")) && is_ours(Path::new("secrets.json")));
    }
    /// A file as somebody else may make it: any manifest, and these parts, each of zeros with its size.
    fn foreign(manifest: &serde_json::Value, parts: &[(&str, u64)], to: &Path) {
        let mut tar = Builder::new(GzEncoder::new(File::create(to).unwrap(), Compression::fast()));
        let mut add = |name: &str, bytes: u64, content: &mut dyn Read| {
            let mut header = Header::new_gnu();
            header.set_size(bytes);
            tar.append_data(&mut header, name, content).unwrap();
        };
        let text = manifest.to_string();
        add(MANIFEST, text.len() as u64, &mut text.as_bytes());
        parts.iter().for_each(|(name, bytes)| add(name, *bytes, &mut std::io::repeat(0).take(*bytes)));
        tar.into_inner().unwrap().finish().unwrap();
    }

    #[test]
    fn no_more_is_unpacked_than_the_manifest_says_and_the_disk_takes() {
        let room = Room::new("bound");
        let (file, to) = (room.0.join("b"), room.0.join("to"));
        let parts = [("objects/inbox/a.sqlite", 4_096), ("objects/inbox/b.sqlite", 300 << 20)];
        let about = |bytes: Option<u64>| serde_json::json!({ "format": 1, "made": "", "databases": 2, "bytes": bytes });
        foreign(&about(Some(4_096)), &parts, &file);
        let said = unpack(&file, &to).unwrap_err();
        assert!(said.contains("more than the 4096 bytes that it says"), "{said}");
        assert!(!to.join("objects/inbox/b.sqlite").exists(), "it is refused before it is written");
        foreign(&about(Some(u64::MAX)), &parts[..1], &file);
        let said = unpack(&file, &room.0.join("from")).unwrap_err();
        assert!(said.contains("has room for"), "{said}");
        // A release that did not say it has packed this one.
        let to = room.0.join("earlier");
        fs::create_dir(&to).unwrap();
        foreign(&serde_json::json!({ "format": 1, "made": "", "databases": 1 }), &parts[..1], &file);
        assert_eq!(unpack(&file, &to).unwrap().databases, 1);
    }

    #[test]
    fn nothing_from_a_file_steers_the_terminal() {
        let room = Room::new("terminal");
        let (file, to) = (room.0.join("b"), room.0.join("to"));
        let lacks = serde_json::json!({ "objects/a\u{1b}[2J.sqlite": "why\u{1b}]0;x\u{7}\r\nRestored." });
        let made = "x\u{1b}[31mRED\u{9b}2J\u{202e}";
        foreign(
            &serde_json::json!({ "format": 1, "version": made, "made": made, "databases": 0, "lacks": lacks }),
            &[],
            &file,
        );
        let manifest = unpack(&file, &to).unwrap();
        for text in [&manifest.made, &manifest.version] {
            assert!(is_plain(text) && text.contains("RED"), "{text:?}");
        }
        let said = manifest.lacks.to_string();
        assert!(is_plain(&said) && said.contains("Restored."), "on a line of its own, it would be believed: {said:?}");
        foreign(&serde_json::json!({ "format": 2, "version": made }), &[], &file);
        assert!(is_plain(&unpack(&file, &to).unwrap_err()));
        let name = "objects/\u{1b}[31m/a.sqlite";
        foreign(&serde_json::json!({ "format": 1, "databases": 1 }), &[(name, 1)], &file);
        let said = unpack(&file, &to).unwrap_err();
        assert!(is_plain(&said) && said.contains("which no backup has"), "{said:?}");
    }
}
