//! Days of a help desk, counted in pieces and added up in any order.

use super::*;
use crate::deadlines::Kind;
use crate::dice::Dice;
use crate::ids::{AgentId, ArticleId, TeamId};
use crate::routing::Priority;

fn article(name: &str) -> ArticleId {
    ArticleId::parse(name).unwrap()
}

fn counted(facts: &[Fact]) -> Counters {
    let mut sum = Counters::default();
    facts.iter().for_each(|fact| sum.record(fact));
    sum
}

fn rate(part: u64, whole: u64) -> Rate {
    Rate { part, whole }
}

fn times(count: usize, fact: Fact) -> Vec<Fact> {
    vec![fact; count]
}

#[test]
fn the_automated_resolution_rate_has_its_split_and_takes_off_what_came_back() {
    let facts = [
        times(10, Fact::Asked),
        times(3, Fact::Solved { by: By::Suggestion(article("a")) }),
        times(2, Fact::Solved { by: By::Answer }),
        times(1, Fact::Solved { by: By::Flow }),
        times(4, Fact::Solved { by: By::Person }),
        times(1, Fact::Reopened { by: By::Answer }),
    ];
    let roar = counted(&facts.concat()).roar();
    assert_eq!(
        (roar.all, roar.suggestions, roar.answers, roar.flows),
        (rate(5, 10), rate(3, 10), rate(1, 10), rate(1, 10))
    );
    assert_eq!(roar.all.permille(), Some(500));
    assert_eq!(Counters::default().roar().all.permille(), None);
}

#[test]
fn a_conversation_that_wandered_counts_once_as_misrouted() {
    let team = TeamId::parse("billing").ok();
    let facts = [
        times(4, Fact::HandedOff { team: team.clone(), first: true }),
        times(1, Fact::HandedOff { team: None, first: true }),
        times(2, Fact::HandedOff { team, first: false }),
        times(3, Fact::LookedAt),
        times(1, Fact::Reassigned { first: true }),
        times(3, Fact::Reassigned { first: false }),
    ];
    let sum = counted(&facts.concat());
    assert_eq!(sum.first_try_routing(), rate(2, 3), "two that nobody has looked at are neither right nor wrong");
    assert_eq!((sum.escalations, sum.teams.values().sum::<u64>()), (1, 4));
}

#[test]
fn suggestions_are_followed_from_shown_to_solved_or_escalated() {
    let facts = [
        times(9, Fact::Shown { article: article("a") }),
        times(1, Fact::Shown { article: article("b") }),
        times(5, Fact::Opened { article: article("a") }),
        times(3, Fact::Solved { by: By::Suggestion(article("a")) }),
        times(2, Fact::Escalated { article: article("a") }),
    ];
    let sum = counted(&facts.concat());
    assert_eq!(sum.funnel(), Funnel { shown: 10, opened: 5, solved: 3, escalated: 2, ..Funnel::default() });
    assert_eq!(sum.suggestions[&article("b")], Funnel { shown: 1, ..Funnel::default() });
}

#[test]
fn promises_are_counted_by_priority_and_only_where_there_were_any() {
    let reply = |kept| Fact::FirstReply { after: 5_000, priority: Priority::Urgent, kept };
    let next = Fact::NextReply { after: 9_000, priority: Priority::Normal, kept: Some(false) };
    let late = |first| Fact::Late { priority: Priority::Normal, first };
    let facts = [reply(Some(true)), reply(Some(true)), reply(Some(false)), reply(None), next, late(true), late(false)];
    let sum = counted(&facts);
    assert_eq!(sum.kept(Priority::Urgent, Kind::First), rate(2, 3));
    assert_eq!(sum.kept(Priority::Normal, Kind::First), rate(0, 1), "a promise is broken when it passes");
    assert_eq!(sum.kept(Priority::Normal, Kind::Next), rate(0, 2));
    assert_eq!(sum.kept(Priority::Low, Kind::First), rate(0, 0));
    assert_eq!((sum.first_reply.count(), sum.first_reply.mean()), (4, Some(5_000)));
}

#[test]
fn the_work_of_agents_is_counted_by_time() {
    let agent = AgentId::parse("aaaaaaaaaaaaaaaaaaaaaa").unwrap();
    let facts = [
        Fact::Active { agent: agent.clone(), span: 60_000 },
        Fact::Active { agent: agent.clone(), span: 120_000 },
        Fact::AtOnce { agent: agent.clone(), open: 1, span: 3_000 },
        Fact::AtOnce { agent: agent.clone(), open: 4, span: 1_500 },
    ];
    let sum = counted(&facts);
    assert_eq!(sum.active_by[&agent], 180_000);
    assert_eq!((sum.at_once[&agent].mean_tenths(), sum.at_once[&agent].most()), (Some(20), 4));
}

