//! What is said in each language, and what is known about its words. `build.rs` makes the tables of the folders in
//! `languages/`, and refuses a language that lacks anything.

/// A text by language tag.
#[cfg(feature = "compile")]
type Texts = &'static [(&'static str, &'static str)];
/// Patterns by language tag.
pub(crate) type Lists = &'static [(&'static str, &'static [&'static str])];

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The panel's words in English, for a panel that could not ask the edge for its words: a JSON object of key and text.
pub const ENGLISH_PANEL_WORDS: &str = ENGLISH_PANEL;

/// The panel's words in a language, as a JSON object of key and text. A site may publish in more languages than the panel
/// speaks, and visitors then read its articles in a panel in English.
#[cfg(feature = "compile")]
pub fn panel_words(tag: &str) -> &'static str {
    text(PANEL, tag).unwrap_or(ENGLISH_PANEL)
}

/// The language in which the panel speaks to a visitor: the one that serves the wanted one, or else that of the articles, or English.
#[cfg(feature = "compile")]
pub fn panel_tongue<'a>(wanted: &'a str, articles: &'a str) -> &'a str {
    [wanted, articles].into_iter().find(|tag| text(PANEL, tag).is_some()).unwrap_or("en")
}

/// The commonest words of a language, the commonest first; empty if they are not known.
#[cfg(feature = "compile")]
pub(crate) fn common_words(tag: &str) -> &'static str {
    text(COMMON, tag).unwrap_or_default()
}

/// Words of a language that mean the same, a group a line; empty if none are known.
#[cfg(feature = "compile")]
pub(crate) fn thesaurus(tag: &str) -> &'static str {
    text(THESAURUS, tag).unwrap_or_default()
}

/// The text of the language that serves a tag best.
#[cfg(feature = "compile")]
fn text(texts: Texts, tag: &str) -> Option<&'static str> {
    let tags: Vec<&str> = texts.iter().map(|(own, _)| *own).collect();
    let best = crate::locale::serving(tag, &tags).first().copied()?;
    texts.iter().find(|(own, _)| *own == best).map(|(_, text)| *text)
}

#[cfg(all(test, feature = "compile"))]
mod tests {
    use super::*;

    #[test]
    fn a_region_speaks_its_language_and_what_has_no_words_speaks_english() {
        assert_eq!(panel_words("es-MX"), panel_words("es"));
        assert_ne!(panel_words("es"), ENGLISH_PANEL_WORDS);
        assert_eq!(panel_words("en_GB"), ENGLISH_PANEL_WORDS);
        assert_eq!(panel_words("xx"), ENGLISH_PANEL_WORDS);
    }

    #[test]
    fn a_visitor_is_spoken_to_in_their_language_whatever_the_articles_are_in() {
        assert_eq!(panel_tongue("ar-EG", "en"), "ar-EG");
        assert_eq!(panel_tongue("fi", "de"), "de");
        assert_eq!(panel_tongue("fi", "sv"), "en");
    }

    #[test]
    fn a_language_may_be_searched_with_the_words_of_another() {
        assert_eq!((common_words("ms"), thesaurus("ms")), (common_words("id"), thesaurus("id")));
        assert_eq!(common_words("nb-NO"), common_words("no"));
        assert!(!common_words("bg").is_empty());
        assert_eq!((thesaurus("bg"), common_words("xx")), ("", ""));
    }

    #[test]
    fn every_language_of_the_interface_has_a_row_in_every_table() {
        let tags = |table: Texts| table.iter().map(|(tag, _)| *tag).collect::<Vec<_>>();
        for (tag, _) in PANEL {
            assert!(tags(COMMON).contains(tag) && tags(THESAURUS).contains(tag), "{tag}");
            for lists in [PERSON, NOT_HELPED, PRICING, UPGRADE, CANCELLATION, COMPLAINT, AT_RISK] {
                assert!(lists.iter().any(|(own, _)| own == tag), "{tag}");
            }
        }
    }
}
