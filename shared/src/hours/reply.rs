//! When a reply will come, from the schedule and from how long the last ones took.

use super::working::{Change, WorkingTime};
use crate::protocol::{Expected, Millis};

/// Only the newest replies count, this many: last month tells little of today.
pub const RECENT_REPLIES: usize = 50;
/// With fewer replies than this, one long lunch would be the whole truth.
const ENOUGH_REPLIES: usize = 5;
/// How many of a hundred replies came sooner. A median would be broken to every second visitor.
const PROMISED_PERCENT: usize = 80;
/// One minute.
const MINUTE_MS: Millis = 60_000;
/// People who promise a time by the clock promise half hours.
const CLOCK_STEP_MS: Millis = 30 * MINUTE_MS;
/// What one says of a span, in minutes: finer steps would claim to know more than a few replies can tell. After the last
/// one, eight hours, the clock is said instead.
const STEPS: [u32; 12] = [5, 10, 15, 20, 30, 45, 60, 120, 180, 240, 360, 480];

/// When a reply is to be expected. `replies` are the working times of the last first replies, the newest first. The promise is
/// never sooner than the expected reply. With too few replies only the office hours are told, and while the office is closed,
/// when it opens.
pub fn expected_reply(working: &dyn WorkingTime, replies: &[Millis], now: Millis) -> Expected {
    let open = working.is_open(now);
    if !open {
        return Expected { open, minutes: None, at: working.opens_at(now) };
    }
    let Some(by) = usual(replies).and_then(|usual| working.after(now, usual)) else {
        return Expected { open, minutes: None, at: None };
    };
    let closes = match working.next_change(now) {
        Some(Change::Closes(closes)) => closes,
        _ => Millis::MAX,
    };
    // A span is said only if somebody is there all through it: "8 hours" at closing time would not be true.
    let minutes = if by <= closes { span(by - now) } else { None };
    let at = if minutes.is_none() { by.checked_next_multiple_of(CLOCK_STEP_MS) } else { None };
    Expected { open, minutes, at }
}

/// A span, rounded up; none if it is so long that the clock says more.
fn span(span: Millis) -> Option<u32> {
    let minutes = span.div_ceil(MINUTE_MS);
    STEPS.into_iter().find(|step| minutes <= Millis::from(*step))
}

/// How long all but the slowest of the last replies took.
fn usual(replies: &[Millis]) -> Option<Millis> {
    let mut recent: Vec<Millis> = replies.iter().take(RECENT_REPLIES).copied().collect();
    if recent.len() < ENOUGH_REPLIES {
        return None;
    }
    recent.sort_unstable();
    let rank = (recent.len() * PROMISED_PERCENT).div_ceil(100);
    recent.get(rank.saturating_sub(1)).copied()
}

#[cfg(feature = "hours")]
#[cfg(test)]
mod tests {
    use super::super::zone::tests::utc;
    use super::*;
    use crate::dice::Dice;
    use crate::hours::{AroundTheClock, Office};

