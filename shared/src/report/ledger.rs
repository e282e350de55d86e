//! The sums by day and topic.

use super::counters::Counters;
use super::fact::Fact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// A day as its number since 1970-01-01, in the zone that the reports of a workspace are in. Who counts knows the zone.
pub type DayNumber = u32;

/// What happened on which day in which topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger(BTreeMap<DayNumber, BTreeMap<String, Counters>>);

impl Ledger {
    /// Counts a fact.
    pub fn record(&mut self, day: DayNumber, topic: &str, fact: &Fact) {
        let topics = self.0.entry(day).or_default();
        topics.entry(String::from(topic)).or_default().record(fact);
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (day, topics) in &other.0 {
            merge_topics(self.0.entry(*day).or_default(), topics);
        }
    }

    /// Adds the sums of a day and a topic that were counted elsewhere.
    pub fn add(&mut self, day: DayNumber, topic: &str, counters: &Counters) {
        self.0.entry(day).or_default().entry(String::from(topic)).or_default().merge(counters);
    }

    /// The sums of some days, the last not included.
    pub fn total(&self, days: Range<DayNumber>) -> Counters {
        let mut sum = Counters::default();
        self.topics(days).values().for_each(|counters| sum.merge(counters));
        sum
    }

    /// The sums of some days by topic, the last day not included.
    pub fn topics(&self, days: Range<DayNumber>) -> BTreeMap<String, Counters> {
        let mut sums = BTreeMap::new();
        // The map's own range panics if its ends are the wrong way round.
        for (_, topics) in self.0.iter().filter(|(day, _)| days.contains(day)) {
            merge_topics(&mut sums, topics);
        }
        sums
    }
}

fn merge_topics(sums: &mut BTreeMap<String, Counters>, other: &BTreeMap<String, Counters>) {
    for (topic, counters) in other {
        sums.entry(topic.clone()).or_default().merge(counters);
    }
}
