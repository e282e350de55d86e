//! A file is one idea, and no idea takes more than this.

use super::{File, Finding};

const MOST_LINES: usize = 400;

/// What is written by hand. Lock files and snapshots are not, and an article may be as long as it is.
const WRITTEN: [&str; 8] = ["rs", "js", "css", "html", "toml", "jsonc", "capnp", "sh"];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let written = files.iter().filter(|file| file.has_ending(&WRITTEN));
    written
        .filter_map(|file| {
            let lines = file.lines().count();
            let message = format!("{lines} lines; past {MOST_LINES} it is more than one idea");
            (lines > MOST_LINES).then(|| file.finding(0, message))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    #[test]
    fn a_file_may_have_four_hundred_lines_and_no_more() {
        let check = |path, lines, expected| {
            assert_eq!(check(&[file(path, &"x\n".repeat(lines))]).len(), expected, "{path} {lines}");
        };
        check("a.rs", 400, 0);
        check("a.rs", 401, 1);
        check("Cargo.lock", 4000, 0);
        check("www/content/en/a.md", 401, 0);
    }
}
