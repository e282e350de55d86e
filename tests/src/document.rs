//! The code in the project's documents, so that a test does what a document says.

use crate::tools;

/// A file of the project.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(tools::dist().join("..").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The code blocks of this language in a document of the project, such as `nginx` in `docs/proxy.md`; `""` are those without one.
pub fn blocks(path: &str, language: &str) -> Vec<String> {
    let text = text(path);
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(named)) => open = Some((named.trim() == language, String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take().filter(|(is_wanted, _)| *is_wanted).map(|(_, code)| code)),
            (Some((_, code)), None) => {
                code.push_str(line);
                code.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{path} has a block without an end");
    blocks
}

/// The one code block of this language that has these words.
pub fn block(path: &str, language: &str, words: &str) -> String {
    let mut found: Vec<String> = blocks(path, language).into_iter().filter(|code| code.contains(words)).collect();
    assert_eq!(found.len(), 1, "{path}: blocks of {language:?} with {words:?}");
    found.remove(0)
}

/// `code` with each of these texts replaced, of which each has to be there.
pub fn put_in(code: &str, changes: &[(&str, &str)]) -> String {
    let mut code = code.to_owned();
    for (from, to) in changes {
        assert!(code.contains(from), "the document does not say {from:?}:\n{code}");
        code = code.replace(from, to);
    }
    code
}
