//! One number as it is read, with what stands behind it.

use crate::words::{self, number, t, with, with_both};
use shared::deadlines::Target;
use shared::protocol::Millis;
use shared::report::{Histogram, Rate};

/// A number in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The number, or a word for none.
    pub(crate) main: String,
    /// The numbers behind it; empty for none.
    pub(crate) behind: String,
    /// A share in thousandths.
    pub(crate) share: Option<u64>,
    /// Whether it is what was promised; none if nothing was.
    pub(crate) met: Option<bool>,
}

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
/// From here on nobody counts seconds.
const WITHOUT_SECONDS: Millis = 10 * MINUTE;
/// Thousandths in a hundredth.
const PERMILLE_OF_PERCENT: u64 = 10;

impl Figure {
    /// There is no number.
    pub(super) fn none() -> Self {
        Self::plain(String::from(t("report_none")))
    }

    /// A text.
    pub(super) fn plain(main: String) -> Self {
        Self { main, ..Self::default() }
    }

    /// How many.
    pub(super) fn count(count: u64) -> Self {
        Self::plain(number(count))
    }

    /// A share with both of its numbers; none of nothing.
    pub(super) fn rate(rate: Rate) -> Self {
        let Some(permille) = rate.permille() else { return Self::none() };
        Self {
            main: with("percent", &(permille / PERMILLE_OF_PERCENT).to_string()),
            behind: with_both("part_of", &number(rate.part), &number(rate.whole)),
            share: Some(permille),
            met: None,
        }
    }

    /// A share, held against what was promised.
    pub(super) fn kept(rate: Rate, target: Option<Target>) -> Self {
        Self { met: target.and_then(|target| target.is_met(rate.part, rate.whole)), ..Self::rate(rate) }
    }

    /// The time that a share of them did not exceed, and of how many.
    pub(super) fn within(times: &Histogram, percent: u8) -> Self {
        let Some(time) = times.percentile(percent) else { return Self::none() };
        let behind = with("of_all", &number(times.count()));
        Self { behind, ..Self::plain(length(time)) }
    }

    /// A length of time; none if it is nothing.
    pub(super) fn length(time: Millis) -> Self {
        if time == 0 { Self::none() } else { Self::plain(length(time)) }
    }

    /// What is promised.
    pub(super) fn target(target: Option<Target>) -> Self {
        let Some(target) = target else { return Self::plain(String::from(t("no_promise"))) };
        let share = with("percent", &target.share.to_string());
        Self::plain(with_both("within", &share, &length(target.span())))
    }

    /// A number with tenths; none without one.
    pub(super) fn tenths(tenths: Option<u64>) -> Self {
        tenths.map_or_else(Self::none, |tenths| Self::plain(words::with_tenth(tenths)))
    }

    /// All of it in one line.
    pub(crate) fn text(&self) -> String {
        let parts = [self.main.as_str(), &self.behind, self.verdict()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Whether the promise was kept, in a word; empty if nothing was promised.
    pub(crate) fn verdict(&self) -> &'static str {
        match self.met {
            None => "",
            Some(true) => t("promise_met"),
            Some(false) => t("promise_missed"),
        }
    }
}

/// A length of time in its two largest units.
pub(super) fn length(time: Millis) -> String {
    let two = |large: &'static str, unit: Millis, small: &'static str, part: Millis| {
        let (whole, rest) = (time / unit, time % unit / part);
        let first = with(large, &whole.to_string());
        if rest == 0 { first } else { [&first, " ", &with(small, &rest.to_string())].concat() }
    };
    match time {
        ..SECOND => String::from(t("under_second")),
        SECOND..MINUTE => with("unit_second", &(time / SECOND).to_string()),
        MINUTE..WITHOUT_SECONDS => two("unit_minute", MINUTE, "unit_second", SECOND),
        WITHOUT_SECONDS..HOUR => with("unit_minute", &(time / MINUTE).to_string()),
        HOUR..DAY => two("unit_hour", HOUR, "unit_minute", MINUTE),
        DAY.. => two("unit_day", DAY, "unit_hour", HOUR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_in_its_two_largest_units() {
        for (time, expected) in [
            (0, "under 1 s"),
            (20 * SECOND, "20 s"),
            (MINUTE, "1 min"),
            (4 * MINUTE + 20 * SECOND, "4 min 20 s"),
            (12 * MINUTE + 20 * SECOND, "12 min"),
            (HOUR, "1 h"),
            (2 * HOUR + 5 * MINUTE, "2 h 5 min"),
            (3 * DAY + 4 * HOUR + MINUTE, "3 d 4 h"),
        ] {
            assert_eq!(length(time), expected, "{time}");
        }
    }

    #[test]
    fn a_share_is_rounded_down_and_nothing_has_none() {
        let rate = |part, whole| Figure::rate(Rate { part, whole });
        assert_eq!(rate(25, 30).text(), "83 %, 25 of 30");
        assert_eq!(rate(999, 1_000).text(), "99 %, 999 of 1,000");
        assert_eq!(rate(0, 0).text(), "none");
        assert_eq!(rate(5, 4).share, Some(1_000));
    }

    #[test]
    fn a_promise_is_met_or_missed_or_was_never_given() {
        let target = Some(Target { share: 80, within: 20 });
        assert_eq!(Figure::kept(Rate { part: 8, whole: 10 }, target).text(), "80 %, 8 of 10, met");
        assert_eq!(Figure::kept(Rate { part: 7, whole: 10 }, target).text(), "70 %, 7 of 10, missed");
        assert_eq!(Figure::kept(Rate { part: 7, whole: 10 }, None).text(), "70 %, 7 of 10");
        assert_eq!(Figure::target(target).text(), "80 % within 20 s");
        assert_eq!(Figure::target(None).text(), "nothing promised");
    }
}
