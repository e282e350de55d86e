//! Warns when people like an automated topic less than before.

use super::counters::Counters;
use super::fact::Survey;
use super::rate::Rate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// With fewer scores than this in either time, one bad day is the whole truth.
const ENOUGH_SCORES: u64 = 20;
/// A smaller fall is not worth anybody's afternoon.
const FALL_PERMILLE: u64 = 80;
/// One-sided, five of a hundred: so rarely does a fall that is only chance look like this.
const CHANCE_Z: f64 = 1.645;

/// An automated topic that fell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fall {
    /// Which.
    pub topic: String,
    /// In what.
    pub survey: Survey,
    /// Good scores before.
    pub before: Rate,
    /// Good scores now.
    pub now: Rate,
}

/// The topics whose automation people like less than before, the deepest fall first. The two times should be alike:
/// the last four weeks, and the four before them.
pub fn falls(before: &BTreeMap<String, Counters>, now: &BTreeMap<String, Counters>) -> Vec<Fall> {
    let mut out: Vec<Fall> = Vec::new();
    for (topic, now) in now {
        let Some(before) = before.get(topic) else { continue };
        let surveys = [
            (Survey::Csat, before.csat_automated.good(), now.csat_automated.good()),
            (Survey::Ces, before.ces_automated.good(), now.ces_automated.good()),
        ];
        let fell = surveys.into_iter().filter(|(_, before, now)| is_fall(*before, *now));
        out.extend(fell.map(|(survey, before, now)| Fall { topic: topic.clone(), survey, before, now }));
    }
    out.sort_by_key(|fall| std::cmp::Reverse(depth(fall.before, fall.now)));
    out
}

fn is_fall(before: Rate, now: Rate) -> bool {
    let enough = before.whole.min(now.whole) >= ENOUGH_SCORES;
    enough && depth(before, now) >= FALL_PERMILLE && is_more_than_chance(before, now)
}

fn depth(before: Rate, now: Rate) -> u64 {
    before.permille().unwrap_or(0).saturating_sub(now.permille().unwrap_or(0))
}

/// The pooled two-proportion z-test. The counts of a help desk are exact in a float.
fn is_more_than_chance(before: Rate, now: Rate) -> bool {
    let [x1, n1, x2, n2] = [before.part, before.whole, now.part, now.whole].map(|count| count as f64);
    let pooled = (x1 + x2) / (n1 + n2);
    let error = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
    x1 / n1 - x2 / n2 > CHANCE_Z * error
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Fact, Score};

    fn rated(survey: Survey, good: u64, all: u64) -> BTreeMap<String, Counters> {
        let mut counters = Counters::default();
        for place in 0..all {
            let score = Score::new(if place < good { 5 } else { 2 }).unwrap();
            counters.record(&Fact::Rated { survey, score, instead_of: None, automated: true });
        }
        BTreeMap::from([(String::from("refunds"), counters)])
    }

    /// Good scores of all, before and now.
    fn check(before: (u64, u64), now: (u64, u64), expected: bool) {
        for survey in [Survey::Csat, Survey::Ces] {
            let found = falls(&rated(survey, before.0, before.1), &rated(survey, now.0, now.1));
            let told: Vec<(&str, Survey)> = found.iter().map(|fall| (fall.topic.as_str(), fall.survey)).collect();
            let expected = if expected { vec![("refunds", survey)] } else { Vec::new() };
            assert_eq!(told, expected, "{before:?} and {now:?}");
        }
    }

    #[test]
    fn a_clear_fall_is_told() {
        check((90, 100), (70, 100), true);
        check((20, 20), (12, 20), true);
        check((900, 1_000), (815, 1_000), true);
    }

    #[test]
    fn what_may_be_chance_is_not() {
        check((18, 20), (15, 20), false);
        check((10, 10), (0, 10), false);
        check((100, 100), (0, 19), false);
    }

    #[test]
    fn a_small_fall_and_a_rise_are_not() {
        check((9_000, 10_000), (8_500, 10_000), false);
        check((70, 100), (90, 100), false);
        check((100, 100), (100, 100), false);
        check((0, 100), (0, 100), false);
    }

    #[test]
    fn a_topic_that_people_answer_does_not_count() {
        let mut counters = Counters::default();
        for _ in 0..100 {
            let score = Score::new(1).unwrap();
            counters.record(&Fact::Rated { survey: Survey::Csat, score, instead_of: None, automated: false });
        }
        let now = BTreeMap::from([(String::from("refunds"), counters)]);
        assert_eq!(falls(&rated(Survey::Csat, 100, 100), &now), []);
    }
}
