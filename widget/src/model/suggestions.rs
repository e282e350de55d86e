//! The articles that are offered above the composer while the visitor types.

use shared::matching::Hit;

/// At most as many as are taken in at a glance, and as fit above a phone's keyboard.
pub const LIMIT: usize = 3;
/// How many hits to look at: some more than are shown, so that one that is shown already can be found again further down.
pub const LOOK_AT: usize = 6;
/// Below this an article shares little with the text but common words; offering it would teach people not to look.
const SHOW: f32 = 0.34;
/// What is shown already stays down to this: an article that flickers with each letter cannot be clicked.
const KEEP: f32 = 0.26;
/// What each place that an article holds already is worth, so that near equals do not change places.
const STAY: f32 = 0.03;

/// The articles that are offered, and which one is chosen by keyboard.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    hits: Vec<Hit>,
    active: Option<usize>,
}

impl Suggestions {
    /// The articles, best first.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The number of the article that the arrow keys are on.
    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// Takes what was found for the text as it is now. Typing leaves the list, so nothing is chosen any more.
    pub fn found(&mut self, hits: Vec<Hit>) {
        let place = |id: &str| self.hits.iter().position(|shown| shown.id == id);
        let mut ranked: Vec<(f32, Hit)> = Vec::with_capacity(hits.len());
        for hit in hits {
            let place = place(&hit.id);
            let enough = if place.is_some() { KEEP } else { SHOW };
            if hit.confidence >= enough {
                let held = place.map_or(0, |place| LIMIT.saturating_sub(place));
                let worth = hit.confidence + STAY * held as f32;
                // Behind its equals. A handful is sorted by hand: the library's sort weighs more than this whole file.
                let at = ranked.iter().position(|(other, _)| *other < worth).unwrap_or(ranked.len());
                ranked.insert(at, (worth, hit));
            }
        }
        ranked.truncate(LIMIT);
        self.hits = ranked.into_iter().map(|(_, hit)| hit).collect();
        self.active = None;
    }

    /// Nothing is offered any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The next one; after the last comes the first.
    pub fn next(&mut self) {
        if !self.hits.is_empty() {
            self.active = Some(self.active.map_or(0, |active| (active + 1) % self.hits.len()));
        }
    }

    /// The one before; before the first is the text.
    pub fn previous(&mut self) {
        self.active = self.active.and_then(|active| active.checked_sub(1));
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
        Hit {
            id: id.into(),
            title: id.into(),
            title_marks: Vec::new(),
            snippet: String::new(),
            snippet_marks: Vec::new(),
            confidence,
        }
    }

    fn ids(suggestions: &Suggestions) -> Vec<&str> {
        suggestions.hits().iter().map(|hit| hit.id.as_str()).collect()
    }

    fn found(hits: &[(&str, f32)]) -> Suggestions {
        let mut suggestions = Suggestions::default();
        suggestions.found(hits.iter().map(|(id, confidence)| hit(id, *confidence)).collect());
        suggestions
    }

    #[test]
    fn at_most_three_and_only_those_worth_it_are_offered() {
        assert_eq!(ids(&found(&[("a", 0.9), ("b", 0.8), ("c", 0.7), ("d", 0.6)])), ["a", "b", "c"]);
        assert!(found(&[("a", SHOW - 0.01)]).hits().is_empty());
    }

    #[test]
    fn what_is_shown_stays_a_little_longer_and_in_its_place() {
        let mut suggestions = found(&[("a", 0.6), ("b", 0.5)]);
        suggestions.found(vec![hit("b", 0.51), hit("a", 0.5), hit("c", KEEP)]);
        assert_eq!(ids(&suggestions), ["a", "b"], "near equals keep their places, and a new one needs more");
        suggestions.found(vec![hit("b", 0.8), hit("a", KEEP)]);
        assert_eq!(ids(&suggestions), ["b", "a"], "a much better one goes first");
        suggestions.found(vec![hit("b", 0.8), hit("a", KEEP - 0.01)]);
        assert_eq!(ids(&suggestions), ["b"]);
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
        walk(&[Suggestions::previous], None);
        walk(&[Suggestions::next, Suggestions::leave], None);
        let mut empty = Suggestions::default();
        empty.next();
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
