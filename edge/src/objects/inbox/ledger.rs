//! The counters of the reports, by day and topic.

use super::Inbox;
use crate::failure::Failure;
use crate::platform::{now, stored};
use crate::sql;
use serde::Deserialize;
use shared::conversation::{Counted, WAITS_PROMISED_BELOW};
use shared::hours::RECENT_REPLIES;
use shared::protocol::{MAX_REPORT_DAYS, Millis, Report, Resolution, Solution};
use shared::report::{By, Counters, DayNumber, Fact, Ledger, OTHER, falls};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The tables of version 1.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS ledger (day INTEGER, topic TEXT, json TEXT NOT NULL, PRIMARY KEY (day, topic));
CREATE TABLE IF NOT EXISTS replies (id INTEGER PRIMARY KEY AUTOINCREMENT, span INTEGER NOT NULL);
";
/// The most topics of a day; later ones are counted with the others. Topics are named by what visitors opened, who may make
/// names up.
const MAX_TOPICS: usize = 40;
/// The most articles of a row; a help centre with more asks for the best of them anyway.
const MAX_ARTICLES: usize = 300;

#[derive(Deserialize)]
struct CountersRow {
    day: DayNumber,
    topic: String,
    json: String,
}

#[derive(Deserialize)]
struct SpanRow {
    span: Millis,
}

impl Inbox {
    /// Counts what conversations tell, as long as they have not told it before. What cannot be counted holds nothing else
    /// up: a line is worth more than a sum.
    pub(super) fn count(&self, facts: impl IntoIterator<Item = Counted>) {
        if let Err(failure) = self.count_all(facts) {
            failure.log();
        }
    }

    fn count_all(&self, facts: impl IntoIterator<Item = Counted>) -> Result<(), Failure> {
        let mut sums: BTreeMap<(DayNumber, String), Counters> = BTreeMap::new();
        let days = self.days()?;
        for Counted { at, topic, fact, .. } in facts {
            let key = self.row_of(days.day(at), topic, &sums)?;
            let sum = match sums.entry(key) {
                Entry::Occupied(sum) => sum.into_mut(),
                Entry::Vacant(place) => {
                    let (day, topic) = place.key();
                    let sum = self.counters(*day, topic)?.unwrap_or_default();
                    place.insert(sum)
                }
            };
            if sum.suggestions.len() < MAX_ARTICLES || fact.article().is_none_or(|id| sum.suggestions.contains_key(id))
            {
                sum.record(&fact);
            }
            if let Fact::FirstReply { after, .. } = fact {
                self.remember_reply(after)?;
            }
        }
        for ((day, topic), sum) in sums {
            let values = vec![i64::from(day).into(), topic.into(), serde_json::to_string(&sum)?.into()];
            let statement = "INSERT OR REPLACE INTO ledger (day, topic, json) VALUES (?, ?, ?)";
            sql::run(&self.state.storage(), statement, values)?;
        }
        Ok(())
    }

    /// The row for a day and a topic; the others' if the day has too many. Rows that are older than any report are deleted with
    /// the first row of a day.
    fn row_of(
        &self,
        day: DayNumber,
        topic: String,
        sums: &BTreeMap<(DayNumber, String), Counters>,
    ) -> Result<(DayNumber, String), Failure> {
        let key = (day, topic);
        if sums.contains_key(&key) || self.counters(key.0, &key.1)?.is_some() {
            return Ok(key);
        }
        let storage = self.state.storage();
        let query = "SELECT COUNT(*) AS count FROM ledger WHERE day = ?";
        let stored = sql::count(&storage, query, vec![i64::from(day).into()])?;
        if stored == 0 {
            let kept_from = day.saturating_sub(MAX_REPORT_DAYS * 2);
            sql::run(&storage, "DELETE FROM ledger WHERE day < ?", vec![i64::from(kept_from).into()])?;
        }
        let new = sums.keys().filter(|(other, _)| *other == day).count();
        if usize::try_from(stored).unwrap_or(usize::MAX).saturating_add(new) < MAX_TOPICS {
            Ok(key)
        } else {
            Ok((day, String::from(OTHER)))
        }
    }

    /// Counts what happens here.
    pub(super) fn count_now(&self, topic: &str, facts: impl IntoIterator<Item = Fact>) {
        let counted = |fact| Counted { revision: 0, at: now(), topic: String::from(topic), fact };
        self.count(facts.into_iter().map(counted));
    }

