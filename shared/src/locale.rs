//! Language tags and the words of the panel.

/// The languages that the panel itself speaks. Articles may be in any language.
pub const PANEL_LOCALES: [&str; 5] = ["en", "tr", "es", "ko", "id"];

/// English, for a panel that could not ask the edge for its words.
pub const ENGLISH_WORDS: &str = include_str!("../locales/en.json");

/// The words of the panel in a language, as a JSON object of key to text; English where we have none.
#[cfg(feature = "compile")]
pub fn words(locale: &str) -> &'static str {
    match locale {
        "tr" => include_str!("../locales/tr.json"),
        "es" => include_str!("../locales/es.json"),
        "ko" => include_str!("../locales/ko.json"),
        "id" => include_str!("../locales/id.json"),
        _ => ENGLISH_WORDS,
    }
}

/// The first of `available` that serves `wanted`: the same tag, then its parents (`pt-BR`, `pt`), then `default`.
pub fn resolve<'a>(wanted: &str, available: &[&'a str], default: &'a str) -> &'a str {
    let mut tag = wanted;
    loop {
        if let Some(found) = available.iter().find(|locale| locale.eq_ignore_ascii_case(tag)) {
            return found;
        }
        match tag.rfind(['-', '_']) {
            Some(cut) => tag = tag.get(..cut).unwrap_or(""),
            None => return default,
        }
    }
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
