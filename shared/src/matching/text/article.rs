//! The article of Arabic, which is written as a part of its word.

/// The article by itself, and behind what else is written before it: and, with, as, so, to. The longest first.
const ARTICLES: [&str; 7] = ["وال", "بال", "كال", "فال", "ولل", "لل", "ال"];
/// What has to be left of a whole word, in letters: less is another word.
const LEAST: usize = 2;

/// The least first byte of a word in Arabic letters.
const ARABIC: u8 = 0xd8;

/// Beginnings of "cancel" and "cancellation", which only look as if they had one.
const ROOTS: [&str; 2] = ["الغا", "الغي"];

/// A folded word without its article: "اللغة" is "لغة", as "the language" is "language". A word that is still being typed lacks it
/// from its first letter on.
pub(super) fn without_article(word: &str, open: bool) -> Option<&str> {
    // Most words are of other scripts.
    if word.as_bytes().first().is_none_or(|first| *first < ARABIC)
        || ROOTS.into_iter().any(|root| word.starts_with(root))
    {
        return None;
    }
    let rest = ARTICLES.into_iter().find_map(|article| word.strip_prefix(article))?;
    (rest.chars().nth(if open { 0 } else { LEAST - 1 }).is_some()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_left_out_where_a_word_remains() {
        let check = |word: &str, open: bool, expected: Option<&str>| assert_eq!(without_article(word, open), expected);
        check("اللغه", false, Some("لغه"));
        check("والفاتوره", false, Some("فاتوره"));
        check("للاشتراك", false, Some("اشتراك"));
        check("الش", true, Some("ش"));
        check("والد", false, None);
        check("ال", true, None);
        check("لغه", false, None);
        check("الغاء", false, None);
        check("الالغاء", false, Some("الغاء"));
    }
}
