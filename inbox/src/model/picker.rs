//! Finds a conversation, an article or an action from a few letters of its name.

use super::keys::Action;
use super::order::in_order;
use super::placing::Change;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use shared::ids::ConversationId;
use shared::protocol::Millis;

/// Something that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is shown and searched.
    pub(crate) label: String,
    /// What is said beside it.
    pub(crate) about: String,
    /// What picking it does.
    pub(crate) pick: Pick,
}

/// What picking does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    /// Do it.
    Do(Action),
    /// Open it.
    Conversation(ConversationId),
    /// Put its title into the reply.
    Article(String),
    /// Change where the open conversation lies or whose it is.
    Place(Change),
    /// Put the open conversation out of sight until then.
    Snooze(Millis),
}

/// A choice that fits, with the letters that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// What.
    pub(crate) choice: Choice,
    /// The places of the matched letters in the label, counted in characters, ascending.
    pub(crate) marks: Vec<usize>,
}

/// As many as a laptop's screen shows without scrolling; who does not see it types one more letter.
const MOST: usize = 12;

/// The choices that fit what was typed, best first; equally good ones keep their order. Nothing typed fits everything.
pub(crate) fn rank(typed: &str, choices: &[Choice]) -> Vec<Found> {
    let typed = typed.trim();
    if typed.is_empty() {
        return choices.iter().take(MOST).map(|choice| Found { choice: choice.clone(), marks: Vec::new() }).collect();
    }
    let matcher = SkimMatcherV2::default().ignore_case();
    let fits = |choice| score(&matcher, choice, typed);
    let found: Vec<(i64, Found)> = choices.iter().filter_map(fits).collect();
    in_order(found, |(score, _)| (i64::MAX.abs_diff(*score), 0))
        .into_iter()
        .take(MOST)
        .map(|(_, found)| found)
        .collect()
}

/// Every word must match by itself, so that the order of the words does not matter.
fn score(matcher: &SkimMatcherV2, choice: &Choice, typed: &str) -> Option<(i64, Found)> {
    let mut total = 0;
    let mut marks = Vec::new();
    for word in typed.split_whitespace() {
        let (score, places) = matcher.fuzzy_indices(&choice.label, word)?;
        total += score;
        marks.extend(places);
    }
    let mut marks = in_order(marks, |place| (u64::try_from(*place).unwrap_or(u64::MAX), 0));
    marks.dedup();
    Some((total, Found { choice: choice.clone(), marks }))
}

/// Cuts a label into runs that are marked or not. Joined together, the runs are the label.
pub(crate) fn runs(label: &str, marks: &[usize]) -> Vec<(bool, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for (place, c) in label.chars().enumerate() {
        let marked = marks.binary_search(&place).is_ok();
        match runs.last_mut() {
            Some((same, run)) if *same == marked => run.push(c),
            _ => runs.push((marked, String::from(c))),
        }
    }
    runs
}

/// The place after a step in a list of that length; it goes round.
pub(crate) fn step(at: usize, length: usize, down: bool) -> usize {
    match length {
        0 => 0,
        _ if down => (at + 1) % length,
        _ => (at + length - 1) % length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(labels: &[&str]) -> Vec<Choice> {
        let choice = |label: &&str| Choice {
            label: (*label).into(),
            about: String::new(),
            pick: Pick::Article((*label).into()),
        };
        labels.iter().map(choice).collect()
    }

    fn check(typed: &str, expected: &[&str]) {
        let choices =
            choices(&["Track a parcel", "Change your delivery address", "Refunds", "Delivery times", "Überweisung"]);
        let labels: Vec<_> = rank(typed, &choices).into_iter().map(|found| found.choice.label).collect();
        assert_eq!(labels, expected, "{typed}");
    }

    #[test]
    fn letters_in_order_find_it_and_the_better_match_comes_first() {
        check("tap", &["Track a parcel"]);
        check("delivery", &["Delivery times", "Change your delivery address"]);
        check("times deliv", &["Delivery times"]);
        check("REF", &["Refunds"]);
        check("zzz", &[]);
    }

    #[test]
    fn nothing_typed_shows_the_first_in_their_order() {
        check(" ", &["Track a parcel", "Change your delivery address", "Refunds", "Delivery times", "Überweisung"]);
        let many = choices(&["x"; 50]);
        assert_eq!(rank("", &many).len(), MOST);
        assert_eq!(rank("x", &many).len(), MOST);
    }

    #[test]
    fn marks_count_letters_and_not_bytes() {
        let found = rank("weis", &choices(&["Überweisung"]));
        let runs = runs("Überweisung", &found.first().unwrap().marks);
        assert_eq!(runs, [(false, "Über".into()), (true, "weis".into()), (false, "ung".into())]);
    }

    #[test]
    fn steps_go_round() {
        assert_eq!([step(0, 3, true), step(2, 3, true), step(0, 3, false), step(0, 0, true)], [1, 0, 2, 0]);
    }
}
