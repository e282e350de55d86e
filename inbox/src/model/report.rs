//! A report as tables: what stands in them, and the numbers behind every rate.

mod figures;
mod tables;

pub(crate) use figures::Figure;

use super::roster::agent_name;
use crate::words::{t, with};
use shared::ids::{AgentId, ArticleId};
use shared::protocol::{ListedArticle, Report, Roster};
use shared::report::{Counters, Survey};
use std::collections::BTreeMap;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// What it is about.
    pub(crate) title: &'static str,
    /// What its columns are; the first is of the rows' names.
    pub(crate) columns: Vec<String>,
    /// The rows; none if there is nothing to tell.
    pub(crate) rows: Vec<Row>,
    /// What to say then.
    pub(crate) empty: &'static str,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is about.
    pub(crate) name: String,
    /// Whether it is a part of the row before that is not.
    pub(crate) is_part: bool,
    /// One for each column after the first.
    pub(crate) figures: Vec<Figure>,
}

/// A topic whose automation people like less than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    /// What fell.
    pub(crate) sentence: String,
    /// How it was.
    pub(crate) before: Figure,
    /// How it is.
    pub(crate) now: Figure,
}

/// What ids are called.
pub(crate) struct Names<'a> {
    /// Agents and teams.
    pub(crate) roster: &'a Roster,
    /// Articles.
    pub(crate) titles: &'a [ListedArticle],
}

/// Whether nothing has happened in either time.
pub(crate) fn is_empty(report: &Report) -> bool {
    report.late == 0 && report.now.values().chain(report.before.values()).all(is_quiet)
}

/// Whether nothing has happened: what is not named here never happens by itself.
fn is_quiet(of: &Counters) -> bool {
    let scores = [&of.csat_automated, &of.csat_people, &of.ces_automated, &of.ces_people];
    let times = [&of.first_reply, &of.next_reply, &of.active];
    of.asked == 0
        && of.handed_off == 0
        && of.first_kept.is_empty()
        && of.next_kept.is_empty()
        && of.suggestions.is_empty()
        && of.at_once.is_empty()
        && scores.iter().all(|scores| scores.good().whole == 0)
        && times.iter().all(|times| times.count() == 0)
}

/// What fell, the deepest fall first.
pub(crate) fn warnings(report: &Report) -> Vec<Warning> {
    let warning = |fall: &shared::report::Fall| {
        let key = match fall.survey {
            Survey::Csat => "fall_csat",
            Survey::Ces => "fall_ces",
        };
        let (before, now) = (Figure::rate(fall.before), Figure::rate(fall.now));
        Warning { sentence: with(key, &topic_name(&fall.topic)), before, now }
    };
    report.falls.iter().map(warning).collect()
}

/// All tables, in the order in which they are read.
pub(crate) fn tables(report: &Report, names: &Names<'_>) -> Vec<Table> {
    let (now, before) = (sum(&report.now), sum(&report.before));
    vec![
        tables::questions(report.days, &now, &before),
        tables::hand_offs(report.days, &now, &before, names),
        tables::scores(report.days, &now, &before),
        tables::replies(report.days, &now, &before),
        tables::promises(report, &now, &before),
        tables::agents(report.days, &now, &before, names),
        tables::suggestions(&now, names),
        tables::topics(&report.now),
    ]
}

impl Names<'_> {
    /// An agent who has left is known by their id alone.
    fn agent(&self, id: &AgentId) -> String {
        String::from(agent_name(self.roster, id).unwrap_or(id.as_str()))
    }

    fn article(&self, id: &ArticleId) -> String {
        let title = self.titles.iter().find(|article| article.id == *id).map(|article| article.title.as_str());
        String::from(title.unwrap_or(id.as_str()))
    }
}

fn sum(topics: &BTreeMap<String, Counters>) -> Counters {
    let mut sum = Counters::default();
    topics.values().for_each(|counters| sum.merge(counters));
    sum
}

