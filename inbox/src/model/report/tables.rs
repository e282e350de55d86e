//! The tables of a report.

use super::figures::Figure;
use super::{Names, Row, Table, is_quiet, topic_name};
use crate::model::order::{in_order, largest_first};
use crate::model::placing::{PRIORITIES, priority_key};
use crate::model::roster::team_name;
use crate::words::{count, t, with};
use shared::deadlines::{Kind, Target};
use shared::ids::AgentId;
use shared::protocol::{Priority, Report};
use shared::report::{Counters, Funnel, Histogram, Load, Rate, Scores};
use std::collections::BTreeMap;

/// As many articles and topics as are worth somebody's afternoon.
const MOST_ROWS: usize = 10;
/// Half of the replies, and nearly all: the mean would be one slow Friday's.
const PERCENTS: [(u8, &str); 2] = [(50, "half_within"), (90, "most_within")];

/// How many, and how many of them needed nobody (ROAR).
pub(super) fn questions(days: u32, now: &Counters, before: &Counters) -> Table {
    let [now_roar, before_roar] = [now, before].map(Counters::roar);
    let rates = [
        ("roar_all", now_roar.all, before_roar.all),
        ("roar_suggestions", now_roar.suggestions, before_roar.suggestions),
        ("roar_answers", now_roar.answers, before_roar.answers),
        ("roar_flows", now_roar.flows, before_roar.flows),
    ];
    let rates = rates.map(|(key, now, before)| Row {
        is_part: key != "roar_all",
        ..row(t(key), [Figure::rate(now), Figure::rate(before)])
    });
    let asked = row(t("asked"), [now, before].map(|counters| Figure::count(counters.asked)));
    beside(t("table_questions"), days, std::iter::once(asked).chain(rates).collect())
}

/// How many came to people, and whether to the right ones.
pub(super) fn hand_offs(days: u32, now: &Counters, before: &Counters, names: &Names<'_>) -> Table {
    let part = |part: fn(&Counters) -> u64| {
        [now, before].map(|of| Figure::rate(Rate { part: part(of), whole: of.handed_off }))
    };
    let gone = before.teams.keys().filter(|team| !now.teams.contains_key(team));
    let teams: Vec<_> = now.teams.keys().chain(gone).collect();
    let teams = teams.into_iter().map(|team| {
        let rate = |of: &Counters| Rate { part: of.teams.get(team).copied().unwrap_or_default(), whole: of.handed_off };
        let figures = [now, before].map(|of| Figure::rate(rate(of)));
        Row { is_part: true, ..row(&with("handed_to", team_name(names.roster, team)), figures) }
    });
    let escalations = row(&with("handed_to", t("list_escalations")), part(|of| of.escalations));
    let rows = [
        row(t("handed_off"), [now, before].map(|of| Figure::count(of.handed_off))),
        row(t("first_try"), [now, before].map(|of| Figure::rate(of.first_try_routing()))),
    ];
    let rows = rows.into_iter().chain(teams).chain([Row { is_part: true, ..escalations }]);
    beside(t("table_hand_offs"), days, rows.collect())
}

/// What visitors said of it: CSAT and CES.
pub(super) fn scores(days: u32, now: &Counters, before: &Counters) -> Table {
    let line =
        |key, score: fn(&Counters) -> &Scores| row(t(key), [now, before].map(|of| Figure::rate(score(of).good())));
    let rows = vec![
        line("csat_automated", |of| &of.csat_automated),
        line("csat_people", |of| &of.csat_people),
        line("ces_automated", |of| &of.ces_automated),
        line("ces_people", |of| &of.ces_people),
    ];
    beside(t("table_scores"), days, rows)
}

/// How long visitors waited, in working time.
pub(super) fn replies(days: u32, now: &Counters, before: &Counters) -> Table {
    let line = |key, (percent, within): (u8, &'static str), times: fn(&Counters) -> &Histogram| {
        row(&with(within, t(key)), [now, before].map(|of| Figure::within(times(of), percent)))
    };
    let first = PERCENTS.map(|percent| line("first_reply", percent, |of| &of.first_reply));
    let next = PERCENTS.map(|percent| line("next_reply", percent, |of| &of.next_reply));
    let rows = first.into_iter().chain(next).collect();
    beside(t("table_replies"), days, rows)
}

/// What was promised, and what was kept of it.
pub(super) fn promises(report: &Report, now: &Counters, before: &Counters) -> Table {
    let kinds = [(Kind::First, "first_reply"), (Kind::Next, "next_reply")];
    // A visitor who still waits is in no reply time: this line says how many there are.
    let late = [Figure::plain(String::new()), Figure::count(report.late), Figure::plain(String::new())];
    let mut rows: Vec<Row> = (report.late > 0).then(|| row(t("late_now"), late)).into_iter().collect();
    for (kind, key) in kinds {
        for priority in PRIORITIES {
            let target = report.promises.target(priority, kind);
            rows.extend(promise(key, priority, target, [now, before].map(|of| of.kept(priority, kind))));
        }
    }
    let columns = [t("promise"), t("promised")].map(String::from).into_iter().chain(times(report.days));
    table(t("table_promises"), columns.collect(), rows, t("no_promises"))
}

