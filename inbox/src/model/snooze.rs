//! Until when a conversation can be put out of sight.

use shared::protocol::Millis;

/// A moment to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// In one hour.
    Hour,
    /// Today after lunch.
    Afternoon,
    /// Tomorrow when work begins.
    Tomorrow,
    /// Monday when work begins.
    Monday,
}

/// Where the agent is in the week, by their own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// The day of the week, from 0 for Sunday.
    pub(crate) weekday: u32,
    /// The hour of the day, from 0.
    pub(crate) hour: u32,
}

/// When work begins, for those who put something off to another day.
const MORNING: u32 = 9;
/// After lunch.
const AFTERNOON: u32 = 14;
const HOUR_MS: Millis = 60 * 60 * 1_000;
const DAYS_OF_WEEK: u32 = 7;
const MONDAY: u32 = 1;

impl Until {
    /// The key of its name in the locale file.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Hour => "snooze_hour",
            Self::Afternoon => "snooze_afternoon",
            Self::Tomorrow => "snooze_tomorrow",
            Self::Monday => "snooze_monday",
        }
    }
}

/// What can be chosen now, the soonest first and no moment twice. `at` gives the moment of an hour on a day counted from today,
/// where the agent is.
pub(crate) fn choices(now: Millis, local: Local, at: impl Fn(u32, u32) -> Millis) -> Vec<(Until, Millis)> {
    let to_monday = (MONDAY + DAYS_OF_WEEK - local.weekday % DAYS_OF_WEEK) % DAYS_OF_WEEK;
    // On a Monday the next one is meant.
    let to_monday = if to_monday == 0 { DAYS_OF_WEEK } else { to_monday };
    let mut choices = vec![(Until::Hour, now + HOUR_MS)];
    // Within the hour before, "in one hour" says nearly the same.
    if local.hour + 1 < AFTERNOON {
        choices.push((Until::Afternoon, at(0, AFTERNOON)));
    }
    choices.push((Until::Tomorrow, at(1, MORNING)));
    if to_monday > 1 {
        choices.push((Until::Monday, at(to_monday, MORNING)));
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hours from Sunday 0:00 on, in a week without a change of clocks.
    fn check(now: u32, expected: &[(Until, u32)]) {
        let ms = |hours: u32| Millis::from(hours) * HOUR_MS;
        let local = Local { weekday: now / 24, hour: now % 24 };
        let today = now / 24 * 24;
        let found = choices(ms(now), local, |days, hour| ms(today + days * 24 + hour));
        let expected: Vec<_> = expected.iter().map(|(until, hours)| (*until, ms(*hours))).collect();
        assert_eq!(found, expected, "{now}");
    }

    #[test]
    fn the_soonest_comes_first_and_no_moment_twice() {
        const DAY: u32 = 24;
        check(
            2 * DAY + 10,
            &[
                (Until::Hour, 2 * DAY + 11),
                (Until::Afternoon, 2 * DAY + 14),
                (Until::Tomorrow, 3 * DAY + 9),
                (Until::Monday, 8 * DAY + 9),
            ],
        );
        check(
            2 * DAY + 13,
            &[(Until::Hour, 2 * DAY + 14), (Until::Tomorrow, 3 * DAY + 9), (Until::Monday, 8 * DAY + 9)],
        );
        check(16, &[(Until::Hour, 17), (Until::Tomorrow, DAY + 9)]);
        check(DAY + 16, &[(Until::Hour, DAY + 17), (Until::Tomorrow, 2 * DAY + 9), (Until::Monday, 8 * DAY + 9)]);
        check(6 * DAY + 23, &[(Until::Hour, 7 * DAY), (Until::Tomorrow, 7 * DAY + 9), (Until::Monday, 8 * DAY + 9)]);
    }
}
