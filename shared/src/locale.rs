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
    let language = locale.split(['-', '_']).next().unwrap_or(locale);
    match language {
        "ar" | "he" | "fa" | "ur" | "ps" | "yi" | "ckb" | "dv" => "rtl",
        _ => "ltr",
    }
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
}