#[test]
fn days_and_topics_are_kept_apart_and_add_up() {
    let mut ledger = Ledger::default();
    for (day, topic) in [(1, "refunds"), (2, "refunds"), (2, "delivery"), (3, "refunds")] {
        ledger.record(day, topic, &Fact::Asked);
    }
    assert_eq!(ledger.total(1..3).asked, 3);
    assert_eq!(ledger.topics(2..4)["refunds"].asked, 2);
    #[expect(clippy::reversed_empty_ranges, reason = "it must not panic")]
    let reversed = ledger.total(3..1);
    assert_eq!(reversed, Counters::default());
    let mut other = Ledger::default();
    other.add(2, "refunds", &ledger.total(0..9));
    ledger.merge(&other);
    assert_eq!(ledger.total(2..3).asked, 2 + 4);
}

#[test]
fn what_is_called_otherwise_later_is_taken_off_where_it_was_counted_first() {
    let mut sum = counted(&[
        Fact::Asked,
        Fact::Asked,
        Fact::Shown { article: article("a") },
        Fact::AskedElsewhere,
        Fact::ShownElsewhere { article: article("a") },
    ]);
    sum.settle();
    assert_eq!((sum.asked, sum.asked_elsewhere, sum.suggestions.len()), (1, 0, 0));
    let settled = sum.clone();
    sum.settle();
    assert_eq!(sum, settled, "once is enough");
}

/// A fact of any kind.
fn any_fact(dice: &mut Dice) -> Fact {
    let article = article(dice.pick::<&str>(&["a", "b", "c"]));
    let agent = AgentId::parse(dice.pick::<&str>(&["aaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbb"])).unwrap();
    let team = TeamId::parse(dice.pick::<&str>(&["billing", "tech", "?"])).ok();
    let by = dice.pick(&[By::Suggestion(article.clone()), By::Answer, By::Flow, By::Person]).clone();
    let priority = *dice.pick(&[Priority::Low, Priority::Normal, Priority::High, Priority::Urgent]);
    let kept = *dice.pick(&[None, Some(true), Some(false)]);
    let bits = 1 + dice.under(62);
    let after = dice.under(1 << bits);
    let score = |dice: &mut Dice| Score::new(1 + dice.under(5) as u8);
    match dice.under(17) {
        13 => Fact::AskedElsewhere,
        14 => Fact::ShownElsewhere { article },
        15 => Fact::LookedAt,
        16 => Fact::Late { priority, first: dice.one_in(2) },
        0 => Fact::Asked,
        1 => Fact::Shown { article },
        2 => Fact::Opened { article },
        3 => Fact::Escalated { article },
        4 => Fact::Solved { by },
        5 => Fact::Reopened { by },
        6 => Fact::HandedOff { team, first: dice.one_in(2) },
        7 => Fact::Reassigned { first: dice.one_in(2) },
        8 => Fact::Rated {
            survey: *dice.pick(&[Survey::Csat, Survey::Ces]),
            score: score(dice).unwrap(),
            instead_of: score(dice).filter(|_| dice.one_in(3)),
            automated: dice.one_in(2),
        },
        9 => Fact::FirstReply { after, priority, kept },
        10 => Fact::NextReply { after, priority, kept },
        11 => Fact::Active { agent, span: after },
        _ => Fact::AtOnce { agent, open: dice.under(9) as u32, span: after },
    }
}

#[test]
fn it_does_not_matter_where_a_fact_is_counted_or_in_which_order_sums_are_added() {
    for seed in 0..300 {
        let dice = &mut Dice::new(seed);
        let mut whole = Ledger::default();
        let mut parts = [Ledger::default(), Ledger::default(), Ledger::default()];
        for _ in 0..dice.under(120) {
            let (day, topic, fact) = (dice.under(4) as u32, *dice.pick(&["", "refunds", "배송"]), any_fact(dice));
            whole.record(day, topic, &fact);
            parts[dice.under(3) as usize].record(day, topic, &fact);
        }
        let merged = |order: [usize; 3]| {
            let mut sum = parts[order[0]].clone();
            sum.merge(&parts[order[1]]);
            sum.merge(&parts[order[2]]);
            sum
        };
        let [a, b, c] = &parts;
        let mut right = b.clone();
        right.merge(c);
        let mut grouped = a.clone();
        grouped.merge(&right);
        assert_eq!(grouped, whole, "seed {seed}: a + (b + c)");
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(merged(order), whole, "seed {seed}: {order:?}");
        }
        let stored: Ledger = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
        assert_eq!(stored, whole, "seed {seed}");
    }
}

#[test]
fn adding_nothing_changes_nothing() {
    let dice = &mut Dice::new(7);
    let facts: Vec<Fact> = (0..200).map(|_| any_fact(dice)).collect();
    let mut sum = counted(&facts);
    sum.merge(&Counters::default());
    assert_eq!(sum, counted(&facts));
}

#[test]
fn a_fact_reads_back_as_it_was_written() {
    for seed in 0..300 {
        let fact = any_fact(&mut Dice::new(seed));
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact, "{text}");
    }
}
