//! What stands above the composer: an answer and the articles that are suggested while the visitor types.

use super::piece::Piece;
use shared::matching::{Hit, Suggester};

/// The list, and what of it is chosen by keyboard.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestions {
    answers: Suggester,
    shown: Suggester,
    active: Option<usize>,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { answers: Suggester::of_answers(), shown: Suggester::default(), active: None }
    }
}

impl Suggestions {
    /// The articles, best first. They stand under the answer.
    pub fn articles(&self) -> &[Hit] {
        self.shown.under(&self.answers)
    }

    /// The answer that stands above them.
    pub fn answer(&self) -> Option<&Hit> {
        self.answers.hits().first()
    }

    /// How many are listed.
    pub fn count(&self) -> usize {
        self.answers.hits().len() + self.articles().len()
    }

    /// The one with this number, from above, and whether it is an answer.
    pub fn at(&self, number: usize) -> Option<(bool, &Hit)> {
        let answers = self.answers.hits();
        match answers.get(number) {
            Some(hit) => Some((true, hit)),
            None => self.articles().get(number - answers.len()).map(|hit| (false, hit)),
        }
    }

    /// What the one with this number leads to.
    pub fn piece(&self, number: usize) -> Option<Piece> {
        let (is_answer, hit) = self.at(number)?;
        if is_answer { Piece::answer(hit) } else { Piece::article(hit) }
    }

    /// The answers without the cursor.
    pub fn answers(&self) -> &Suggester {
        &self.answers
    }

    /// The articles without the cursor.
    pub fn suggester(&self) -> &Suggester {
        &self.shown
    }

    /// The number of the one that the arrow keys are on.
    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// Takes what was found for the text as it is now. Typing leaves the list, so nothing is chosen any more.
    pub fn found(&mut self, answers: Vec<Hit>, articles: Vec<Hit>) {
        self.answers.found(answers);
        self.shown.found(articles);
        self.active = None;
    }

    /// Nothing is suggested any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next one; after the last comes the first.
    pub fn next(&mut self) {
        let count = self.count();
        if count > 0 {
            self.active = Some(self.active.map_or(0, |active| (active + 1) % count));
        }
    }

    /// The one before; before the first is the text, and before that the last: the list stands above the text.
    pub fn previous(&mut self) {
        self.active = self.active.unwrap_or(self.count()).checked_sub(1);
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
        suggestions.found(Vec::new(), hits.iter().map(|(id, confidence)| hit(id, *confidence)).collect());
        suggestions
    }

    #[test]
    fn an_answer_comes_first_and_takes_the_place_of_the_last_article() {
        let mut suggestions = found(&[("a", 0.9), ("b", 0.8), ("c", 0.7)]);
        let ids = |suggestions: &Suggestions| -> Vec<String> {
            (0..suggestions.count()).filter_map(|number| Some(suggestions.piece(number)?.id().into())).collect()
        };
        assert_eq!((ids(&suggestions), suggestions.answer()), (vec!["a".into(), "b".into(), "c".into()], None));
        let articles = suggestions.articles().to_vec();
        suggestions.found(vec![hit("a", 0.9)], articles.clone());
        assert_eq!(ids(&suggestions), ["a", "a", "b"]);
        assert!(matches!(suggestions.piece(0), Some(Piece::Answer(_))));
        assert!(matches!(suggestions.piece(1), Some(Piece::Article(_))));
        suggestions.previous();
        assert_eq!(suggestions.active(), Some(2));
        suggestions.found(vec![hit("a", 0.31)], articles.clone());
        assert_eq!(ids(&suggestions), ["a", "a", "b"], "it stays as articles do");
        suggestions.found(vec![hit("a", 0.2)], articles);
        assert_eq!(ids(&suggestions), ["a", "b", "c"]);
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
        suggestions.found(Vec::new(), vec![hit("a", 0.9)]);
        assert_eq!(suggestions.active(), None);
    }
}
