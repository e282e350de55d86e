//! What a language tag means: its language, its script though it may not be named, and its region.

/// A tag that was read. Cases and the hyphen's form mean nothing in a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) language: String,
    /// As it is named, or as the language is usually written in the region; empty where there is no doubt.
    pub(super) script: String,
    /// Empty if none is named.
    pub(super) region: String,
}

/// Codes of before, and what is written as another language is (CLDR, "languageAlias" and "languageMatching").
const SAME: [(&str, &str); 9] = [
    ("iw", "he"),
    ("in", "id"),
    ("ji", "yi"),
    ("jw", "jv"),
    ("mo", "ro"),
    ("nb", "no"),
    ("tl", "fil"),
    ("cmn", "zh"),
    ("yue", "zh"),
];

/// Regions with the script of each.
type Regions = &'static [(&'static str, &'static str)];

/// Languages that are written in several scripts, with the usual one and the regions that have another (CLDR, "likelySubtags").
const SCRIPTS: [(&str, &str, Regions); 13] = [
    ("zh", "hans", &[("tw", "hant"), ("hk", "hant"), ("mo", "hant")]),
    ("sr", "cyrl", &[("me", "latn"), ("ro", "latn"), ("tr", "latn")]),
    ("bs", "latn", &[]),
    ("az", "latn", &[("ir", "arab"), ("iq", "arab"), ("ru", "cyrl")]),
    ("uz", "latn", &[("af", "arab"), ("cn", "cyrl")]),
    ("pa", "guru", &[("pk", "arab")]),
    ("sd", "arab", &[("in", "deva")]),
    ("ks", "arab", &[]),
    ("ku", "latn", &[("iq", "arab"), ("ir", "arab")]),
    ("kk", "cyrl", &[("cn", "arab"), ("ir", "arab"), ("af", "arab")]),
    ("ky", "cyrl", &[("cn", "arab"), ("tr", "latn")]),
    ("mn", "cyrl", &[("cn", "mong")]),
    ("ms", "latn", &[("cc", "arab")]),
];

impl Meaning {
    /// What a tag means.
    pub(super) fn of(tag: &str) -> Self {
        let lower = tag.to_ascii_lowercase();
        let mut parts = lower.split(['-', '_']);
        let written = parts.next().unwrap_or_default();
        let language = SAME.iter().find(|(other, _)| *other == written).map_or(written, |(_, language)| language);
        let (mut script, mut region) = ("", "");
        // What follows a single letter is no part of the language.
        for part in parts.take_while(|part| part.len() > 1) {
            let is_letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            match part.len() {
                4 if is_letters && script.is_empty() => script = part,
                2 if is_letters && region.is_empty() => region = part,
                3 if part.bytes().all(|byte| byte.is_ascii_digit()) && region.is_empty() => region = part,
                _ => {}
            }
        }
        if script.is_empty() {
            // Cantonese is written in the script of Hong Kong.
            script = if written == "yue" { "hant" } else { usual_script(language, region) };
        }
        Self { language: language.into(), script: script.into(), region: region.into() }
    }
}

fn usual_script(language: &str, region: &str) -> &'static str {
    let Some((_, usual, regions)) = SCRIPTS.iter().find(|(name, ..)| *name == language) else { return "" };
    regions.iter().find(|(name, _)| *name == region).map_or(usual, |(_, script)| script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_means_the_same_however_it_is_written() {
        for (tag, language, script, region) in [
            ("pt-BR", "pt", "", "br"),
            ("PT_br", "pt", "", "br"),
            ("es-419", "es", "", "419"),
            ("zh-TW", "zh", "hant", "tw"),
            ("zh_HK", "zh", "hant", "hk"),
            ("zh-CN", "zh", "hans", "cn"),
            ("zh", "zh", "hans", ""),
            ("zh-Hant-CN", "zh", "hant", "cn"),
            ("yue-HK", "zh", "hant", "hk"),
            ("sr-Latn-RS", "sr", "latn", "rs"),
            ("sr", "sr", "cyrl", ""),
            ("pa-PK", "pa", "arab", "pk"),
            ("nb-NO", "no", "", "no"),
            ("iw", "he", "", ""),
            ("ca-ES-valencia", "ca", "", "es"),
            ("de-DE-u-co-phonebk", "de", "", "de"),
            ("en-x-gb", "en", "", ""),
            ("", "", "", ""),
        ] {
            let expected = Meaning { language: language.into(), script: script.into(), region: region.into() };
            assert_eq!(Meaning::of(tag), expected, "{tag}");
        }
    }
}
