//! Language tags.

/// The first of `available` that serves `wanted`: the same tag, then its parents (`pt-BR`, `pt`), then `default`.
pub fn resolve<'a>(wanted: &str, available: &[&'a str], default: &'a str) -> &'a str {
    let of = |tag: &str| available.iter().find(|locale| locale.eq_ignore_ascii_case(tag)).copied();
    with_parents(wanted).find_map(of).unwrap_or(default)
}

/// A tag and its parents, the nearest first: `zh-Hant-TW`, `zh-Hant`, `zh`.
pub fn with_parents(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.get(..tag.rfind(['-', '_'])?))
}

/// Whether a text is shaped like a language tag (BCP 47, loosely): 2 to 20 letters, digits and hyphens.
pub fn is_tag(text: &str) -> bool {
    (2..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The writing direction of a language, as the HTML `dir` attribute wants it.
pub fn direction(locale: &str) -> &'static str {
    let is_in = |list: &str, part: &str| list.split(' ').any(|one| one.eq_ignore_ascii_case(part));
    let mut parts = locale.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    // A script that is named says it by itself, as in `az-Arab` and `ks-Deva`.
    let is_right_to_left = match parts.find(|part| part.len() == 4) {
        Some(script) => is_in("arab hebr thaa syrc nkoo adlm rohg mand samr", script),
        None => is_in("ar he iw fa ur ps yi ji ckb dv sd ug ks arc syr nqo", language),
    };
    if is_right_to_left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_falls_back_along_its_parents_and_then_to_the_default() {
        let check =
            |wanted, expected| assert_eq!(resolve(wanted, &["en", "pt", "zh-Hant"], "en"), expected, "{wanted}");
        check("pt-BR", "pt");
        check("PT", "pt");
        check("zh-hant-TW", "zh-Hant");
        check("zh", "en");
        check("", "en");
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
