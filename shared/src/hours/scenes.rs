//! Schedules of real places, on their hardest days.

use super::zone::tests::utc;
use super::*;
use crate::dice::Dice;
use crate::problem::ProblemCode;
use crate::protocol::Millis;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

const BERLIN_NIGHTS: &str = r#"{"zone": "Europe/Berlin", "week": {"sat": ["22:00-06:00"], "sun": ["22:00-06:00"]}}"#;
const BERLIN_SUNDAYS: &str =
    r#"{"zone": "Europe/Berlin", "week": {"sun": ["02:10-02:50", "02:30-03:30", "09:00-10:00"]}}"#;
const ISTANBUL: &str = r#"{"zone": "Europe/Istanbul",
    "week": {"mon": ["09:00-12:30", "13:30-18:00"], "tue": ["09:00-18:00"], "wed": ["09:00-18:00"], "thu": ["09:00-18:00"], "fri": ["22:00-02:00"]},
    "holidays": [{"date": "10-29", "name": "Republic Day"}, {"date": "2026-12-31", "name": "New Year's Eve", "open": ["09:00-12:00"]},
        {"date": "2026-12-05", "name": "Move"}]}"#;
const ALWAYS: &str = r#"{"zone": "America/New_York", "week": {"mon": ["00:00-24:00"], "tue": ["00:00-24:00"], "wed": ["00:00-24:00"],
    "thu": ["00:00-24:00"], "fri": ["00:00-24:00"], "sat": ["00:00-24:00"], "sun": ["00:00-24:00"]}}"#;
const SANTIAGO: &str = r#"{"zone": "America/Santiago", "week": {"sat": ["20:00-24:00"], "sun": ["00:00-04:00"]}}"#;

fn office(schedule: &str) -> Office {
    let (office, warnings) = Office::new(&serde_json::from_str(schedule).unwrap()).unwrap();
    assert_eq!(warnings, []);
    office
}

/// What happens next in an office, as `opens` or `closes` and the instant.
fn check(schedule: &str, now: &str, expected: Option<(&str, &str)>) {
    let change =
        expected.map(|(what, at)| if what == "opens" { Change::Opens(utc(at)) } else { Change::Closes(utc(at)) });
    let office = office(schedule);
    assert_eq!(office.next_change(utc(now)), change, "{now}");
    let opens = matches!(change, Some(Change::Opens(_)));
    assert_eq!(office.is_open(utc(now)), !opens, "{now}");
    let opens_at = if let Some(Change::Opens(at)) = change { at } else { utc(now) };
    assert_eq!(office.opens_at(utc(now)), Some(opens_at), "{now}");
}

#[test]
fn shifts_of_a_day_open_and_close_by_the_clock_on_the_wall() {
    // 30 November 2026 is a Monday; Istanbul is three hours ahead all year.
    check(ISTANBUL, "2026-11-30T05:59Z", Some(("opens", "2026-11-30T06:00Z")));
    check(ISTANBUL, "2026-11-30T06:00Z", Some(("closes", "2026-11-30T09:30Z")));
    check(ISTANBUL, "2026-11-30T09:29Z", Some(("closes", "2026-11-30T09:30Z")));
    check(ISTANBUL, "2026-11-30T09:30Z", Some(("opens", "2026-11-30T10:30Z")));
    check(ISTANBUL, "2026-11-30T15:00Z", Some(("opens", "2026-12-01T06:00Z")));
    check(ISTANBUL, "2026-11-28T12:00Z", Some(("opens", "2026-11-30T06:00Z")));
}

#[test]
fn a_shift_past_midnight_is_one_until_it_meets_a_holiday() {
    check(ISTANBUL, "2026-11-27T19:30Z", Some(("closes", "2026-11-27T23:00Z")));
    check(ISTANBUL, "2026-11-27T22:30Z", Some(("closes", "2026-11-27T23:00Z")));
    // On 5 December nobody is there from its midnight on, which is 21:00 UTC.
    check(ISTANBUL, "2026-12-04T19:30Z", Some(("closes", "2026-12-04T21:00Z")));
}

#[test]
fn a_holiday_has_only_its_own_hours() {
    check(ISTANBUL, "2026-10-29T08:00Z", Some(("opens", "2026-10-30T19:00Z")));
    check(ISTANBUL, "2026-12-31T08:00Z", Some(("closes", "2026-12-31T09:00Z")));
}

#[test]
fn who_is_always_there_never_closes() {
    check(ALWAYS, "2026-11-01T05:30Z", None);
    assert_eq!(office(ALWAYS).between(utc("2026-03-01T00:00Z"), utc("2026-12-01T00:00Z")), 275 * 24 * HOUR);
}

#[test]
fn a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() {
    let night = |from: &str, to: &str| office(BERLIN_NIGHTS).between(utc(from), utc(to)) / HOUR;
    assert_eq!(night("2026-03-21T12:00Z", "2026-03-22T12:00Z"), 8);
    assert_eq!(night("2026-03-28T12:00Z", "2026-03-29T12:00Z"), 7);
    assert_eq!(night("2026-10-24T12:00Z", "2026-10-25T12:00Z"), 9);
    check(BERLIN_NIGHTS, "2026-03-28T22:00Z", Some(("closes", "2026-03-29T04:00Z")));
    check(BERLIN_NIGHTS, "2026-10-24T22:00Z", Some(("closes", "2026-10-25T05:00Z")));
}

