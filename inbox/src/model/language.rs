//! In which language the inbox speaks to an agent.

use shared::locale;

/// A language that the page offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offered {
    /// Its tag.
    pub(crate) tag: String,
    /// What its speakers call it.
    pub(crate) name: String,
    /// Where its words are.
    pub(crate) words: String,
}

/// The language for an agent: what was chosen on this device, else the first one of the browser's that is offered, else the
/// first of all.
pub(crate) fn choose<'a>(offered: &'a [Offered], kept: Option<&str>, preferred: &[String]) -> Option<&'a Offered> {
    let tags: Vec<&str> = offered.iter().map(|language| language.tag.as_str()).collect();
    let wanted = kept.into_iter().chain(preferred.iter().map(String::as_str));
    let found = wanted.map(|tag| locale::resolve(tag, &tags, "")).find(|tag| !tag.is_empty());
    offered.iter().find(|language| found.is_none_or(|tag| tag == language.tag))
}

/// The tag that dates and numbers follow: the language with the region that the browser names for it, else `usual`.
pub(crate) fn with_region(tag: &str, preferred: &[String], usual: &str) -> String {
    let is_same = |other: &&String| locale::with_parents(other).any(|parent| parent.eq_ignore_ascii_case(tag));
    preferred.iter().find(is_same).map_or_else(|| String::from(usual), String::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| String::from(*tag)).collect()
    }

    #[test]
    fn what_was_chosen_comes_before_what_the_browser_prefers() {
        let offered = ["en", "es", "zh-hant"].map(|tag| Offered { tag: tag.into(), name: "".into(), words: "".into() });
        for (kept, preferred, expected) in [
            (None, &["es-MX", "en"][..], "es"),
            (None, &["fr-FR", "es"], "es"),
            (None, &["fr"], "en"),
            (None, &[], "en"),
            (None, &["zh-Hant-TW", "es"], "zh-hant"),
            (None, &["zh-CN"], "zh-hant"),
            (Some("es"), &["en-US"], "es"),
            (Some("en"), &["es"], "en"),
            (Some("xx"), &["es"], "es"),
        ] {
            let chosen = choose(&offered, kept, &tags(preferred)).map(|language| language.tag.as_str());
            assert_eq!(chosen, Some(expected), "{kept:?} {preferred:?}");
        }
        assert_eq!(choose(&[], None, &tags(&["en"])), None);
    }

    #[test]
    fn dates_follow_the_region_of_the_browser_if_it_speaks_the_language() {
        let check = |tag, preferred: &[&str], expected| {
            assert_eq!(with_region(tag, &tags(preferred), "en-GB"), expected, "{tag} {preferred:?}");
        };
        check("en", &["fr", "en-US"], "en-US");
        check("es", &["es-MX", "es"], "es-MX");
        check("en", &["fr"], "en-GB");
        check("en", &["eng"], "en-GB");
    }
}
