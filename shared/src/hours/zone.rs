//! A time zone: from instants to the clock on the wall and back.

use crate::protocol::Millis;
use crate::report::DayNumber;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// A zone of the IANA database, as of the version that is in the program.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name, whatever its case; none if the database does not know it.
    pub fn parse(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(name.trim()).ok()?;
        (!zone.is_unknown()).then_some(Self(zone))
    }

    /// Its name in the database.
    pub fn name(&self) -> Option<&str> {
        self.0.iana_name()
    }

    /// The number of the day that the wall's calendar shows, since 1970-01-01; the first one before it.
    pub fn day(&self, at: Millis) -> DayNumber {
        const HOURS_OF_A_DAY: i64 = 24;
        let Some((date, _)) = self.wall(at) else { return 0 };
        let hours = date.duration_since(Date::constant(1970, 1, 1)).as_hours();
        DayNumber::try_from(hours / HOURS_OF_A_DAY).unwrap_or(0)
    }

    /// The day and the minute of the day that the clock on the wall shows.
    pub(super) fn wall(&self, at: Millis) -> Option<(Date, u16)> {
        let shown = self.0.to_datetime(timestamp(at)?);
        let minute = i16::from(shown.hour()) * 60 + i16::from(shown.minute());
        Some((shown.date(), u16::try_from(minute).ok()?))
    }

    /// The instant when the clock shows a minute of a day; 1440 is the next day's midnight. What the clock shows twice is
    /// the first time, and what it skips is the instant of the skip: so instants are in the order of the clock, and a
    /// shift that begins or ends in a skipped hour has exactly the time that there is.
    pub(super) fn instant(&self, date: Date, minute: u16) -> Option<Millis> {
        let date = if minute >= super::shift::DAY_MINUTES { date.tomorrow().ok()? } else { date };
        let minute = minute % super::shift::DAY_MINUTES;
        let time = Time::new(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
        let shown = self.0.to_ambiguous_timestamp(date.to_datetime(time));
        let skipped = matches!(shown.offset(), AmbiguousOffset::Gap { .. });
        // In a gap this is after the skip by as much as the clock shows past its beginning.
        let found = shown.compatible().ok()?;
        if !skipped {
            return u64::try_from(found.as_millisecond()).ok();
        }
        let until = Timestamp::from_millisecond(found.as_millisecond().checked_add(1)?).ok()?;
        let skip = self.0.preceding(until).next()?;
        u64::try_from(skip.timestamp().as_millisecond()).ok()
    }
}

fn timestamp(at: Millis) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(at).ok()?).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Milliseconds of `2026-03-29T01:00Z`.
    pub(in crate::hours) fn utc(text: &str) -> Millis {
        let text = text.trim_end_matches('Z');
        let (date, time) = text.split_once('T').unwrap();
        let date: Date = date.parse().unwrap();
        let (hour, minute) = time.split_once(':').unwrap();
        let minute = hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap();
        Zone::parse("UTC").unwrap().instant(date, minute).unwrap()
    }

    fn check(zone: &str, date: &str, minute: u16, expected: &str) {
        let found = Zone::parse(zone).unwrap().instant(date.parse().unwrap(), minute).unwrap();
        assert_eq!(found, utc(expected), "{zone} {date} {minute}");
    }

    #[test]
    fn the_clock_on_the_wall_gives_the_instant() {
        check("Europe/Istanbul", "2026-07-01", 9 * 60, "2026-07-01T06:00Z");
        check("America/New_York", "2026-07-01", 9 * 60, "2026-07-01T13:00Z");
        check("America/New_York", "2026-12-01", 9 * 60, "2026-12-01T14:00Z");
        check("Asia/Kathmandu", "2026-12-01", 9 * 60, "2026-12-01T03:15Z");
        check("Pacific/Kiritimati", "2026-12-01", 9 * 60, "2026-11-30T19:00Z");
    }

    #[test]
    fn a_skipped_minute_is_the_instant_of_the_skip() {
        // Berlin goes from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
        for minute in [2 * 60, 2 * 60 + 30, 3 * 60] {
            check("Europe/Berlin", "2026-03-29", minute, "2026-03-29T01:00Z");
        }
        check("Europe/Berlin", "2026-03-29", 2 * 60 - 1, "2026-03-29T00:59Z");
        check("Europe/Berlin", "2026-03-29", 3 * 60 + 1, "2026-03-29T01:01Z");
        // Lord Howe Island skips only half an hour, Santiago skips midnight, and Samoa once skipped a whole day.
        check("Australia/Lord_Howe", "2026-10-04", 2 * 60 + 15, "2026-10-03T15:30Z");
        check("America/Santiago", "2026-09-06", 0, "2026-09-06T04:00Z");
        check("Pacific/Apia", "2011-12-30", 12 * 60, "2011-12-30T10:00Z");
    }

    #[test]
    fn a_minute_that_is_shown_twice_is_the_first() {
        check("Europe/Berlin", "2026-10-25", 2 * 60 + 30, "2026-10-25T00:30Z");
        check("America/New_York", "2026-11-01", 60, "2026-11-01T05:00Z");
        check("America/Havana", "2026-11-01", 0, "2026-11-01T04:00Z");
    }

    #[test]
    fn a_day_is_that_of_the_wall_and_not_that_of_greenwich() {
        for (zone, at, day) in [
            ("Pacific/Auckland", "2026-11-29T19:30Z", "2026-11-30"),
            ("Pacific/Auckland", "2026-11-29T10:59Z", "2026-11-29"),
            ("America/Los_Angeles", "2026-11-30T07:59Z", "2026-11-29"),
            ("America/Los_Angeles", "2026-11-30T08:00Z", "2026-11-30"),
            ("UTC", "2026-11-29T23:59Z", "2026-11-29"),
        ] {
            let midnight = utc(&[day, "T00:00Z"].concat());
            let zone = Zone::parse(zone).unwrap();
            assert_eq!(Millis::from(zone.day(utc(at))), midnight / 86_400_000, "{zone:?} {at}");
            assert_eq!(zone.name().and_then(Zone::parse).map(|again| again.day(utc(at))), Some(zone.day(utc(at))));
        }
        assert_eq!(Zone::parse("America/Los_Angeles").unwrap().day(0), 0);
    }

    #[test]
    fn only_names_of_the_database_are_zones() {
        for name in ["Europe/Istanbul", "europe/istanbul", "UTC", "Asia/Calcutta"] {
            assert!(Zone::parse(name).is_some(), "{name}");
        }
        for name in ["", "Mars/Olympus", "GMT+25", "Etc/Unknown", "../etc/passwd", "+03:00"] {
            assert!(Zone::parse(name).is_none(), "{name}");
        }
    }

    #[test]
    fn an_instant_out_of_all_calendars_is_none() {
        assert!(Zone::parse("UTC").unwrap().wall(Millis::MAX).is_none());
    }
}
