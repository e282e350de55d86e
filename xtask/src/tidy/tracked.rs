//! Nothing generated, vendored or built is in the tree, and nothing huge.

use super::{File, Finding};

/// A picture in the README may be this large; nothing else comes near.
const MOST_BYTES: usize = 1024 * 1024;

const BUILT_FOLDERS: [&str; 5] = ["target/", "dist/", "node_modules/", "pkg/", "vendor/"];
const BUILT_ENDINGS: [&str; 8] = ["wasm", "br", "gz", "o", "so", "zip", "tgz", "map"];
const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff2"];

/// What a fuzz target starts with is bytes, and each file is a hundred of them.
const FUZZ_INPUTS: &str = "/fuzz/corpus/";
const MOST_FUZZ_BYTES: usize = 4 * 1024;

/// Data folders of released builds: nothing makes them again.
const STORED: &str = "tests/stored/";
const STORED_ENDING: &str = "/objects.tar.br";
const MOST_STORED_BYTES: usize = 128 * 1024;

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter_map(|file| fault(file).map(|fault| file.finding(0, fault))).collect()
}

fn fault(file: &File) -> Option<&'static str> {
    let lies_in = |folder: &str| file.path.starts_with(folder) || file.path.contains(&format!("/{folder}"));
    if file.path.starts_with(STORED) && file.path.ends_with(STORED_ENDING) && file.bytes.len() <= MOST_STORED_BYTES {
        return None;
    }
    if BUILT_FOLDERS.into_iter().any(lies_in) || file.has_ending(&BUILT_ENDINGS) {
        return Some("built or vendored: it belongs to no commit");
    }
    let is_fuzz_input = file.path.contains(FUZZ_INPUTS) && file.bytes.len() <= MOST_FUZZ_BYTES;
    if file.text.is_none() && !file.has_ending(&PICTURES) && !is_fuzz_input {
        return Some("neither text nor a picture");
    }
    (file.bytes.len() > MOST_BYTES).then_some("larger than a megabyte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    fn check(path: &str, bytes: &[u8], is_fine: bool) {
        let file = File { path: path.to_owned(), bytes: bytes.to_vec(), text: String::from_utf8(bytes.to_vec()).ok() };
        assert_eq!(fault(&file).is_none(), is_fine, "{path}");
    }

    #[test]
    fn built_things_and_unknown_binaries_are_found() {
        check("widget/src/main.rs", b"fn main() {}", true);
        check("docs/panel.png", &[0x89, 0xff], true);
        check("widget/pkg/panel.js", b"x", false);
        check("dist/a.js", b"x", false);
        check("a.wasm", &[0, 0xff], false);
        check("tests/data.bin", &[0, 0xff], false);
        check("shared/fuzz/corpus/a/b", &[0, 0xff], true);
        check("tests/stored/2026-11-29/objects.tar.br", &[0, 0xff], true);
        check("tests/stored/2026-11-29/objects.tar.br", &[0xff; MOST_STORED_BYTES + 1], false);
        check("tests/stored/2026-11-29/other.tar.br", &[0, 0xff], false);
        check("shared/fuzz/corpus/a/b", &[0xff; MOST_FUZZ_BYTES + 1], false);
        assert!(fault(&file("a.md", &"x".repeat(MOST_BYTES + 1))).is_some());
    }
}
