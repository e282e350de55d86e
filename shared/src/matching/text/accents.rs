//! Whether accents tell words apart.

/// Whether an accent makes another letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Accents {
    /// Hurried people leave them out: "resume" is "résumé".
    #[default]
    Folded,
    /// "ban", "bán" and "bạn" are three words.
    Kept,
}

impl Accents {
    /// As a language has them: they are kept in Vietnamese, where every second word has one.
    pub fn of(locale: &str) -> Self {
        if locale.split(['-', '_']).next() == Some("vi") { Self::Kept } else { Self::Folded }
    }

    /// As a term has them: where they are folded, no term has a letter that only Vietnamese has.
    pub(crate) fn of_term(term: &str) -> Self {
        if term.chars().any(|c| ('\u{1ea0}'..='\u{1ef9}').contains(&c)) { Self::Kept } else { Self::Folded }
    }
}