fn topic_name(topic: &str) -> String {
    String::from(if topic.is_empty() { t("topic_none") } else { topic })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{ada_id, agent, article, roster, team};
    use shared::protocol::Priority;
    use shared::report::{By, Fact, Fall, Rate, Score};

    const MINUTE: u64 = 60_000;

    /// A day on which everything happened once or a few times.
    fn busy() -> Counters {
        let mut counters = Counters::default();
        let id = |id| article(id).id;
        let facts = (0..30).map(|_| Fact::Asked);
        let facts = facts.chain(
            (0..25).map(|place| Fact::Solved { by: if place < 20 { By::Suggestion(id("track")) } else { By::Answer } }),
        );
        let score =
            |survey, automated| Fact::Rated { survey, score: Score::new(5).unwrap(), instead_of: None, automated };
        let reply = |minutes| Fact::FirstReply {
            after: minutes * MINUTE,
            priority: Priority::Normal,
            kept: Some(minutes <= 5),
        };
        let single = [
            Fact::HandedOff { team: Some(team("billing")), first: true },
            Fact::HandedOff { team: None, first: true },
            Fact::LookedAt,
            Fact::LookedAt,
            Fact::Reassigned { first: true },
            score(Survey::Csat, true),
            score(Survey::Ces, false),
            reply(4),
            reply(5),
            reply(9),
            Fact::NextReply { after: MINUTE, priority: Priority::Urgent, kept: None },
            Fact::Active { agent: ada_id(), span: 90 * MINUTE },
            Fact::AtOnce { agent: ada_id(), open: 2, span: MINUTE },
            Fact::AtOnce { agent: agent('Z'), open: 1, span: MINUTE },
            Fact::Shown { article: id("track") },
            Fact::Shown { article: id("track") },
            Fact::Opened { article: id("track") },
            Fact::Shown { article: id("old") },
        ];
        facts.chain(single).for_each(|fact| counters.record(&fact));
        counters
    }

    fn report() -> Report {
        let promises = r#"{"targets": {"normal": {"first": {"share": 90, "within": 300}}}}"#;
        Report {
            days: 28,
            now: BTreeMap::from([(String::new(), busy()), ("refunds".into(), Counters::default())]),
            promises: serde_json::from_str(promises).unwrap(),
            ..Report::default()
        }
    }

    /// The table of this title, as lines of "name: figure | figure".
    fn lines(report: &Report, title: &'static str) -> Vec<String> {
        let titles = [ListedArticle { id: article("track").id, title: "Track a parcel".into(), audience: Vec::new() }];
        let tables = tables(report, &Names { roster: &roster(), titles: &titles });
        let table = tables.into_iter().find(|table| table.title == t(title)).unwrap();
        let line = |row: Row| {
            assert_eq!(row.figures.len() + 1, table.columns.len(), "{}", row.name);
            let figures: Vec<String> = row.figures.iter().map(Figure::text).collect();
            format!("{}: {}", row.name, figures.join(" | "))
        };
        table.rows.into_iter().map(line).collect()
    }

    fn check(title: &'static str, expected: &[&str]) {
        assert_eq!(lines(&report(), title), expected, "{title}");
    }

    #[test]
    fn every_rate_has_both_of_its_numbers() {
        check(
            "table_questions",
            &[
                "Questions: 30 | 0",
                "Solved without a person: 83 %, 25 of 30 | none",
                "By a suggested article: 66 %, 20 of 30 | none",
                "By a curated answer: 16 %, 5 of 30 | none",
                "By a flow: 0 %, 0 of 30 | none",
            ],
        );
        check(
            "table_hand_offs",
            &[
                "Given to people: 2 | 0",
                "Right at the first try: 50 %, 1 of 2 | none",
                "To Billing: 50 %, 1 of 2 | none",
                "To Escalations: 50 %, 1 of 2 | none",
            ],
        );
        check(
            "table_scores",
            &[
                "Satisfied, helped without a person: 100 %, 1 of 1 | none",
                "Satisfied, helped by a person: none | none",
                "Easy, helped without a person: none | none",
                "Easy, helped by a person: 100 %, 1 of 1 | none",
            ],
        );
    }

    #[test]
    fn times_say_of_how_many_they_are() {
        let lines = lines(&report(), "table_replies");
        assert_eq!(lines.len(), 4);
        assert!(
            lines[0].starts_with("First reply, half within: 5 min") && lines[0].ends_with("of 3 | none"),
            "{lines:?}"
        );
        assert!(lines[3].starts_with("Between replies, nine of ten within: 1 min, of 1"), "{lines:?}");
    }

    #[test]
    fn what_was_kept_stands_against_what_was_promised() {
        check(
            "table_promises",
            &[
                "First reply, urgent: 90 % within 5 min | none | none",
                "First reply, high: 90 % within 5 min | none | none",
                "First reply, normal: 90 % within 5 min | 66 %, 2 of 3, missed | none",
            ],
        );
        let none = Report { promises: Default::default(), now: BTreeMap::new(), ..report() };
        assert!(lines(&none, "table_promises").is_empty());
        let late = Report { late: 267, ..none };
        assert_eq!(lines(&late, "table_promises"), ["Still waiting, late:  | 267 | "]);
        assert!(!is_empty(&Report { late: 1, ..Report::default() }));
    }

    #[test]
    fn agents_have_their_names_and_who_has_left_an_id() {
        let gone = agent('Z');
        check("table_agents", &["Ada: 1 h 30 min | none | 2.0 | 2", &format!("{gone}: none | none | 1.0 | 1")]);
    }

    #[test]
    fn the_way_of_suggestions_is_told_in_all_and_by_article() {
        check(
            "table_suggestions",
            &[
                "All articles: 3 | 33 %, 1 of 3 | 100 %, 20 of 3 | 0 %, 0 of 3",
                "Track a parcel: 2 | 50 %, 1 of 2 | 100 %, 20 of 2 | 0 %, 0 of 2",
                "old: 1 | 0 %, 0 of 1 | 0 %, 0 of 1 | 0 %, 0 of 1",
            ],
        );
    }

    #[test]
    fn topics_without_anything_are_left_out() {
        check("table_topics", &["Without a topic: 30 | 3 | 1 | 83 %, 25 of 30 | 2 | 100 %, 1 of 1 | none"]);
    }

    #[test]
    fn nothing_is_nothing_and_one_question_is_something() {
        let mut report = Report { now: BTreeMap::from([("x".into(), Counters::default())]), ..Report::default() };
        assert!(is_empty(&report));
        report.before.insert("x".into(), busy());
        assert!(!is_empty(&report));
    }

    #[test]
    fn a_warning_names_the_topic_and_all_four_numbers() {
        let rate = |part| Rate { part, whole: 100 };
        let fall = Fall { topic: "refunds".into(), survey: Survey::Csat, before: rate(90), now: rate(70) };
        let found = warnings(&Report { falls: vec![fall], ..Report::default() });
        assert_eq!(found.len(), 1);
        assert!(found[0].sentence.contains("refunds"));
        assert_eq!((found[0].before.text(), found[0].now.text()), ("90 %, 90 of 100".into(), "70 %, 70 of 100".into()));
    }
}
