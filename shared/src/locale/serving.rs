//! Which of the languages that there are serves a reader.
//!
//! The chain goes both ways: who reads `pt-BR` is served by `pt`, and who reads `pt` by `pt-BR`. A script is worth more than a region: who
//! reads `zh-TW` is served by `zh-Hant` before `zh-CN`. And another region or script of one's own language comes before another language.

use super::script::{Meaning, of_today};
use super::with_parents;
use std::cmp::Reverse;

/// Regions in which a language is written as in another one (CLDR, "parentLocales"): the language, the region for which it is, the
/// regions that are alike, the nearest first. "*" is any other region.
const ALIKE: [(&str, &str, &[&str]); 6] = [
    ("es", "es", &[]),
    ("es", "*", &["419", "mx", "us", "ar"]),
    ("en", "us", &[]),
    ("en", "*", &["001", "gb"]),
    ("pt", "br", &[]),
    ("pt", "*", &["pt"]),
];

/// The region that a language is thought of in where none is named, if its code is not the language's own.
const USUAL: [(&str, &str); 14] = [
    ("en", "us"),
    ("pt", "br"),
    ("ja", "jp"),
    ("ko", "kr"),
    ("sv", "se"),
    ("da", "dk"),
    ("cs", "cz"),
    ("uk", "ua"),
    ("el", "gr"),
    ("he", "il"),
    ("hi", "in"),
    ("vi", "vn"),
    ("ar", "001"),
    ("fa", "ir"),
];

/// Languages whose readers read another one, where their own is not there (CLDR, "languageMatching").
const NEAR: [(&str, &str); 3] = [("nn", "no"), ("no", "nn"), ("gsw", "de")];

/// Those of `available` that serve `wanted`, the best first: the same tag, its parents, regions that write alike, the language's usual
/// region, any other region, and what is in another script. Where there is none of these, those that serve a language near to it.
pub fn serving<'a>(wanted: &str, available: &[&'a str]) -> Vec<&'a str> {
    let meaning = Meaning::of(wanted);
    let own = of_language(wanted, &meaning, available);
    match NEAR.iter().find(|(language, _)| own.is_empty() && *language == meaning.language) {
        Some((_, near)) => of_language(near, &Meaning::of(near), available),
        None => own,
    }
}

fn of_language<'a>(wanted: &str, meaning: &Meaning, available: &[&'a str]) -> Vec<&'a str> {
    let mut found: Vec<(Rank, &str)> = available
        .iter()
        .filter_map(|tag| {
            let other = Meaning::of(tag);
            (other.language == meaning.language && !other.language.is_empty())
                .then(|| (rank(wanted, meaning, tag, &other), *tag))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, tag)| tag).collect()
}

/// The best of `available` for `wanted`; where there is none, the best for `default`, and `default` itself where nothing is near that.
pub fn resolve<'a>(wanted: &str, available: &[&'a str], default: &'a str) -> &'a str {
    let best = |wanted| serving(wanted, available).first().copied();
    best(wanted).or_else(|| best(default)).unwrap_or(default)
}

/// Whether two tags are the same, written in another case, with another hyphen, or with a code of before.
pub fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// A tag in the one form that all of its spellings have.
pub fn plain(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    match tag.split_once('-') {
        Some((language, rest)) => format!("{}-{rest}", of_today(language)),
        None => of_today(&tag).into(),
    }
}

/// Whether what is meant for `tag` is for somebody who reads `wanted`: the same or a part of it, as `pt-BR` is one of `pt`, `zh-TW` is one
/// of `zh-Hant`, and `iw-IL` one of `he`.
pub fn takes(tag: &str, wanted: &str) -> bool {
    if with_parents(wanted).any(|parent| is_same(parent, tag)) {
        return true;
    }
    let (narrow, wide) = (Meaning::of(wanted), Meaning::of(tag));
    // A kind of spelling within a region, as in `ca-ES-valencia`, is taken by its own letters alone.
    let is_plain = tag.split(['-', '_']).all(|part| part.len() < 5);
    is_plain
        && narrow.language == wide.language
        && (!wide.names_script || narrow.script == wide.script)
        && (wide.region.is_empty() || narrow.region == wide.region)
}

