//! Conversations that wait, are put away, and come back in time.

use super::*;
use crate::dice::Dice;
use crate::hours::{AroundTheClock, WorkingTime};
use crate::protocol::Millis;
use crate::routing::Priority;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;

fn promises() -> Promises {
    let text = r#"{"targets": {"normal": {"first": {"share": 90, "within": 300}, "next": {"share": 90, "within": 600}},
        "urgent": {"first": {"share": 80, "within": 20}, "next": {"share": 80, "within": 60}}}}"#;
    serde_json::from_str(text).unwrap()
}

/// Tells the story of a watch, one input at its instant after the other, each alarm as it rings.
fn check(priority: Priority, inputs: &[(Millis, Input)], until: Millis, expected: &[(Millis, Output)]) {
    assert_eq!(story(priority, inputs, until, &AroundTheClock), expected, "{inputs:?}");
}

fn story(
    priority: Priority,
    inputs: &[(Millis, Input)],
    until: Millis,
    working: &dyn WorkingTime,
) -> Vec<(Millis, Output)> {
    let promises = promises();
    let terms = Terms { promises: &promises, working };
    let mut watch = Watch::new(priority);
    let mut out = Vec::new();
    let ring = |watch: &mut Watch, until: Millis, out: &mut Vec<(Millis, Output)>| {
        while let Some((at, reason)) = watch.poll_timeout().filter(|(at, _)| *at < until) {
            let outputs = watch.handle_timeout(at);
            assert!(outputs.contains(&Output::Resurface(reason)), "an alarm for {reason:?} that gives {outputs:?}");
            out.extend(outputs.into_iter().map(|output| (at, output)));
        }
    };
    for (at, input) in inputs {
        ring(&mut watch, *at, &mut out);
        out.extend(watch.handle(*input, *at, terms).into_iter().map(|output| (*at, output)));
    }
    ring(&mut watch, until, &mut out);
    out
}

fn back(reason: Reason) -> Output {
    Output::Resurface(reason)
}

fn answered(kind: Kind, after: Millis, kept: bool) -> Output {
    Output::Answered { kind, after, kept: Some(kept) }
}

#[test]
fn what_waits_comes_back_before_it_is_late_and_again_when_it_is() {
    check(
        Priority::Normal,
        &[(0, Input::VisitorWaits)],
        HOUR,
        &[(225 * SECOND, back(Reason::DueSoon(Kind::First))), (300 * SECOND, back(Reason::Late(Kind::First)))],
    );
}

#[test]
fn a_reply_in_time_keeps_the_promise_and_ends_the_waiting() {
    check(
        Priority::Urgent,
        &[(0, Input::VisitorWaits), (20 * SECOND, Input::Replied)],
        HOUR,
        &[(15 * SECOND, back(Reason::DueSoon(Kind::First))), (20 * SECOND, answered(Kind::First, 20 * SECOND, true))],
    );
}

#[test]
fn every_reply_after_the_first_has_its_own_promise() {
    check(
        Priority::Normal,
        &[(0, Input::VisitorWaits), (MINUTE, Input::Replied), (HOUR, Input::VisitorWaits), (2 * HOUR, Input::Replied)],
        3 * HOUR,
        &[
            (MINUTE, answered(Kind::First, MINUTE, true)),
            (HOUR + 450 * SECOND, back(Reason::DueSoon(Kind::Next))),
            (HOUR + 600 * SECOND, back(Reason::Late(Kind::Next))),
            (2 * HOUR, answered(Kind::Next, HOUR, false)),
        ],
    );
}

#[test]
fn who_writes_again_waits_since_the_first_time() {
    check(
        Priority::Normal,
        &[(0, Input::VisitorWaits), (4 * MINUTE, Input::VisitorWaits), (5 * MINUTE, Input::Replied)],
        HOUR,
        &[(225 * SECOND, back(Reason::DueSoon(Kind::First))), (5 * MINUTE, answered(Kind::First, 5 * MINUTE, true))],
    );
}

