//! The articles that are suggested above the composer while the visitor types.

use shared::matching::{Hit, Suggester};

/// The articles that are suggested, and which one is chosen by keyboard.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    shown: Suggester,
    active: Option<usize>,
}

impl Suggestions {
    /// The articles, best first.
    pub fn hits(&self) -> &[Hit] {
        self.shown.hits()
    }

    /// The list without its cursor.
    pub fn suggester(&self) -> &Suggester {
        &self.shown
    }

    /// The number of the article that the arrow keys are on.
    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// Takes what was found for the text as it is now. Typing leaves the list, so nothing is chosen any more.
    pub fn found(&mut self, hits: Vec<Hit>) {
        self.shown.found(hits);
        self.active = None;
    }

    /// Nothing is suggested any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next one; after the last comes the first.
    pub fn next(&mut self) {
        let count = self.hits().len();
        if count > 0 {
            self.active = Some(self.active.map_or(0, |active| (active + 1) % count));
        }
    }

    /// The one before; before the first is the text, and before that the last: the list stands above the text.
    pub fn previous(&mut self) {
        self.active = self.active.unwrap_or(self.hits().len()).checked_sub(1);
    }

    /// Back to the text.
    pub fn leave(&mut self) {
        self.active = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(id: &str, confidence: f32) -> Hit {
        Hit { id: id.into(), confidence, ..Hit::default() }
    }

    fn found(hits: &[(&str, f32)]) -> Suggestions {
        let mut suggestions = Suggestions::default();
        suggestions.found(hits.iter().map(|(id, confidence)| hit(id, *confidence)).collect());
        suggestions
    }

    #[test]
    fn the_arrows_walk_the_list_and_lead_back_to_the_text() {
        let mut suggestions = found(&[("a", 0.9), ("b", 0.8)]);
        let mut walk = |steps: &[fn(&mut Suggestions)], expected| {
            steps.iter().for_each(|step| step(&mut suggestions));
            assert_eq!(suggestions.active(), expected);
        };
        walk(&[Suggestions::next], Some(0));
        walk(&[Suggestions::next, Suggestions::next], Some(0));
        walk(&[Suggestions::previous], None);
        walk(&[Suggestions::previous], Some(1));
        walk(&[Suggestions::next, Suggestions::leave], None);
        let mut empty = Suggestions::default();
        empty.next();
        empty.previous();
        assert_eq!(empty.active(), None);
    }

    #[test]
    fn typing_leaves_the_list() {
        let mut suggestions = found(&[("a", 0.9)]);
        suggestions.next();
        suggestions.found(vec![hit("a", 0.9)]);
        assert_eq!(suggestions.active(), None);
    }
}
