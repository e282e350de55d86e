//! The inbox's words in the agent's language, with what they say about numbers.

use crate::io::numbers;
use shared::protocol::ErrorCode;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The language that is spoken. It is set once, before anything is drawn: another one is another start of the page.
static SPOKEN: OnceLock<Language> = OnceLock::new();

struct Language {
    tag: String,
    /// What dates, numbers and plural forms follow: the tag, with a region if the browser names one.
    locale: String,
    texts: BTreeMap<String, String>,
}

/// Speaks a language from now on. `json` is its file of key and text. False if it is no such file.
pub(crate) fn speak(tag: &str, json: &str, locale: impl FnOnce(&str) -> String) -> bool {
    let Ok(texts) = serde_json::from_str::<BTreeMap<String, String>>(json) else { return false };
    let locale = locale(texts.get("dates").map_or(tag, String::as_str));
    SPOKEN.set(Language { tag: String::from(tag), locale, texts }).is_ok()
}

/// The tag of the language that is spoken.
pub(crate) fn tag() -> &'static str {
    spoken().map_or("", |language| language.tag.as_str())
}

/// The tag that dates and numbers follow, such as "en-GB".
pub(crate) fn locale() -> &'static str {
    spoken().map_or("", |language| language.locale.as_str())
}

/// The text of a key; the key itself if there is none, which the tests and the compilation rule out.
pub(crate) fn t(key: &'static str) -> &'static str {
    text(key).unwrap_or(key)
}

/// The text of a key with `{x}` replaced.
pub(crate) fn with(key: &'static str, x: &str) -> String {
    t(key).replace("{x}", x)
}

/// The text of a key with `{x}` and `{y}` replaced, whose order is the language's.
pub(crate) fn with_both(key: &'static str, x: &str, y: &str) -> String {
    with(key, x).replace("{y}", y)
}

/// The text for a number of things, with `{x}` replaced: the keys are `key_one`, `key_other` and so on, as the language
/// has forms.
pub(crate) fn count(key: &'static str, n: u64) -> String {
    let form = numbers::plural_form(n, locale());
    let of = |form: &str| text(&[key, "_", form].concat());
    of(&form).or_else(|| of("other")).unwrap_or(key).replace("{x}", &number(n))
}

/// A number with its thousands apart.
pub(crate) fn number(n: u64) -> String {
    numbers::written(n, locale())
}

/// A number of tenths, such as "2.5".
pub(crate) fn with_tenth(tenths: u64) -> String {
    numbers::with_tenth(tenths, locale())
}

/// Whether somebody is there, and how much they have.
pub(crate) fn busy(present: bool, open: u32) -> String {
    let there = if present { t("present") } else { t("away") };
    [there, " · ", &count("open", open.into())].concat()
}

/// What to tell a person about a refusal, and what to do.
pub(crate) fn of_error(code: ErrorCode) -> &'static str {
    t(match code {
        ErrorCode::WrongPassword => "error_wrong_password",
        ErrorCode::WrongToken => "error_wrong_token",
        ErrorCode::AlreadySetUp => "error_already_set_up",
        ErrorCode::NameTaken => "error_name_taken",
        ErrorCode::BadName => "error_bad_name",
        ErrorCode::LongPassword => "error_long_password",
        ErrorCode::WeakPassword => "error_weak_password",
        ErrorCode::TooMany => "error_too_many",
        ErrorCode::MessageTooLong => "error_message_too_long",
        ErrorCode::UnknownWorkspace => "error_unknown_workspace",
        ErrorCode::AlreadySolved => "error_already_solved",
        ErrorCode::UnknownConversation => "error_unknown_conversation",
        ErrorCode::WrongTime => "error_wrong_time",
        ErrorCode::NotSignedIn => "error_not_signed_in",
        ErrorCode::Internal | ErrorCode::Unavailable => "error_internal",
        // The others are about how programs ask, and a person can only start anew.
        _ => "error_refused",
    })
}

fn text(key: &str) -> Option<&'static str> {
    spoken()?.texts.get(key).map(String::as_str)
}

fn spoken() -> Option<&'static Language> {
    #[cfg(test)]
    SPOKEN.get_or_init(tests::english);
    SPOKEN.get()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// What `xtask` reads for the list of the languages.
    const READ_ELSEWHERE: [&str; 1] = ["language_name"];

    const FORMS: [&str; 2] = ["one", "other"];

    fn words() -> BTreeMap<String, String> {
        serde_json::from_str(include_str!("../../languages/en/inbox.json")).unwrap()
    }

    pub(super) fn english() -> Language {
        Language { tag: "en".into(), locale: "en-GB".into(), texts: words() }
    }

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
        let words = words();
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let counted = |key: &str| words.contains_key(&[key, "_other"].concat());
        for key in words.keys().map(String::as_str).filter(|key| !READ_ELSEWHERE.contains(key)) {
            let stem = key.rsplit_once('_').filter(|(stem, form)| FORMS.contains(form) && counted(stem));
            let said = stem.map_or_else(|| ["\"", key, "\""].concat(), |(stem, _)| ["count(\"", stem, "\""].concat());
            assert!(source.contains(&said), "nothing says {key}");
        }
        for call in ["t(\"", "with(\"", "with_both(\"", "count(\""] {
            for (at, _) in source.match_indices(call) {
                let key = source.get(at + call.len()..).and_then(|rest| rest.split('"').next()).unwrap();
                let is_call = !source.get(..at).unwrap().ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let is_there = if call == "count(\"" { counted(key) } else { words.contains_key(key) };
                assert!(!is_call || is_there || key.is_empty(), "there is no word for {key}");
            }
        }
    }

    #[test]
    fn a_number_chooses_the_form_and_stands_in_it() {
        assert_eq!([0, 1, 2].map(|n| count("find", n)), ["0 results", "1 result", "2 results"]);
        assert_eq!(count("conversation", 1_234_567), "1,234,567 conversations");
        assert_eq!([number(999), with_tenth(10_015)], ["999", "1,001.5"]);
        assert_eq!(with_both("part_of", "3", "4"), "3 of 4");
    }

    #[test]
    fn every_refusal_is_told_in_a_sentence_of_the_language() {
        for code in ErrorCode::ALL {
            assert!(of_error(*code).contains(' '), "{code:?}");
        }
    }
}
