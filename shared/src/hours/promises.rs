//! What visitors are told about when a reply will come.

use super::zone::tests::utc;
use super::*;
use crate::protocol::Millis;

const MINUTE: Millis = 60_000;
/// Monday to Friday, nine to five in London, which is on UTC in November and December.
const LONDON: &str = r#"{"zone": "Europe/London", "week": {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"], "wed": ["09:00-17:00"],
    "thu": ["09:00-17:00"], "fri": ["09:00-17:00"]}, "holidays": [{"date": "12-25", "name": "Christmas"}]}"#;

fn clock(hour: u8, minute: u8) -> Clock {
    Clock { hour, minute }
}

/// Replies that took so many minutes each; `viewer` is a zone.
fn check(replies: &[u64], now: &str, viewer: &str, expected: Spoken) {
    let (office, _) = Office::new(&serde_json::from_str(LONDON).unwrap()).unwrap();
    let replies: Vec<Millis> = replies.iter().map(|minutes| minutes * MINUTE).collect();
    let found = expected_reply(&office, &replies, utc(now), &Zone::parse(viewer).unwrap());
    assert_eq!(found.spoken, expected, "{replies:?} at {now} in {viewer}");
    assert_eq!(found.open, office.is_open(utc(now)));
}

fn check_away(now: &str, viewer: &str, expected: Option<(&str, Spoken, Option<&str>)>) {
    let (office, _) = Office::new(&serde_json::from_str(LONDON).unwrap()).unwrap();
    let expected = expected.map(|(back, spoken, holiday)| Away {
        back_at: Some(utc(back)),
        spoken,
        holiday: holiday.map(String::from),
    });
    assert_eq!(away(&office, utc(now), &Zone::parse(viewer).unwrap()), expected, "{now} in {viewer}");
}

#[test]
fn a_span_is_what_four_of_five_replies_took_rounded_up() {
    // 30 November 2026 is a Monday.
    check(&[1, 2, 3, 4, 99], "2026-11-30T10:00Z", "UTC", Spoken::Minutes(5));
    check(&[1, 2, 3, 16, 99], "2026-11-30T10:00Z", "UTC", Spoken::Minutes(20));
    check(&[50; 5], "2026-11-30T10:00Z", "UTC", Spoken::Hours(1));
    check(&[61; 5], "2026-11-30T10:00Z", "UTC", Spoken::Hours(2));
}

#[test]
fn with_too_few_replies_nothing_is_promised() {
    check(&[1, 1, 1, 1], "2026-11-30T10:00Z", "UTC", Spoken::Unknown);
    check(&[], "2026-11-28T10:00Z", "UTC", Spoken::Unknown);
}

#[test]
fn only_the_newest_replies_count() {
    let mut replies = vec![3; 50];
    replies.extend([400; 500]);
    check(&replies, "2026-11-30T10:00Z", "UTC", Spoken::Minutes(5));
}

#[test]
fn what_is_left_at_closing_time_comes_the_next_day_and_not_in_so_many_minutes() {
    check(&[20; 5], "2026-11-30T16:40Z", "UTC", Spoken::Minutes(20));
    check(&[20; 5], "2026-11-30T16:50Z", "UTC", Spoken::TomorrowAt(clock(9, 30)));
    check(&[20; 5], "2026-11-30T07:00Z", "UTC", Spoken::TodayAt(clock(9, 30)));
    check(&[20; 5], "2026-12-04T17:00Z", "UTC", Spoken::DayAt(Day::Mon, clock(9, 30)));
    check(&[20; 5], "2026-12-25T10:00Z", "UTC", Spoken::DayAt(Day::Mon, clock(9, 30)));
    check(&[60 * 8 * 8; 5], "2026-11-30T09:00Z", "UTC", Spoken::DateAt(2026, 12, 9, clock(17, 0)));
}

