//! A schedule that was checked, and the time when somebody is there by it.

use super::schedule::{Day, Schedule};
use super::shift::{Shift, joined};
use super::working::{Change, WorkingTime};
use super::zone::Zone;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::Millis;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// A year and a month: a schedule that does not open within it is as good as closed, and a search has an end.
const DAYS_AHEAD: usize = 400;
/// Ten years: no conversation waits longer, and a wrong instant does not count days for ever.
const DAYS_BETWEEN: usize = 3_660;
/// A leap year, so that 29 February is a day of it.
const LEAP_YEAR: i16 = 2_024;
/// Instants are counted from here; a smaller number is a year that lost its century.
const FIRST_YEAR: i16 = 1_970;

/// Office hours that can be reckoned with.
#[derive(Debug, Clone)]
pub struct Office {
    zone: Zone,
    week: BTreeMap<Day, Vec<Shift>>,
    once: BTreeMap<Date, Vec<Shift>>,
    /// By month and day.
    yearly: BTreeMap<(i8, i8), Vec<Shift>>,
}

impl Office {
    /// The schedule, ready to use, with the warnings; or everything that is wrong with it.
    pub fn new(schedule: &Schedule) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let mut problems = Vec::new();
        let zone = Zone::parse(&schedule.zone);
        if zone.is_none() {
            let sentence = format!("\"{}\" is not a time zone. Write one such as Europe/Istanbul.", schedule.zone);
            problems.push(Problem::new(ProblemCode::UnknownZone, "zone", sentence));
        }
        let mut week = BTreeMap::new();
        for (day, texts) in &schedule.week {
            let at = format!("week.{}", day.name());
            week.insert(*day, shifts(texts, &at, &mut problems));
        }
        let (mut once, mut yearly) = (BTreeMap::new(), BTreeMap::new());
        for (place, holiday) in schedule.holidays.iter().enumerate() {
            let at = format!("holidays[{place}]");
            let shifts = shifts(&holiday.open, &format!("{at}.open"), &mut problems);
            match named_day(&holiday.date) {
                Some(Named::Once(date)) => drop(once.insert(date, shifts)),
                Some(Named::Yearly(month, day)) => drop(yearly.insert((month, day), shifts)),
                None => {
                    let sentence =
                        format!("\"{}\" is not a day. Write 2026-12-25, or 12-25 for every year.", holiday.date);
                    problems.push(Problem::new(ProblemCode::InvalidDate, format!("{at}.date"), sentence));
                }
            }
        }
        if week.values().all(Vec::is_empty) && problems.is_empty() {
            let sentence = "No day of the week has a shift, so that nobody is ever said to be there.";
            problems.push(Problem::new(ProblemCode::NeverOpen, "week", sentence));
        }
        match zone {
            Some(zone) if problems.iter().all(Problem::is_warning) => Ok((Self { zone, week, once, yearly }, problems)),
            _ => Err(problems),
        }
    }

    fn special(&self, date: Date) -> Option<&Vec<Shift>> {
        self.once.get(&date).or_else(|| self.yearly.get(&(date.month(), date.day())))
    }

    fn shifts_of(&self, date: Date) -> &[Shift] {
        match self.special(date) {
            Some(shifts) => shifts,
            None => self.week.get(&Day::of(date)).map_or(&[], Vec::as_slice),
        }
    }

    /// The time from midnight to midnight when somebody is there, in order and without overlaps.
    fn spans_of(&self, date: Date) -> Vec<Shift> {
        let mut spans: Vec<Shift> = self.shifts_of(date).iter().map(|shift| shift.today()).collect();
        if self.special(date).is_none()
            && let Ok(eve) = date.yesterday()
        {
            spans.extend(self.shifts_of(eve).iter().filter_map(|shift| shift.tomorrow()));
        }
        joined(spans)
    }

    /// Spans of instants that end after `from`, each inside of one day.
    fn spans(&self, from: Millis, days: usize) -> impl Iterator<Item = (Millis, Millis)> {
        let first = self.zone.wall(from).map(|(date, _)| date);
        let dates = std::iter::successors(first, |date| date.tomorrow().ok()).take(days);
        let instants = move |date: Date| {
            let instant =
                move |span: Shift| Some((self.zone.instant(date, span.start)?, self.zone.instant(date, span.end)?));
            self.spans_of(date).into_iter().filter_map(instant)
        };
        // A shift inside of a skipped hour has no time at all.
        dates.flat_map(instants).filter(move |(start, end)| start < end && *end > from)
    }
}

impl WorkingTime for Office {
    fn zone(&self) -> Option<&str> {
        self.zone.name()
    }

    fn is_open(&self, now: Millis) -> bool {
        // Two days, because an hour that is shown twice at midnight belongs to the day before.
        self.spans(now, 2).next().is_some_and(|(start, _)| start <= now)
    }

    fn next_change(&self, now: Millis) -> Option<Change> {
        let mut spans = self.spans(now, DAYS_AHEAD);
        let (start, mut closes) = spans.next()?;
        if start > now {
            return Some(Change::Opens(start));
        }
        for (start, end) in spans {
            if start > closes {
                return Some(Change::Closes(closes));
            }
            closes = end;
        }
        // With the search at its end, nobody knows whether the last span goes on.
        let last_day = self.zone.wall(closes).map(|(date, _)| date);
        let goes_on = last_day.is_some_and(|date| self.spans_of(date).first().is_some_and(|span| span.start == 0));
        (!goes_on).then_some(Change::Closes(closes))
    }

    fn between(&self, from: Millis, to: Millis) -> Millis {
        let spans = self.spans(from, DAYS_BETWEEN).take_while(|(start, _)| *start < to);
        spans.map(|(start, end)| end.min(to).saturating_sub(start.max(from))).sum()
    }

    fn after(&self, from: Millis, work: Millis) -> Option<Millis> {
        if work == 0 {
            return Some(from);
        }
        let mut left = work;
        for (start, end) in self.spans(from, DAYS_AHEAD) {
            let start = start.max(from);
            let here = end - start;
            if left <= here {
                return Some(start + left);
            }
            left -= here;
        }
        None
    }
}

impl Day {
    pub(super) fn of(date: Date) -> Self {
        match date.weekday() {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }
}

enum Named {
    Once(Date),
    Yearly(i8, i8),
}

/// Reads `2026-12-25` and `12-25`.
fn named_day(text: &str) -> Option<Named> {
    let parts: Vec<i16> = text.trim().split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let date =
        |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match parts.as_slice() {
        [year, month, day] if *year >= FIRST_YEAR => date(*year, *month, *day).map(Named::Once),
        [month, day] => date(LEAP_YEAR, *month, *day).map(|date| Named::Yearly(date.month(), date.day())),
        _ => None,
    }
}

fn shifts(texts: &[String], at: &str, problems: &mut Vec<Problem>) -> Vec<Shift> {
    let mut out = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        match Shift::parse(text) {
            Some(shift) => out.push(shift),
            None => {
                let sentence = format!("\"{text}\" is not a shift. Write one such as 09:00-17:30, or 22:00-06:00.");
                problems.push(Problem::new(ProblemCode::InvalidShift, format!("{at}[{place}]"), sentence));
            }
        }
    }
    out
}
