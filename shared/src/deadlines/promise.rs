//! How soon people are answered, by priority.

use crate::problem::{Problem, ProblemCode};
use crate::protocol::Millis;
use crate::routing::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A share of the replies within a time: 80 within 20 is "80/20", 90 within 300 is "90/300".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// How many of a hundred replies, 1 to 100.
    pub share: u8,
    /// Come within this time, in seconds of working time.
    pub within: u32,
}

/// Which reply a promise is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The first by a person.
    First,
    /// Each one after it.
    Next,
}

/// The targets of one priority. One that is left out promises nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pair {
    /// For the first reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Target>,
    /// For each one after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Target>,
}

/// What is promised, by priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Promises {
    /// A priority that is left out has the targets of the nearest less urgent one that is there.
    pub targets: BTreeMap<Priority, Pair>,
    /// A conversation that waits this long without any promise comes back all the same. In seconds of working time.
    pub forgotten_after: u32,
    /// How long a visitor for whom the assistant has found nothing, and who has not asked for a person, waits until people get
    /// the conversation all the same. In seconds.
    pub people_after: u32,
}

/// Half of a working day: what came in the morning is seen before the evening.
const FORGOTTEN_AFTER_SECONDS: u32 = 4 * 60 * 60;
/// Longer than it takes to read the offer of a person and to take it. A visitor who has done nothing by then
/// waits, or has left, and the question is still open.
const PEOPLE_AFTER_SECONDS: u32 = 2 * 60;
/// One second.
const SECOND_MS: Millis = 1_000;

impl Default for Promises {
    fn default() -> Self {
        Self { targets: BTreeMap::new(), forgotten_after: FORGOTTEN_AFTER_SECONDS, people_after: PEOPLE_AFTER_SECONDS }
    }
}

impl Promises {
    /// The target for a reply.
    pub fn target(&self, priority: Priority, kind: Kind) -> Option<Target> {
        let (_, pair) = self.targets.range(..=priority).next_back()?;
        match kind {
            Kind::First => pair.first,
            Kind::Next => pair.next,
        }
    }

    /// Everything that is wrong.
    pub fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        for (priority, pair) in &self.targets {
            let named = [("first", pair.first), ("next", pair.next)];
            for (name, target) in named.into_iter().filter_map(|(name, target)| Some((name, target?))) {
                if !(1..=100).contains(&target.share) || target.within == 0 {
                    let at = format!("targets.{}.{name}", priority.name());
                    let sentence = "A target is a share from 1 to 100 within at least one second.";
                    out.push(Problem::new(ProblemCode::InvalidTarget, at, sentence));
                }
            }
        }
        if self.forgotten_after == 0 {
            let sentence = "What waits without a promise comes back after at least one second.";
            out.push(Problem::new(ProblemCode::InvalidTarget, "forgotten_after", sentence));
        }
        out
    }

    /// The time after which people get what the assistant has found nothing for.
    pub fn people_after(&self) -> Millis {
        Millis::from(self.people_after) * SECOND_MS
    }

    /// The time after which what has no promise comes back.
    pub(super) fn forgotten_after(&self) -> Millis {
        Millis::from(self.forgotten_after) * SECOND_MS
    }
}

impl Target {
    /// The working time that a reply may take.
    pub fn span(self) -> Millis {
        Millis::from(self.within) * SECOND_MS
    }

    /// Whether `in_time` replies of all of them are enough; none if there were no replies.
    pub fn is_met(self, in_time: u64, replies: u64) -> Option<bool> {
        let wide = |number: u64| u128::from(number);
        (replies > 0).then(|| wide(in_time) * 100 >= wide(replies) * u128::from(self.share))
    }
}

impl Priority {
    fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: &str = r#"{"targets": {"normal": {"first": {"share": 90, "within": 300}, "next": {"share": 90, "within": 600}},
        "urgent": {"first": {"share": 80, "within": 20}}}}"#;

    fn check(priority: Priority, kind: Kind, expected: Option<(u8, u32)>) {
        let promises: Promises = serde_json::from_str(USUAL).unwrap();
        let found = promises.target(priority, kind).map(|target| (target.share, target.within));
        assert_eq!(found, expected, "{priority:?} {kind:?}");
    }

    #[test]
    fn a_priority_without_targets_has_those_of_the_nearest_less_urgent_one() {
        check(Priority::Low, Kind::First, None);
        check(Priority::Normal, Kind::First, Some((90, 300)));
        check(Priority::High, Kind::Next, Some((90, 600)));
        check(Priority::Urgent, Kind::First, Some((80, 20)));
        check(Priority::Urgent, Kind::Next, None);
    }

    #[test]
    fn a_target_is_met_by_exactly_its_share() {
        let target = Target { share: 80, within: 20 };
        assert_eq!(target.is_met(8, 10), Some(true));
        assert_eq!(target.is_met(79, 100), Some(false));
        assert_eq!(target.is_met(799_999, 1_000_000), Some(false));
        assert_eq!(target.is_met(0, 0), None);
        assert_eq!(target.is_met(u64::MAX, u64::MAX), Some(true));
    }

    #[test]
    fn a_target_that_cannot_be_is_told() {
        let wrong = r#"{"targets": {"high": {"first": {"share": 0, "within": 20}, "next": {"share": 101, "within": 0}}}, "forgotten_after": 0}"#;
        let problems = serde_json::from_str::<Promises>(wrong).unwrap().problems();
        let places: Vec<&str> = problems.iter().map(|problem| problem.at.as_str()).collect();
        assert_eq!(places, ["targets.high.first", "targets.high.next", "forgotten_after"]);
        assert_eq!(serde_json::from_str::<Promises>(USUAL).unwrap().problems(), []);
    }
}