    /// Counts a resolution once, by its id, and says whether this was it. A piece that did not help is reported by the message that is then sent.
    pub(super) fn resolve(&self, resolution: &Resolution) -> Result<bool, Failure> {
        self.ready()?;
        let (is_answer, about) = match &resolution.about {
            Solution::Article(article) => (false, article.as_str()),
            Solution::Answer(answer) => (true, answer.as_str()),
        };
        let values = vec![
            resolution.id.as_str().into(),
            stored(now()),
            about.into(),
            resolution.locale.as_str().into(),
            resolution.helped.into(),
            is_answer.into(),
        ];
        let statement =
            "INSERT OR IGNORE INTO resolutions (id, at, article, locale, helped, is_answer) VALUES (?, ?, ?, ?, ?, ?)";
        let is_new = sql::run(&self.state.storage(), statement, values)? > 0;
        if !is_new || !resolution.helped {
            return Ok(is_new);
        }
        let facts = match &resolution.about {
            Solution::Article(article) => vec![
                Fact::Asked,
                Fact::Shown { article: article.clone() },
                Fact::Opened { article: article.clone() },
                Fact::Solved { by: By::Suggestion(article.clone()) },
            ],
            Solution::Answer(_) => vec![Fact::Asked, Fact::Solved { by: By::Answer }],
        };
        self.count_now(about, facts);
        Ok(true)
    }

    /// The working times of the last first replies, the newest first.
    pub(super) fn replies(&self) -> Result<Vec<Millis>, Failure> {
        self.ready()?;
        let rows: Vec<SpanRow> = sql::all(&self.state.storage(), "SELECT span FROM replies ORDER BY id DESC", None)?;
        Ok(rows.into_iter().map(|row| row.span).collect())
    }

    /// The last days beside those before them. The workspace knows the promises.
    pub(super) fn report(&self, days: u32) -> Result<Report, Failure> {
        self.ready()?;
        let today = self.days()?.day(now());
        let (days, end) = (days.clamp(1, MAX_REPORT_DAYS), today.saturating_add(1));
        let (middle, begin) = (end.saturating_sub(days), end.saturating_sub(days.saturating_mul(2)));
        let query = "SELECT day, topic, json FROM ledger WHERE day >= ?";
        let rows: Vec<CountersRow> = sql::all(&self.state.storage(), query, vec![i64::from(begin).into()])?;
        let mut ledger = Ledger::default();
        for row in rows {
            ledger.add(row.day, &row.topic, &serde_json::from_str(&row.json)?);
        }
        for fact in self.ongoing()? {
            ledger.record(today, OTHER, &fact);
        }
        let [now, before] = [ledger.topics(middle..end), ledger.topics(begin..middle)].map(settled);
        let late = self.late()?;
        Ok(Report { days, falls: falls(&before, &now), now, before, late, ..Report::default() })
    }

    /// How many visitors wait whose promise has passed.
    fn late(&self) -> Result<u64, Failure> {
        // The rank of who was promised something is the time at which that is broken.
        let query = "SELECT COUNT(*) AS count FROM conversations WHERE rank < ?";
        sql::count(&self.state.storage(), query, vec![stored(now().min(WAITS_PROMISED_BELOW))])
    }

    fn counters(&self, day: DayNumber, topic: &str) -> Result<Option<Counters>, Failure> {
        let query = "SELECT json FROM ledger WHERE day = ? AND topic = ?";
        sql::document(&self.state.storage(), query, vec![i64::from(day).into(), topic.into()])
    }

    fn remember_reply(&self, span: Millis) -> Result<(), Failure> {
        let storage = self.state.storage();
        sql::run(&storage, "INSERT INTO replies (span) VALUES (?)", vec![stored(span)])?;
        let kept = i64::try_from(RECENT_REPLIES).unwrap_or(i64::MAX);
        sql::run(&storage, "DELETE FROM replies WHERE id <= (SELECT MAX(id) FROM replies) - ?", vec![kept.into()])?;
        Ok(())
    }
}

/// Each topic without what is counted under another name, and none without anything.
fn settled(mut topics: BTreeMap<String, Counters>) -> BTreeMap<String, Counters> {
    topics.values_mut().for_each(Counters::settle);
    topics.retain(|_, counters| *counters != Counters::default());
    topics
}
