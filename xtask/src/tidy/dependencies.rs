//! Every dependency has its reason beside it, and some are not to come in at all.

use super::{File, Finding};

/// Crates that we do not ask for, whatever others do.
const NOT_OURS: [(&str, &str); 4] = [
    ("regex", "half a megabyte of WebAssembly"),
    ("chrono", "times are `Millis`, and the browser writes dates"),
    ("leptos_router", "the panel has no addresses"),
    ("leptos_meta", "the panel has one page"),
];

/// Crates that are not to come in by way of others, either.
const NEVER: [(&str, &str); 3] = [
    ("openssl-sys", "a C library; nothing of ours speaks TLS by itself"),
    ("native-tls", "a C library; nothing of ours speaks TLS by itself"),
    ("reqwest", "ureq and the platform's fetch do"),
];

pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let manifests =
        files.iter().filter(|file| file.path.ends_with("Cargo.toml")).flat_map(|file| denied(file, &NOT_OURS));
    let reasons = files.iter().filter(|file| file.path == "Cargo.toml").flat_map(reasons);
    let lock = files.iter().filter(|file| file.path == "Cargo.lock").flat_map(|file| denied(file, &NEVER));
    manifests.chain(reasons).chain(lock).collect()
}

/// Each group of `[workspace.dependencies]`, from one empty line to the next, begins with a comment. Our own crates need
/// none.
fn reasons(manifest: &File) -> Vec<Finding> {
    let section = manifest.lines().skip_while(|(_, line)| line.trim() != "[workspace.dependencies]").skip(1);
    let mut has_reason = false;
    let mut findings = Vec::new();
    for (line, text) in section.take_while(|(_, line)| !line.starts_with('[')) {
        match text.trim() {
            "" => has_reason = false,
            comment if comment.starts_with('#') => has_reason = true,
            own if own.contains("path = ") => {}
            _ if !has_reason => findings.push(manifest.finding(line, "a dependency without its reason")),
            _ => {}
        }
    }
    findings
}

/// In a manifest a crate's name begins a line; in the lock it stands behind `name = `.
fn denied(file: &File, list: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, text) in file.lines() {
        let text = text.strip_prefix("name = \"").unwrap_or(text);
        let name = text.split(|end: char| !(end.is_alphanumeric() || "_-".contains(end))).next().unwrap_or_default();
        let found = list.iter().find(|(denied, _)| *denied == name);
        findings.extend(found.map(|(denied, why)| file.finding(line, format!("{denied} is denied: {why}"))));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::lines_found;

    #[test]
    fn a_group_of_dependencies_without_a_comment_is_found() {
        let manifest = "[workspace.dependencies]\nours = { path = \"ours\" }\n\n# Why.\na = \"1\"\nb = \"1\"\n\nc = \"1\"\n\n[x]\nd = 1";
        assert_eq!(lines_found(check, "Cargo.toml", manifest), [8]);
    }

    #[test]
    fn a_denied_crate_is_found_in_a_manifest_and_in_the_lock() {
        assert_eq!(lines_found(check, "edge/Cargo.toml", "[dependencies]\nregex = \"1\"\nregex-lite = \"1\""), [2]);
        assert_eq!(lines_found(check, "inbox/Cargo.toml", "chrono.workspace = true"), [1]);
        assert_eq!(lines_found(check, "Cargo.lock", "[[package]]\nname = \"native-tls\"\nname = \"regex\""), [2]);
    }
}