#[test]
fn what_is_put_away_comes_back_at_its_time() {
    check(
        Priority::Normal,
        &[(0, Input::VisitorWaits), (MINUTE, Input::Replied), (2 * MINUTE, Input::Snoozed { until: 48 * HOUR })],
        72 * HOUR,
        &[(MINUTE, answered(Kind::First, MINUTE, true)), (48 * HOUR, back(Reason::SnoozeOver))],
    );
}

#[test]
fn a_snooze_does_not_outlast_a_promise_and_is_over_then() {
    check(
        Priority::Normal,
        &[(0, Input::VisitorWaits), (MINUTE, Input::Snoozed { until: 48 * HOUR })],
        72 * HOUR,
        &[(225 * SECOND, back(Reason::DueSoon(Kind::First))), (300 * SECOND, back(Reason::Late(Kind::First)))],
    );
}

#[test]
fn a_visitor_who_writes_wakes_what_was_put_away() {
    check(
        Priority::Normal,
        &[(0, Input::Snoozed { until: 48 * HOUR }), (HOUR, Input::VisitorWaits), (HOUR + MINUTE, Input::Replied)],
        72 * HOUR,
        &[(HOUR + MINUTE, answered(Kind::First, MINUTE, true))],
    );
}

#[test]
fn another_priority_counts_from_when_the_waiting_began() {
    check(
        Priority::Normal,
        &[(0, Input::VisitorWaits), (10 * SECOND, Input::Prioritised(Priority::Urgent))],
        HOUR,
        &[(15 * SECOND, back(Reason::DueSoon(Kind::First))), (20 * SECOND, back(Reason::Late(Kind::First)))],
    );
}

#[test]
fn without_a_promise_nothing_is_late_but_nothing_is_forgotten() {
    check(Priority::Low, &[(0, Input::VisitorWaits)], 9 * HOUR, &[(4 * HOUR, back(Reason::Forgotten))]);
    check(Priority::Low, &[(0, Input::VisitorWaits), (HOUR, Input::Resolved)], 9 * HOUR, &[]);
}

#[test]
fn a_late_alarm_tells_all_in_order_and_a_second_one_nothing() {
    let promises = promises();
    let terms = Terms { promises: &promises, working: &AroundTheClock };
    let mut watch = Watch::new(Priority::Normal);
    watch.handle(Input::VisitorWaits, 0, terms);
    assert_eq!(watch.handle_timeout(0), []);
    let late = [back(Reason::DueSoon(Kind::First)), back(Reason::Late(Kind::First))];
    assert_eq!(watch.handle_timeout(HOUR), late);
    assert_eq!(watch.handle_timeout(HOUR), []);
    assert_eq!(watch.handle_timeout(0), []);
    assert_eq!(watch.poll_timeout(), None);
    // The same promise, reckoned again after a change of the settings, is not told again.
    watch.handle(Input::TermsChanged, HOUR, terms);
    assert_eq!(watch.poll_timeout(), None);
}

#[test]
fn the_oldest_promise_comes_first_and_what_is_put_away_last() {
    let promises = promises();
    let terms = Terms { promises: &promises, working: &AroundTheClock };
    let watch = |name: &'static str, priority, inputs: &[(Millis, Input)]| {
        let mut watch = Watch::new(priority);
        for (at, input) in inputs {
            watch.handle(*input, *at, terms);
        }
        (name, watch)
    };
    let mut list = vec![
        watch("away", Priority::Normal, &[(0, Input::VisitorWaits), (1, Input::Snoozed { until: HOUR })]),
        watch("calm", Priority::Normal, &[]),
        watch("low", Priority::Low, &[(0, Input::VisitorWaits)]),
        watch("normal", Priority::Normal, &[(0, Input::VisitorWaits)]),
        watch("urgent, later", Priority::Urgent, &[(4 * MINUTE, Input::VisitorWaits)]),
        watch("urgent, too late", Priority::Urgent, &[(5 * MINUTE, Input::VisitorWaits)]),
    ];
    oldest_promise_first(&mut list, |(_, watch)| watch);
    let names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["urgent, later", "normal", "urgent, too late", "low", "calm", "away"]);
}