fn promise(key: &'static str, priority: Priority, target: Option<Target>, kept: [Rate; 2]) -> Option<Row> {
    let name = [t(key), ", ", t(priority_key(priority))].concat();
    let is_told = target.is_some() || kept.iter().any(|rate| rate.whole > 0);
    let figures = std::iter::once(Figure::target(target)).chain(kept.map(|rate| Figure::kept(rate, target)));
    is_told.then(|| Row { name, is_part: false, figures: figures.collect() })
}

/// How much agents worked, and on how much at once.
pub(super) fn agents(days: u32, now: &Counters, before: &Counters, names: &Names<'_>) -> Table {
    let worked = |agent: &AgentId| {
        [now, before].iter().any(|of| of.active_by.contains_key(agent) || of.at_once.contains_key(agent))
    };
    let known = names.roster.agents.iter().map(|colleague| &colleague.id);
    let mut agents: Vec<&AgentId> = known.filter(|agent| worked(agent)).collect();
    for agent in [now, before].into_iter().flat_map(|of| of.active_by.keys().chain(of.at_once.keys())) {
        if !agents.contains(&agent) {
            agents.push(agent);
        }
    }
    let line = |agent: &AgentId| {
        let active = [now, before].map(|of| Figure::length(of.active_by.get(agent).copied().unwrap_or_default()));
        let load = now.at_once.get(agent);
        let mean = Figure::tenths(load.and_then(Load::mean_tenths));
        let most = load.map_or_else(Figure::none, |load| Figure::count(load.most().into()));
        row(&names.agent(agent), active.into_iter().chain([mean, most]))
    };
    let rows = agents.into_iter().map(line).collect();
    let columns = [
        String::from(t("agent")),
        count("active_now", days.into()),
        count("active_before", days.into()),
        String::from(t("at_once_mean")),
        String::from(t("at_once_most")),
    ];
    table(t("table_agents"), columns.into(), rows, t("no_agents"))
}

/// What became of suggestions: of all, then of those that were shown most.
pub(super) fn suggestions(now: &Counters, names: &Names<'_>) -> Table {
    let line = |name: &str, way: &Funnel| {
        let rate = |part| Figure::rate(Rate { part, whole: way.shown });
        row(name, [Figure::count(way.shown), rate(way.opened), rate(way.solved), rate(way.escalated)])
    };
    let mut articles: Vec<_> = now.suggestions.iter().collect();
    articles = in_order(articles, |(_, way)| (largest_first(way.shown), 0));
    let all = (!articles.is_empty()).then(|| line(t("all_articles"), &now.funnel()));
    let articles = articles.into_iter().take(MOST_ROWS);
    let articles = articles.map(|(id, way)| Row { is_part: true, ..line(&names.article(id), way) });
    let columns = [t("article"), t("way_shown"), t("way_opened"), t("way_solved"), t("way_escalated")];
    let rows = all.into_iter().chain(articles).collect();
    table(t("table_suggestions"), columns.map(String::from).into(), rows, t("no_suggestions"))
}

/// The topics with most questions.
pub(super) fn topics(now: &BTreeMap<String, Counters>) -> Table {
    let topics = now.iter().filter(|(_, counters)| !is_quiet(counters)).collect();
    let topics: Vec<_> = in_order(topics, |(_, counters)| (largest_first(counters.asked), 0));
    let line = |(topic, of): (&String, &Counters)| {
        let way = of.funnel();
        let counts = [of.asked, way.shown, way.opened].map(Figure::count);
        let rates = [of.roar().all, of.csat_automated.good(), of.ces_automated.good()].map(Figure::rate);
        let people = Figure::count(of.handed_off);
        let [solved, csat, ces] = rates;
        row(&topic_name(topic), counts.into_iter().chain([solved, people, csat, ces]))
    };
    let keys =
        ["topic", "asked", "way_shown", "way_opened", "roar_all", "handed_off", "csat_automated", "ces_automated"];
    let columns = keys.map(t);
    let rows = topics.into_iter().take(MOST_ROWS).map(line).collect();
    table(t("table_topics"), columns.map(String::from).into(), rows, t("no_topics"))
}

fn beside(title: &'static str, days: u32, rows: Vec<Row>) -> Table {
    let columns = std::iter::once(String::from(t("figure"))).chain(times(days)).collect();
    table(title, columns, rows, "")
}

fn times(days: u32) -> [String; 2] {
    [count("report_now", days.into()), count("report_before", days.into())]
}

fn table(title: &'static str, columns: Vec<String>, rows: Vec<Row>, empty: &'static str) -> Table {
    Table { title, columns, rows, empty }
}

fn row(name: &str, figures: impl IntoIterator<Item = Figure>) -> Row {
    Row { name: String::from(name), is_part: false, figures: figures.into_iter().collect() }
}