#[test]
fn a_span_over_lunch_is_said_by_the_clock() {
    let lunch = r#"{"zone": "UTC", "week": {"mon": ["09:00-12:30", "13:30-17:00"]}}"#;
    let (office, _) = Office::new(&serde_json::from_str(lunch).unwrap()).unwrap();
    let said = |now: &str| expected_reply(&office, &[20 * MINUTE; 5], utc(now), &Zone::parse("UTC").unwrap()).spoken;
    assert_eq!(said("2026-11-30T12:10Z"), Spoken::Minutes(20));
    assert_eq!(said("2026-11-30T12:20Z"), Spoken::TodayAt(clock(14, 0)));
}

#[test]
fn the_clock_and_the_day_are_those_of_whoever_is_told() {
    check(&[20; 5], "2026-11-30T18:00Z", "America/Los_Angeles", Spoken::TomorrowAt(clock(1, 30)));
    check(&[20; 5], "2026-11-30T23:00Z", "Asia/Tokyo", Spoken::TodayAt(clock(18, 30)));
    // 09:20 in London is 15:05 in Kathmandu.
    check(&[20; 5], "2026-11-30T18:00Z", "Asia/Kathmandu", Spoken::TomorrowAt(clock(15, 30)));
}

#[test]
fn who_is_away_says_when_somebody_is_back() {
    check_away("2026-11-30T10:00Z", "UTC", None);
    check_away("2026-11-30T05:00Z", "UTC", Some(("2026-11-30T09:00Z", Spoken::TodayAt(clock(9, 0)), None)));
    check_away(
        "2026-11-30T17:00Z",
        "Asia/Kathmandu",
        Some(("2026-12-01T09:00Z", Spoken::TomorrowAt(clock(14, 45)), None)),
    );
    let monday = Spoken::DayAt(Day::Mon, clock(9, 0));
    check_away("2026-12-25T12:00Z", "UTC", Some(("2026-12-28T09:00Z", monday, Some("Christmas"))));
}

#[test]
fn around_the_clock_a_long_wait_is_said_by_the_clock() {
    let zone = Zone::parse("UTC").unwrap();
    let said =
        |minutes: u64| expected_reply(&AroundTheClock, &[minutes * MINUTE; 5], utc("2026-11-30T10:00Z"), &zone).spoken;
    assert_eq!(said(4), Spoken::Minutes(5));
    assert_eq!(said(8 * 60), Spoken::Hours(8));
    assert_eq!(said(8 * 60 + 1), Spoken::TodayAt(clock(18, 30)));
    assert_eq!(said(24 * 60), Spoken::TomorrowAt(clock(10, 0)));
}

#[test]
fn what_is_said_is_never_sooner_than_what_is_expected() {
    let (office, _) = Office::new(&serde_json::from_str(LONDON).unwrap()).unwrap();
    let zone = Zone::parse("Asia/Kathmandu").unwrap();
    let start = utc("2026-11-30T00:00Z");
    for seed in 0..500 {
        let dice = &mut crate::dice::Dice::new(seed);
        let (now, reply) = (start + dice.under(7 * 24 * 60 * MINUTE), dice.under(600 * MINUTE));
        let found = expected_reply(&office, &[reply; 5], now, &zone);
        let by = found.by.unwrap();
        match found.spoken {
            Spoken::Minutes(minutes) => assert!(now + u64::from(minutes) * MINUTE >= by, "seed {seed}"),
            Spoken::Hours(hours) => assert!(now + u64::from(hours) * 60 * MINUTE >= by, "seed {seed}"),
            Spoken::TodayAt(Clock { hour, minute }) | Spoken::TomorrowAt(Clock { hour, minute }) => {
                let (_, shown) = zone.wall(by).unwrap();
                let said = (Millis::from(hour) * 60 + Millis::from(minute)) * MINUTE;
                let shown = Millis::from(shown) * MINUTE + by % MINUTE;
                // Past midnight, the clock begins anew.
                assert!(said >= shown || said < 30 * MINUTE, "seed {seed}: {said} is before {shown}");
            }
            _ => {}
        }
    }
}
