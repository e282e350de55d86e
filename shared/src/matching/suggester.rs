//! Keeps the list of suggestions calm while the visitor types.

use super::confidence::{ANSWER_KEEP, ANSWER_TYPING, KEEP, SUGGEST_TYPING};
use super::search::Hit;

/// At most as many as are taken in at a glance, and as fit above a phone's keyboard.
pub const SHOWN: usize = 3;
/// How many hits to look at: some more than are shown, so that one that is shown already can be found again further down.
const LOOK_AT: usize = 6;
/// A newcomer has to be likelier by this factor than what it replaces, so that near equals do not change places.
pub const STAY: f32 = 1.6;

/// The suggestions that are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggester {
    hits: Vec<Hit>,
    bar: Bar,
}

/// What is asked of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bar {
    /// From how likely on it is shown.
    from: f32,
    /// Down to how likely it stays.
    down_to: f32,
    /// How many are shown at once.
    most: usize,
}

const ARTICLES: Bar = Bar { from: SUGGEST_TYPING, down_to: KEEP, most: SHOWN };
/// The second best answer is for another question.
const ANSWERS: Bar = Bar { from: ANSWER_TYPING, down_to: ANSWER_KEEP, most: 1 };

impl Default for Suggester {
    fn default() -> Self {
        Self { hits: Vec::new(), bar: ARTICLES }
    }
}

impl Suggester {
    /// The limit for the search whose hits it takes.
    pub const LOOK_AT: usize = LOOK_AT;

    /// The least likely article that may be shown.
    pub const AT_LEAST: f32 = KEEP;

    /// One that also shows what is unlikely, for comparing with engines that cannot tell.
    pub fn unreserved() -> Self {
        Self { bar: Bar { from: 0.0, down_to: 0.0, ..ARTICLES }, ..Self::default() }
    }

    /// One for curated answers.
    pub fn of_answers() -> Self {
        Self { hits: Vec::new(), bar: ANSWERS }
    }

    /// The same, showing these documents already, of which nothing but the ids is known.
    pub fn showing(self, ids: impl IntoIterator<Item = String>) -> Self {
        let hit = |id| Hit {
            id,
            title: String::new(),
            title_marks: Vec::new(),
            snippet: String::new(),
            snippet_marks: Vec::new(),
            confidence: 0.0,
        };
        Self { hits: ids.into_iter().map(hit).collect(), ..self }
    }

    /// What is shown, best first.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The articles that there is room for under an answer, if one is shown: that takes the place of the last.
    pub fn under(&self, answer: &Self) -> &[Hit] {
        let room = SHOWN.saturating_sub(answer.hits.len());
        self.hits.get(..room).unwrap_or(&self.hits)
    }

    /// Whether any of this would be shown.
    pub fn takes(&self, hits: &[Hit]) -> bool {
        hits.iter().any(|hit| hit.confidence >= self.at_least(self.shows(&hit.id)))
    }

    /// Takes what was found for the text as it is now.
    pub fn found(&mut self, hits: Vec<Hit>) {
        let mut ranked: Vec<(f32, Hit)> = Vec::with_capacity(hits.len());
        for hit in hits {
            let shown = self.shows(&hit.id);
            if hit.confidence < self.at_least(shown) {
                continue;
            }
            let worth = if shown { hit.confidence * STAY } else { hit.confidence };
            // Behind its equals. A handful is sorted by hand: the library's sort weighs more than this whole file.
            let at = ranked.iter().position(|(other, _)| *other < worth).unwrap_or(ranked.len());
            ranked.insert(at, (worth, hit));
        }
        ranked.truncate(self.bar.most);
        self.hits = ranked.into_iter().map(|(_, hit)| hit).collect();
    }

    /// Whether a document is shown.
    pub fn shows(&self, id: &str) -> bool {
        self.hits.iter().any(|shown| shown.id == id)
    }

    /// How likely a document has to be, from 0 to 1, if it is `shown` already or not.
    pub fn at_least(&self, shown: bool) -> f32 {
        if shown { self.bar.down_to } else { self.bar.from }
    }

    /// Nothing is shown any more.
    pub fn clear(&mut self) {
        self.hits.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(id: &str, confidence: f32) -> Hit {
        Hit { id: id.into(), confidence, ..Hit::default() }
    }

    fn check(suggester: &mut Suggester, hits: &[(&str, f32)], expected: &[&str]) {
        suggester.found(hits.iter().map(|(id, confidence)| hit(id, *confidence)).collect());
        let shown: Vec<&str> = suggester.hits().iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(shown, expected, "{hits:?}");
    }

    #[test]
    fn at_most_three_and_only_those_worth_it_are_shown() {
        check(&mut Suggester::default(), &[("a", 0.3), ("b", 0.2), ("c", 0.2), ("d", 0.1)], &["a", "b", "c"]);
        check(&mut Suggester::default(), &[("a", SUGGEST_TYPING - 0.01)], &[]);
    }

    #[test]
    fn one_answer_is_shown_and_takes_the_place_of_the_last_article() {
        let mut answers = Suggester::of_answers();
        check(&mut answers, &[("hours", ANSWER_TYPING - 0.01)], &[]);
        check(&mut answers, &[("hours", ANSWER_TYPING), ("cost", ANSWER_TYPING)], &["hours"]);
        check(&mut answers, &[("cost", ANSWER_TYPING), ("hours", ANSWER_KEEP)], &["cost"]);
        check(&mut answers, &[("cost", ANSWER_KEEP)], &["cost"]);
        let mut articles = Suggester::default();
        check(&mut articles, &[("a", 0.3), ("b", 0.2), ("c", 0.2)], &["a", "b", "c"]);
        assert_eq!(articles.under(&answers), articles.hits().get(..2).unwrap());
        assert_eq!(articles.under(&Suggester::of_answers()), articles.hits());
        check(&mut answers, &[("cost", ANSWER_KEEP - 0.01)], &[]);
    }

    #[test]
    fn what_is_shown_stays_a_little_longer_and_in_its_place() {
        let mut suggester = Suggester::default();
        check(&mut suggester, &[("a", 0.4), ("b", 0.3)], &["a", "b"]);
        check(&mut suggester, &[("c", 0.31), ("a", 0.3), ("b", 0.2), ("d", 0.31)], &["a", "b", "c"]);
        check(&mut suggester, &[("e", 0.6), ("a", 0.3), ("b", KEEP)], &["e", "a", "b"]);
        check(&mut suggester, &[("e", 0.6), ("a", KEEP - 0.01)], &["e"]);
        suggester.clear();
        assert!(suggester.hits().is_empty());
    }
}