#[test]
fn nobody_who_waits_is_ever_without_an_alarm_or_already_told() {
    let promises = promises();
    let terms = Terms { promises: &promises, working: &AroundTheClock };
    for seed in 0..2_000 {
        let dice = &mut Dice::new(seed);
        let mut watch = Watch::new(*dice.pick(&[Priority::Low, Priority::Normal, Priority::Urgent]));
        let (mut now, mut told) = (0, 0);
        for _ in 0..30 {
            now += dice.under(3 * MINUTE);
            let waited = watch.waiting_since();
            let input = match dice.under(8) {
                0 | 1 => Some(Input::VisitorWaits),
                2 => Some(Input::Replied),
                3 => Some(Input::Snoozed { until: now + dice.under(HOUR) }),
                4 => Some(Input::Woken),
                5 => Some(Input::Prioritised(*dice.pick(&[Priority::Low, Priority::Normal, Priority::Urgent]))),
                6 if dice.one_in(4) => Some(Input::Resolved),
                _ => None,
            };
            match input {
                Some(input) => drop(watch.handle(input, now, terms)),
                None => told += watch.handle_timeout(now).len(),
            }
            // An alarm that rings gives something to see, or else it would ring for ever.
            if let Some((at, _)) = watch.poll_timeout() {
                assert_ne!(watch.clone().handle_timeout(at), [], "seed {seed}");
            }
            if watch.waiting_since() != waited {
                told = 0;
            }
            let promised_in_time = watch.poll_timeout().is_some_and(|(at, _)| watch.due().is_none_or(|due| at <= due));
            assert!(watch.waiting_since().is_none() || promised_in_time || told > 0, "seed {seed}: {watch:?}");
            let stored: Watch = serde_json::from_str(&serde_json::to_string(&watch).unwrap()).unwrap();
            assert_eq!(stored, watch);
        }
    }
}

#[cfg(feature = "hours")]
mod in_office_hours {
    use super::*;
    use crate::hours::Office;

    /// Monday to Friday, nine to five, in UTC. The instants count from Thursday, 1 January 1970.
    const OFFICE: &str = r#"{"zone": "UTC", "week": {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"], "wed": ["09:00-17:00"],
        "thu": ["09:00-17:00"], "fri": ["09:00-17:00"]}}"#;

    #[test]
    fn a_promise_counts_only_while_somebody_is_there() {
        let (office, _) = Office::new(&serde_json::from_str(OFFICE).unwrap()).unwrap();
        let friday_evening = 24 * HOUR + 16 * HOUR + 56 * MINUTE;
        let monday = 4 * 24 * HOUR + 9 * HOUR;
        // Of five minutes four pass on Friday; the warning comes when three and three quarters are over.
        let expected = [
            (friday_evening + 225 * SECOND, back(Reason::DueSoon(Kind::First))),
            (monday + 30 * SECOND, answered(Kind::First, 4 * MINUTE + 30 * SECOND, true)),
        ];
        let inputs = [(friday_evening, Input::VisitorWaits), (monday + 30 * SECOND, Input::Replied)];
        assert_eq!(story(Priority::Normal, &inputs, 200 * HOUR, &office), expected);
    }

    #[test]
    fn even_an_office_that_never_opens_forgets_nobody() {
        let (never, _) = Office::new(&serde_json::from_str(r#"{"zone": "UTC"}"#).unwrap()).unwrap();
        let expected = [(4 * HOUR, back(Reason::Forgotten))];
        assert_eq!(story(Priority::Normal, &[(0, Input::VisitorWaits)], 200 * HOUR, &never), expected);
    }

    #[test]
    fn what_came_on_a_weekend_is_due_on_monday() {
        let (office, _) = Office::new(&serde_json::from_str(OFFICE).unwrap()).unwrap();
        let monday = 4 * 24 * HOUR + 9 * HOUR;
        let expected = [
            (monday + 225 * SECOND, back(Reason::DueSoon(Kind::First))),
            (monday + 300 * SECOND, back(Reason::Late(Kind::First))),
        ];
        assert_eq!(story(Priority::Normal, &[(60 * HOUR, Input::VisitorWaits)], 200 * HOUR, &office), expected);
    }
}
