//! The inbox's words, from `locales/en.json`.

use shared::protocol::ErrorCode;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const ENGLISH: &str = include_str!("../locales/en.json");

/// The text of a key; the key itself if there is none, which a test rules out.
pub(crate) fn t(key: &'static str) -> &'static str {
    static WORDS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    WORDS.get_or_init(|| serde_json::from_str(ENGLISH).unwrap_or_default()).get(key).map_or(key, String::as_str)
}

/// The text of a key with `{x}` replaced.
pub(crate) fn with(key: &'static str, x: &str) -> String {
    t(key).replace("{x}", x)
}

/// One of two texts by a number, which replaces `{x}`.
pub(crate) fn count(one: &'static str, many: &'static str, n: usize) -> String {
    with(if n == 1 { one } else { many }, &n.to_string())
}

/// Whether somebody is there, and how much they have.
pub(crate) fn busy(present: bool, open: u32) -> String {
    let there = if present { t("present") } else { t("away") };
    [there, " · ", &count("open_one", "open_many", usize::try_from(open).unwrap_or(usize::MAX))].concat()
}

/// What to tell a person about a refusal. Where the inbox knows what to do, it says that; else the edge's own sentence.
pub(crate) fn of_error(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::WrongPassword => t("error_wrong_password"),
        ErrorCode::WrongToken => t("error_wrong_token"),
        ErrorCode::AlreadySetUp => t("error_already_set_up"),
        ErrorCode::WeakPassword => t("error_weak_password"),
        ErrorCode::TooMany => t("error_too_many"),
        ErrorCode::MessageTooLong => t("error_message_too_long"),
        ErrorCode::UnknownWorkspace => t("error_unknown_workspace"),
        ErrorCode::AlreadySolved => t("error_already_solved"),
        ErrorCode::UnknownConversation => t("error_unknown_conversation"),
        _ => code.sentence(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else {
                out.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn every_word_is_used_and_every_used_word_is_there() {
        let words: BTreeMap<String, String> = serde_json::from_str(ENGLISH).unwrap();
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        for key in words.keys() {
            assert!(source.contains(&["\"", key, "\""].concat()), "nobody says {key}");
        }
        for call in ["t(\"", "with(\"", "count(\""] {
            for (at, _) in source.match_indices(call) {
                let key = source.get(at + call.len()..).and_then(|rest| rest.split('"').next()).unwrap();
                let is_call = !source.get(..at).unwrap().ends_with(|c: char| c.is_alphanumeric() || c == '_');
                assert!(!is_call || words.contains_key(key) || key.is_empty(), "there is no word for {key}");
            }
        }
    }
}
