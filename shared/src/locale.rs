//! Language tags.

mod script;
mod serving;

pub use serving::{is_same, plain, resolve, serving, takes};

/// Scripts and languages that are written from right to left. No language has as many letters as a script.
const RIGHT_TO_LEFT: &[u8] =
    b"arab hebr thaa syrc nkoo adlm rohg mand samr ar he iw fa ur ps yi ji ckb dv sd ug ks arc syr nqo";
/// The letters of a script's name.
const SCRIPT: usize = 4;

/// A tag and its parents, the nearest first: `zh-Hant-TW`, `zh-Hant`, `zh`.
pub fn with_parents(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.get(..tag.rfind(['-', '_'])?))
}

/// Whether a text is shaped like a language tag (BCP 47, loosely): 2 to 20 letters, digits and hyphens.
pub fn is_tag(text: &str) -> bool {
    (2..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The longest beginning of a text that is a tag: pages and systems write more than a tag, such as `de-DE-u-co-phonebk-kn-true` and
/// `de_DE.UTF-8`. None if there is none.
pub fn tag_of(text: &str) -> Option<&str> {
    with_parents(text.trim()).find(|tag| is_tag(tag))
}

/// The writing direction of a language, as the HTML `dir` attribute wants it.
pub fn direction(locale: &str) -> &'static str {
    let mut parts = locale.as_bytes().split(|byte| matches!(byte, b'-' | b'_'));
    let language = parts.next().unwrap_or_default();
    // A script that is named says it by itself, as in `az-Arab` and `ks-Deva`.
    let by = parts.find(|part| part.len() == SCRIPT).unwrap_or(language);
    let mut all = RIGHT_TO_LEFT.split(|byte| *byte == b' ');
    if all.any(|one| one.eq_ignore_ascii_case(by)) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_a_tag_is_read_as_far_as_it_is_one() {
        for (text, tag) in [
            ("pt-BR", Some("pt-BR")),
            (" pt_BR ", Some("pt_BR")),
            ("de_DE.UTF-8", Some("de")),
            ("sr_RS@latin", Some("sr")),
            ("en-US,en;q=0.9", Some("en")),
            ("de-DE-u-co-phonebk-kn-true", Some("de-DE-u-co-phonebk")),
            ("", None),
            ("x", None),
            ("<x>", None),
        ] {
            assert_eq!(tag_of(text), tag, "{text:?}");
        }
    }

    #[test]
    fn direction_follows_the_language_and_not_the_region() {
        assert_eq!(direction("ar-EG"), "rtl");
        assert_eq!(direction("en-SA"), "ltr");
    }

    #[test]
    fn direction_follows_the_script_where_one_is_named_in_any_case() {
        for tag in ["AR-eg", "sd", "ug", "ks", "ku-Arab", "az-Arab", "pa-Arab", "he_IL", "FA", "ff-Adlm", "uz-arab-AF"]
        {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["ku", "az", "pa", "ks-Deva", "sd-Deva", "uz-Latn", "tr", ""] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }
}