/// In the order of what counts. The tag itself comes last, so that two that are alike have an order.
type Rank = (bool, bool, Reverse<usize>, usize, usize);

fn rank(wanted: &str, meaning: &Meaning, tag: &str, other: &Meaning) -> Rank {
    let is_other_script = other.script != meaning.script;
    let parent = with_parents(wanted).find(|parent| is_same(parent, tag)).map_or(0, str::len);
    let alike = alike(meaning).iter().position(|region| *region == other.region).unwrap_or(usize::MAX);
    let is_usual = other.region.is_empty() || other.region == usual(&meaning.language);
    // A language by itself stands for no region; in another region than one's own it is nearer than a third one.
    let distance = if other.region == meaning.region {
        0
    } else if is_usual {
        1
    } else {
        2
    };
    (is_other_script, parent == 0 && other.region != meaning.region, Reverse(parent), alike, distance)
}

fn alike(meaning: &Meaning) -> &'static [&'static str] {
    if meaning.region.is_empty() {
        return &[];
    }
    let fits = |(language, region, _): &&(&str, &str, &[&str])| {
        *language == meaning.language && (*region == meaning.region || *region == "*")
    };
    ALIKE.iter().find(fits).map_or(&[], |(_, _, alike)| alike)
}

fn usual(language: &str) -> &str {
    USUAL.iter().find(|(name, _)| *name == language).map_or(language, |(_, region)| region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(available: &[&str], cases: &[(&str, &str)]) {
        for (wanted, expected) in cases {
            assert_eq!(resolve(wanted, available, "en"), *expected, "{wanted} of {available:?}");
        }
    }

    #[test]
    fn a_region_is_served_by_its_language_and_a_language_by_a_region() {
        check(
            &["en", "pt-BR", "zh-Hant", "zh-Hans"],
            &[
                ("pt-BR", "pt-BR"),
                ("pt", "pt-BR"),
                ("pt_BR", "pt-BR"),
                ("PT-pt", "pt-BR"),
                ("zh-TW", "zh-Hant"),
                ("zh-HK", "zh-Hant"),
                ("zh_MO", "zh-Hant"),
                ("zh-Hant-TW", "zh-Hant"),
                ("yue", "zh-Hant"),
                ("zh-CN", "zh-Hans"),
                ("zh-SG", "zh-Hans"),
                ("zh", "zh-Hans"),
                ("en-GB", "en"),
                ("fr", "en"),
                ("", "en"),
            ],
        );
        check(&["en", "pt", "pt-PT"], &[("pt-BR", "pt"), ("pt-AO", "pt"), ("pt", "pt"), ("pt-PT", "pt-PT")]);
    }

    #[test]
    fn of_several_regions_the_one_that_writes_alike_serves() {
        check(&["en-GB", "en-US"], &[("en", "en-US"), ("en-AU", "en-GB"), ("en-IE", "en-GB"), ("en-US", "en-US")]);
        check(
            &["es-ES", "es-419", "en"],
            &[("es", "es-ES"), ("es-MX", "es-419"), ("es-AR", "es-419"), ("es-ES", "es-ES")],
        );
        check(&["es-AR", "es-ES", "es-MX"], &[("es-CO", "es-MX"), ("es-419", "es-MX"), ("es", "es-ES")]);
        check(&["pt-BR", "pt-PT"], &[("pt", "pt-BR"), ("pt-AO", "pt-PT"), ("pt-MZ", "pt-PT")]);
        check(&["de-AT", "de-DE"], &[("de", "de-DE"), ("de-CH", "de-DE"), ("de-AT", "de-AT")]);
        check(&["fr-CA", "en-US"], &[("fr", "fr-CA"), ("fr-FR", "fr-CA"), ("it", "en-US")]);
    }

    #[test]
    fn a_script_is_worth_more_than_a_region_and_less_than_the_language() {
        check(
            &["sr", "sr-Latn", "en"],
            &[("sr-Latn-RS", "sr-Latn"), ("sr-RS", "sr"), ("sr-ME", "sr-Latn"), ("sr", "sr")],
        );
        check(&["sr-Latn", "en"], &[("sr", "sr-Latn"), ("sr-Cyrl-RS", "sr-Latn")]);
        check(&["zh", "zh-Hant", "en"], &[("zh-TW", "zh-Hant"), ("zh-CN", "zh")]);
        check(
            &["zh-CN", "zh-TW"],
            &[("zh-HK", "zh-TW"), ("zh-Hant", "zh-TW"), ("zh-SG", "zh-CN"), ("zh-Hans", "zh-CN")],
        );
        check(&["zh-Hans", "en"], &[("zh-TW", "zh-Hans")]);
        check(&["az", "az-Arab", "en"], &[("az-IR", "az-Arab"), ("az-AZ", "az")]);
    }

    #[test]
    fn codes_of_before_are_the_languages_of_today() {
        check(&["he", "id", "nb", "en"], &[("iw-IL", "he"), ("in", "id"), ("no", "nb"), ("nb-NO", "nb")]);
        check(&["sr", "sr-Latn", "en"], &[("sh", "sr-Latn"), ("sh-RS", "sr-Latn")]);
        check(
            &["zh-Hans", "zh-Hant", "en"],
            &[("zh-yue", "zh-Hant"), ("cmn-TW", "zh-Hant"), ("zh-cmn-Hans", "zh-Hans")],
        );
    }

    #[test]
    fn a_language_that_is_not_there_is_served_by_the_one_near_to_it() {
        check(&["nb", "de", "en"], &[("nn", "nb"), ("nn-NO", "nb"), ("gsw-CH", "de")]);
        check(&["nb", "nn", "en"], &[("nn", "nn"), ("no", "nb"), ("nb", "nb")]);
        check(&["nn", "en"], &[("nb-NO", "nn"), ("de", "en")]);
    }

    #[test]
    fn a_tag_is_the_same_in_all_of_its_spellings() {
        for (one, other, expected) in [
            ("pt_BR", "pt-br", true),
            ("iw", "he", true),
            ("IW_il", "he-IL", true),
            ("no", "nb", true),
            ("tl-PH", "fil-PH", true),
            ("nn", "nb", false),
            ("zh-TW", "zh-Hant", false),
            ("inh", "id", false),
        ] {
            assert_eq!(is_same(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_default_that_is_not_there_is_served_like_a_reader() {
        assert_eq!(resolve("fr", &["pt-BR", "de"], "pt"), "pt-BR");
        assert_eq!(resolve("fr", &[], "pt"), "pt");
    }

    #[test]
    fn all_that_serve_come_in_their_order() {
        assert_eq!(serving("pt-BR", &["en", "pt-PT", "pt", "pt-BR"]), ["pt-BR", "pt", "pt-PT"]);
        assert_eq!(serving("zh-TW", &["zh-CN", "zh", "zh-Hant"]), ["zh-Hant", "zh", "zh-CN"]);
    }

    #[test]
    fn a_rule_for_a_language_takes_its_parts_and_nothing_else() {
        for (tag, wanted, expected) in [
            ("pt", "pt-BR", true),
            ("pt-BR", "pt_br", true),
            ("pt-BR", "pt", false),
            ("pt-BR", "pt-PT", false),
            ("zh-Hant", "zh-TW", true),
            ("zh-Hant", "zh-CN", false),
            ("zh", "zh-TW", true),
            ("zh-TW", "zh-Hant", false),
            ("sr-Latn", "sr", false),
            ("sr-Latn", "sh", true),
            ("sh", "sr-Latn-RS", true),
            ("sh", "sr", false),
            ("he", "iw-IL", true),
            ("iw", "he", true),
            ("he-IL", "iw-IL", true),
            ("he-IL", "iw", false),
            ("nb", "no-NO", true),
            ("nb", "nn", false),
            ("zh-Hant", "zh-yue", true),
            ("yue", "zh-HK", true),
            ("yue", "zh-CN", false),
            ("ca-ES-valencia", "ca-ES", false),
            ("ca", "ca-ES-valencia", true),
            ("en", "", false),
            ("", "en", false),
        ] {
            assert_eq!(takes(tag, wanted), expected, "{tag} {wanted}");
        }
    }
}