#[test]
fn a_shift_in_the_skipped_hour_has_the_time_that_there_is() {
    // At 01:00 UTC the clock goes from 02:00 to 03:00: of 02:10 to 03:30 half an hour is left.
    check(BERLIN_SUNDAYS, "2026-03-29T00:30Z", Some(("opens", "2026-03-29T01:00Z")));
    check(BERLIN_SUNDAYS, "2026-03-29T01:10Z", Some(("closes", "2026-03-29T01:30Z")));
    let office = office(BERLIN_SUNDAYS);
    assert_eq!(office.between(utc("2026-03-28T12:00Z"), utc("2026-03-29T12:00Z")), 90 * MINUTE);
    assert_eq!(office.after(utc("2026-03-28T12:00Z"), 31 * MINUTE), Some(utc("2026-03-29T07:01Z")));
    // The clock shows nine o'clock on both sides of the change.
    check(BERLIN_SUNDAYS, "2026-03-22T06:00Z", Some(("opens", "2026-03-22T08:00Z")));
    check(BERLIN_SUNDAYS, "2026-03-29T06:00Z", Some(("opens", "2026-03-29T07:00Z")));
}

#[test]
fn a_midnight_that_is_skipped_does_not_close_the_night() {
    // On 6 September 2026 Santiago's clock goes from 24:00 to 01:00, at 04:00 UTC.
    check(SANTIAGO, "2026-09-06T03:00Z", Some(("closes", "2026-09-06T07:00Z")));
    assert_eq!(office(SANTIAGO).between(utc("2026-09-05T12:00Z"), utc("2026-09-06T12:00Z")), 7 * HOUR);
    // On 5 April it goes from 24:00 back to 23:00.
    assert_eq!(office(SANTIAGO).between(utc("2026-04-04T12:00Z"), utc("2026-04-05T12:00Z")), 9 * HOUR);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let wrong = r#"{"zone": "Europe/Istambul", "week": {"mon": ["09:00-18:00", "9 to 5"]}, "holidays": [{"date": "2026-02-29"}, {"date": "26-12-25"}, {"date": "12-24", "open": [""]}]}"#;
    let problems = Office::new(&serde_json::from_str(wrong).unwrap()).unwrap_err();
    let found: Vec<(ProblemCode, &str)> = problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
    assert_eq!(
        found,
        [
            (ProblemCode::UnknownZone, "zone"),
            (ProblemCode::InvalidShift, "week.mon[1]"),
            (ProblemCode::InvalidDate, "holidays[0].date"),
            (ProblemCode::InvalidDate, "holidays[1].date"),
            (ProblemCode::InvalidShift, "holidays[2].open[0]"),
        ]
    );
    let (closed, warnings) = Office::new(&serde_json::from_str(r#"{"zone": "UTC"}"#).unwrap()).unwrap();
    assert_eq!(warnings[0].code, ProblemCode::NeverOpen);
    assert_eq!((closed.opens_at(0), closed.after(0, 1)), (None, None));
    assert!(serde_json::from_str::<Schedule>(r#"{"zone": "UTC", "weak": {}}"#).is_err());
    assert!(serde_json::from_str::<Schedule>(r#"{"zone": "UTC", "week": {"monday": []}}"#).is_err());
}

#[test]
fn working_time_adds_up_on_every_schedule() {
    let offices = [BERLIN_NIGHTS, BERLIN_SUNDAYS, ISTANBUL, ALWAYS, SANTIAGO].map(office);
    // 2026-01-01 to 2027-01-01, so that every change of the clock is met.
    let (start, year) = (utc("2026-01-01T00:00Z"), 365 * 24 * HOUR);
    for seed in 0..300 {
        let dice = &mut Dice::new(seed);
        let office = dice.pick(&offices);
        let mut at = [0; 3].map(|_| start + dice.under(year));
        at.sort_unstable();
        let [a, b, c] = at;
        assert_eq!(office.between(a, b) + office.between(b, c), office.between(a, c), "seed {seed}");
        assert_eq!(office.between(b, a), 0, "seed {seed}");
        // The doors' own instants are where an error of one would be.
        let edge = match office.next_change(a) {
            Some(Change::Opens(at) | Change::Closes(at)) => at,
            None => a,
        };
        for at in [a, edge - 1, edge, edge + 1] {
            assert_eq!(office.is_open(at), office.between(at, at + 1) == 1, "seed {seed}: {at}");
        }

        let work = 1 + dice.under(20 * HOUR);
        let done = office.after(a, work).unwrap();
        assert_eq!(office.between(a, done), work, "seed {seed}");
        assert_eq!(office.between(a, done - 1), work - 1, "seed {seed}: not the first instant");

        match office.next_change(a) {
            Some(Change::Opens(at)) => {
                assert_eq!(
                    (office.between(a, at), office.is_open(at), office.is_open(a)),
                    (0, true, false),
                    "seed {seed}"
                )
            }
            Some(Change::Closes(at)) => {
                assert_eq!(
                    (office.between(a, at), office.is_open(at), office.is_open(a)),
                    (at - a, false, true),
                    "seed {seed}"
                )
            }
            None => assert!(office.is_open(a), "seed {seed}"),
        }
    }
}
