//! What several rules know of source files: which part is shipped, and which lines are comments.

use super::{File, Finding};
use std::collections::BTreeSet;

/// Ways by which text becomes HTML. Every one is a hole for a message that pretends to be a page.
const HTML_FROM_TEXT: [&str; 7] =
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "inner_html", "outer_html", "document.write", "srcdoc"];

/// What runs in browsers: the loader, the panel and the inbox.
const BROWSER_FOLDERS: [&str; 3] = ["widget/src/", "widget/loader/", "inbox/src/"];

pub(super) fn no_html_from_text(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in in_folders(files, &BROWSER_FOLDERS).filter(|file| file.has_ending(&["rs", "js", "html"])) {
        for (line, text) in code(file) {
            let found = HTML_FROM_TEXT.iter().find(|way| text.contains(**way));
            findings.extend(found.map(|way| file.finding(line, format!("{way} makes HTML of text"))));
        }
    }
    findings
}

pub(super) fn in_folders<'a>(files: &'a [File], folders: &'a [&str]) -> impl Iterator<Item = &'a File> {
    files.iter().filter(|file| folders.iter().any(|folder| file.path.starts_with(folder)))
}

/// The lines that are no comments.
pub(super) fn code(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The lines of code before the tests, which stand last in a file.
pub(super) fn shipped(file: &File) -> impl Iterator<Item = (usize, &str)> {
    code(file).take_while(|(_, line)| !is_for_tests(line))
}

/// The files of modules that are compiled for tests only, and of the modules inside them.
pub(super) fn test_modules(files: &[File]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    // The files come in the order of their paths, so that a module comes before those inside it.
    for file in files.iter().filter(|file| file.has_ending(&["rs"])) {
        let is_test = paths.contains(&file.path);
        let mut is_next = is_test;
        for (_, line) in code(file) {
            let module = line.trim().trim_end_matches(';').rsplit_once("mod ").map(|(_, name)| name);
            if let Some(name) = module.filter(|_| is_next && line.ends_with(';')) {
                paths.insert(format!("{}/{name}.rs", folder_of_modules(&file.path)));
            }
            is_next = is_test || is_for_tests(line);
        }
    }
    paths
}

fn is_for_tests(line: &str) -> bool {
    let line = line.trim();
    line == "#[cfg(test)]" || line.starts_with("#[cfg(all(test,")
}

/// Where the modules of a file lie: beside `lib.rs`, `main.rs` and `mod.rs`, and below any other.
fn folder_of_modules(path: &str) -> &str {
    let own = path.trim_end_matches(".rs");
    match own.rsplit_once('/') {
        Some((folder, "lib" | "main" | "mod")) => folder,
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::{file, lines_found};

    #[test]
    fn html_from_text_is_found_where_browsers_run_it() {
        let check = |path, text, expected: &[usize]| {
            assert_eq!(lines_found(no_html_from_text, path, text), expected, "{path}: {text}");
        };
        check("widget/src/view.rs", "x\n<p inner_html=text />", &[2]);
        check("widget/loader/a.js", "node.innerHTML = text", &[1]);
        check("inbox/src/a.rs", "// never innerHTML", &[]);
        check("edge/src/a.rs", "inner_html", &[]);
    }

    #[test]
    fn tests_at_the_end_of_a_file_are_not_shipped() {
        let lines = |path: &str, text: &str| shipped(&file(path, text)).map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("a.rs", "a\n// b\nc\n#[cfg(test)]\nmod tests {}\n"), [1, 3]);
        assert_eq!(lines("a.rs", "a\n#[cfg(all(test, unix))]\nb\n"), [1]);
    }

    #[test]
    fn a_module_that_only_tests_see_is_known_by_its_file() {
        let text = "mod a;\n#[cfg(test)]\npub(crate) mod samples;\nmod b;\n";
        let inside = |path| file(path, "mod deeper;");
        let nested = [file("inbox/src/lib.rs", text), inside("inbox/src/samples.rs")];
        assert!(test_modules(&nested).contains("inbox/src/samples/deeper.rs"), "a test module's modules are for tests");
        let paths = |path| test_modules(&[file(path, text)]).into_iter().collect::<Vec<_>>();
        assert_eq!(paths("inbox/src/model.rs"), ["inbox/src/model/samples.rs"]);
        assert_eq!(paths("inbox/src/lib.rs"), ["inbox/src/samples.rs"]);
    }
}
