//! What a visitor is likely to want before they have typed a letter.

use super::piece::Piece;
use shared::matching::SHOWN;

/// Articles and answers with their titles, the likeliest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Likely {
    pieces: Vec<(Piece, String)>,
    /// How many of them belong to the page or to a product of the visitor's.
    of_page: usize,
}

impl Likely {
    /// Those that are shown.
    pub fn pieces(&self) -> &[(Piece, String)] {
        self.pieces.get(..SHOWN).unwrap_or(&self.pieces)
    }

    /// Whether the page has a part in it.
    pub fn is_of_page(&self) -> bool {
        self.of_page > 0
    }

    /// Takes one more, unless it is there: those that belong to the page stand before the others.
    pub fn add(&mut self, piece: Piece, title: String, belongs: bool) {
        if title.is_empty() || self.pieces.iter().any(|(other, _)| other.is(&piece)) {
            return;
        }
        let at = if belongs { self.of_page } else { self.pieces.len() };
        self.pieces.insert(at, (piece, title));
        self.of_page += usize::from(belongs);
    }

    /// Whether there is room for another one that belongs to the page.
    pub fn has_room(&self) -> bool {
        self.of_page < SHOWN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::article;

    fn named(likely: &Likely) -> Vec<&str> {
        likely.pieces().iter().map(|(piece, _)| piece.id()).collect()
    }

    #[test]
    fn what_belongs_to_the_page_stands_first_and_nothing_twice() {
        let mut likely = Likely::default();
        let mut add = |id: &str, belongs| likely.add(Piece::Article(article(id)), id.into(), belongs);
        add("often", false);
        add("page", true);
        add("other", false);
        add("page", false);
        add("place", true);
        assert_eq!(named(&likely), ["page", "place", "often"]);
        assert!(likely.is_of_page() && likely.has_room());
        likely.add(Piece::Article(article("third")), "third".into(), true);
        assert!(!likely.has_room());
        likely.add(Piece::Article(article("nameless")), String::new(), true);
        assert_eq!(named(&likely), ["page", "place", "third"]);
        assert!(!Likely::default().is_of_page());
    }
}
