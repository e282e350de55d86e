//! `cargo xtask tidy`: the rules of this repository that no compiler knows.

use crate::Outcome;
use crate::places::Places;
use crate::run::quietly;
use crate::screen::Screen;
use std::fs;
use std::path::Path;
use std::process::Command;

mod accessibility;
mod circles;
mod dependencies;
mod leaks;
mod length;
mod panics;
mod prose;
mod source;
mod statements;
mod styles;
mod testing;
mod tracked;
mod words;

/// A file of the repository.
pub(crate) struct File {
    /// From the project's folder, with `/`.
    path: String,
    bytes: Vec<u8>,
    /// Its text, if it is one.
    text: Option<String>,
}

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: String,
    /// From 1; 0 means the whole file.
    line: usize,
    message: String,
}

/// A rule looks at all files and tells what it finds.
type Rule = fn(&[File]) -> Vec<Finding>;

const RULES: [Rule; 12] = [
    accessibility::check,
    length::check,
    tracked::check,
    leaks::check,
    panics::check,
    source::no_html_from_text,
    dependencies::check,
    testing::check,
    statements::check,
    styles::check,
    circles::check,
    words::check,
];

/// Looks at every file that git knows or would take.
pub(crate) fn tidy(places: &Places, screen: &Screen) -> Outcome {
    screen.step("Check the repository's rules", "each is a few lines in xtask/src/tidy/", |step| {
        let files = files(&places.root)?;
        let findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&files)).collect();
        if findings.is_empty() {
            step.result(format!("{} files", files.len()));
            return Ok(());
        }
        let lines = findings.iter().map(|Finding { path, line, message }| match line {
            0 => format!("  {path}: {message}"),
            line => format!("  {path}:{line}: {message}"),
        });
        Err(lines.collect::<Vec<_>>().join("\n"))
    })
}

impl File {
    fn has_ending(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
    }

    /// The lines with their numbers, from 1; none if this is no text.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.iter().flat_map(|text| text.lines()).enumerate().map(|(index, line)| (index + 1, line))
    }

    fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }
}

fn files(root: &Path) -> Outcome<Vec<File>> {
    let mut list = Command::new("git");
    list.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let list = quietly(list).ok_or("git does not list the files: is this a git checkout?")?;
    let mut files = Vec::new();
    for path in list.split('\0').filter(|path| !path.is_empty()) {
        // A file that was deleted and not yet committed is listed, and is nobody's concern.
        let Ok(bytes) = fs::read(root.join(path)) else { continue };
        let text = String::from_utf8(bytes.clone()).ok();
        files.push(File { path: path.to_owned(), bytes, text });
    }
    Ok(files)
}

#[cfg(test)]
mod sample {
    use super::File;

    pub(super) fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), bytes: text.as_bytes().to_vec(), text: Some(text.to_owned()) }
    }

    /// The lines of what a rule finds in one file.
    pub(super) fn lines_found(rule: super::Rule, path: &str, text: &str) -> Vec<usize> {
        rule(&[file(path, text)]).iter().map(|finding| finding.line).collect()
    }
}
