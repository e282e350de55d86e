//! What a language tag means: its language, its script though it may not be named, and its region.

/// A tag that was read. Cases and the hyphen's form mean nothing in a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) language: String,
    /// As it is named, or as the language is usually written in the region; empty where there is no doubt.
    pub(super) script: String,
    /// Whether the tag itself names the script, by four letters or as `yue` does.
    pub(super) names_script: bool,
    /// Empty if none is named.
    pub(super) region: String,
}

/// Codes of before, with those of today (CLDR, "languageAlias").
const RENAMED: [(&str, &str); 7] =
    [("iw", "he"), ("in", "id"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"), ("nb", "no"), ("tl", "fil")];

/// Languages that are written as another one is (CLDR, "languageMatching").
const WRITTEN_AS: [(&str, &str); 7] =
    [("sh", "sr"), ("cmn", "zh"), ("yue", "zh"), ("nan", "zh"), ("hak", "zh"), ("wuu", "zh"), ("gan", "zh")];

/// Codes that say a script: Serbo-Croatian is written in Latin letters, and Chinese languages of the south in the letters of Hong Kong and
/// Taiwan. These stand before a tag or behind its language, as in `zh-yue`.
const WITH_SCRIPT: [(&str, &str); 4] = [("sh", "latn"), ("yue", "hant"), ("nan", "hant"), ("hak", "hant")];

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
        let today = of_today(written);
        let language = WRITTEN_AS.iter().find(|(other, _)| *other == today).map_or(today, |(_, language)| language);
        let (mut script, mut region) = ("", "");
        let mut spoken = written;
        // What follows a single letter is no part of the language.
        for part in parts.take_while(|part| part.len() > 1) {
            let is_letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            match part.len() {
                4 if is_letters && script.is_empty() => script = part,
                2 if is_letters && region.is_empty() => region = part,
                3 if part.bytes().all(|byte| byte.is_ascii_digit()) && region.is_empty() => region = part,
                3 if is_letters && script.is_empty() && region.is_empty() => spoken = part,
                _ => {}
            }
        }
        if script.is_empty() {
            script = WITH_SCRIPT.iter().find(|(code, _)| *code == spoken).map_or("", |(_, script)| script);
        }
        let names_script = !script.is_empty();
        if !names_script {
            script = usual_script(language, region);
        }
        Self { language: language.into(), script: script.into(), names_script, region: region.into() }
    }
}

/// The code that a language has today.
pub(super) fn of_today(code: &str) -> &str {
    RENAMED.iter().find(|(before, _)| *before == code).map_or(code, |(_, today)| today)
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
            ("sh", "sr", "latn", ""),
            ("zh-yue", "zh", "hant", ""),
            ("zh-yue-HK", "zh", "hant", "hk"),
            ("zh-cmn-Hans-CN", "zh", "hans", "cn"),
            ("cmn-Hant-TW", "zh", "hant", "tw"),
            ("yue-Hans", "zh", "hans", ""),
            ("nan-TW", "zh", "hant", "tw"),
            ("wuu", "zh", "hans", ""),
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
            let found = Meaning::of(tag);
            assert_eq!(
                (found.language.as_str(), found.script.as_str(), found.region.as_str()),
                (language, script, region),
                "{tag}"
            );
        }
    }
}
