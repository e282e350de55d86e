//! What the reports say of now, and of which day.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shared::deadlines::Kind;
use shared::protocol::*;
use shared::report::{Counters, Rate};
use tests::people::{ask_person, conversation, id, reply, say};
use tests::seed::Seed;
use tests::stored::today;
use tests::{Agent, Edge, Visitor, eventually};

fn edge_with(operations: Value) -> (Edge, Agent) {
    let edge = Edge::start();
    let mut content = edge.content();
    content["operations"] = operations;
    edge.publish(&content);
    let agent = Agent::set_up(&edge, "Ada");
    (edge, agent)
}

fn ask(edge: &Edge, number: u8) {
    let (visitor, thread) = (Visitor::new(edge, number), conversation(number));
    visitor.command(&thread, 0, id(2 * number), say("It hums"));
    visitor.command(&thread, 0, id(2 * number + 1), ask_person());
}

fn sum(report: &Report) -> Counters {
    let mut sum = Counters::default();
    report.now.values().for_each(|counters| sum.merge(counters));
    sum
}

#[test]
fn who_waits_past_the_promise_is_counted_as_late_and_the_promise_as_broken_without_any_answer() {
    let targets = json!({ "normal": { "first": { "share": 90, "within": 1 } } });
    let (edge, agent) = edge_with(json!({ "deadlines": { "targets": targets } }));
    ask(&edge, 1);
    ask(&edge, 2);
    eventually("two promises to pass", || (agent.report().late == 2).then_some(()));
    let broken = eventually("both to be counted as broken", || {
        let kept = sum(&agent.report()).kept(Priority::Normal, Kind::First);
        (kept.whole == 2).then_some(kept)
    });
    assert_eq!(broken, Rate { part: 0, whole: 2 });
    agent.command(&conversation(1), 0, id(9), reply("Sorry that it took so long"));
    let report = eventually("the answer to be counted", || {
        let report = agent.report();
        (sum(&report).first_reply.count() == 1).then_some(report)
    });
    assert_eq!(sum(&report).kept(Priority::Normal, Kind::First), broken, "a late answer breaks nothing twice");
    assert_eq!(report.late, 1);
}

#[test]
fn a_day_is_that_of_the_office_and_not_that_of_greenwich() {
    // At any time it is another day than in Greenwich in one of the two.
    for (zone, ahead) in [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)] {
        let week = json!({ "mon": ["00:00-24:00"], "tue": ["00:00-24:00"], "wed": ["00:00-24:00"], "thu": ["00:00-24:00"],
            "fri": ["00:00-24:00"], "sat": ["00:00-24:00"], "sun": ["00:00-24:00"] });
        let (edge, agent) = edge_with(json!({ "hours": { "zone": zone, "week": week } }));
        ask(&edge, 1);
        let of_today = || agent.request("GET", "/api/w/demo/report?days=1").send().ok::<Report>();
        let asked = || (sum(&of_today()).asked == 1).then_some(of_today());
        eventually("the question to be one of today", asked);
        let now = agent.inbox().first().unwrap().updated_at;
        edge.kill();
        let seed = Seed::open(&edge);
        let days = seed.run("inbox", &seed.only("inbox"), "SELECT DISTINCT day FROM ledger", &[json!([])]);
        let hours = i64::try_from(now / 3_600_000).unwrap() + ahead;
        assert_eq!(days, json!([[hours.div_euclid(24)]]), "{zone}, where it is not {} or is", today());
    }
}