    /// Monday to Friday, nine to five in London, which is on UTC in November and December.
    const LONDON: &str = r#"{"zone": "Europe/London", "week": {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"],
        "wed": ["09:00-17:00"], "thu": ["09:00-17:00"], "fri": ["09:00-17:00"]}, "holidays": [{"date": "12-25"}]}"#;

    /// What is said.
    enum Said {
        Nothing,
        Minutes(u32),
        By(&'static str),
    }
    use Said::{By, Minutes, Nothing};

    fn office(schedule: &str) -> Office {
        Office::new(&serde_json::from_str(schedule).unwrap()).unwrap().0
    }

    /// Replies that took this many minutes each.
    fn check(working: &dyn WorkingTime, replies: &[u64], now: &str, said: Said) {
        let replies: Vec<Millis> = replies.iter().map(|minutes| minutes * MINUTE_MS).collect();
        let (minutes, at) = match said {
            Nothing => (None, None),
            Minutes(minutes) => (Some(minutes), None),
            By(at) => (None, Some(utc(at))),
        };
        let expected = Expected { open: working.is_open(utc(now)), minutes, at };
        assert_eq!(expected_reply(working, &replies, utc(now)), expected, "{replies:?} at {now}");
    }

    #[test]
    fn a_span_is_what_four_of_five_replies_took_rounded_up() {
        let london = office(LONDON);
        // 30 November 2026 is a Monday.
        check(&london, &[1, 2, 3, 4, 99], "2026-11-30T10:00Z", Minutes(5));
        check(&london, &[1, 2, 3, 16, 99], "2026-11-30T10:00Z", Minutes(20));
        check(&london, &[50; 5], "2026-11-30T10:00Z", Minutes(60));
        check(&london, &[61; 5], "2026-11-30T10:00Z", Minutes(120));
    }

    #[test]
    fn with_too_few_replies_only_the_hours_are_said() {
        let london = office(LONDON);
        check(&london, &[1; 4], "2026-11-30T10:00Z", Nothing);
        check(&london, &[], "2026-11-28T10:00Z", By("2026-11-30T09:00Z"));
        check(&london, &[], "2026-12-25T10:00Z", By("2026-12-28T09:00Z"));
        check(&AroundTheClock, &[], "2026-11-28T10:00Z", Nothing);
        check(&office(r#"{"zone": "UTC"}"#), &[1; 5], "2026-11-28T10:00Z", Nothing);
    }

    #[test]
    fn while_the_office_is_closed_it_is_said_when_it_opens() {
        let london = office(LONDON);
        check(&london, &[20; 5], "2026-11-30T07:00Z", By("2026-11-30T09:00Z"));
        check(&london, &[20; 5], "2026-12-04T17:00Z", By("2026-12-07T09:00Z"));
        // Who answers outside of the hours takes no working time at all.
        check(&london, &[0; 5], "2026-11-28T03:10Z", By("2026-11-30T09:00Z"));
        check(&london, &[0; 5], "2026-11-30T10:00Z", Minutes(5));
    }

    #[test]
    fn only_the_newest_replies_count() {
        let mut replies = vec![3; RECENT_REPLIES];
        replies.extend([400; 500]);
        check(&office(LONDON), &replies, "2026-11-30T10:00Z", Minutes(5));
    }

    #[test]
    fn what_is_left_at_closing_time_comes_the_next_day_and_not_in_so_many_minutes() {
        let london = office(LONDON);
        check(&london, &[20; 5], "2026-11-30T16:40Z", Minutes(20));
        check(&london, &[20; 5], "2026-11-30T16:50Z", By("2026-12-01T09:30Z"));
        check(&london, &[60 * 8 * 8; 5], "2026-11-30T09:00Z", By("2026-12-09T17:00Z"));
    }

    #[test]
    fn a_span_over_lunch_is_said_by_the_clock() {
        let lunch = office(r#"{"zone": "UTC", "week": {"mon": ["09:00-12:30", "13:30-17:00"]}}"#);
        check(&lunch, &[20; 5], "2026-11-30T12:10Z", Minutes(20));
        check(&lunch, &[20; 5], "2026-11-30T12:20Z", By("2026-11-30T14:00Z"));
    }

    #[test]
    fn around_the_clock_a_long_wait_is_said_by_the_clock() {
        check(&AroundTheClock, &[8 * 60; 5], "2026-11-30T10:00Z", Minutes(480));
        check(&AroundTheClock, &[8 * 60 + 1; 5], "2026-11-30T10:00Z", By("2026-11-30T18:30Z"));
        check(&AroundTheClock, &[24 * 60; 5], "2026-11-30T10:00Z", By("2026-12-01T10:00Z"));
    }

    #[test]
    fn what_is_said_is_never_sooner_than_what_is_expected() {
        let (london, start) = (office(LONDON), utc("2026-11-30T00:00Z"));
        for seed in 0..500 {
            let dice = &mut Dice::new(seed);
            let (now, reply) = (start + dice.under(7 * 24 * 60 * MINUTE_MS), dice.under(600 * MINUTE_MS));
            let by = london.after(now, reply).unwrap();
            let said = expected_reply(&london, &[reply; 5], now);
            let at = said.minutes.map(|minutes| now + u64::from(minutes) * MINUTE_MS).or(said.at).unwrap();
            let is_late_enough = if said.open { at >= by } else { london.is_open(at) };
            assert!(is_late_enough, "seed {seed}: {said:?} is before {by}");
        }
    }
}
