//! Says an instant in the words of somebody in a zone.

use super::schedule::Day;
use super::spoken::{Clock, Spoken};
use super::zone::Zone;
use crate::protocol::Millis;
use jiff::civil::Date;

/// Days for which the name of the day is clear: on a Monday, "Monday" would be today.
const NAMED_DAYS: i64 = 6;
/// People who promise a time by the clock promise half hours.
const CLOCK_STEP_MINUTES: u16 = 30;
/// One minute.
const MINUTE_MS: Millis = 60_000;
/// What one says of a span in minutes: finer steps would claim to know more than a few replies can tell.
const MINUTE_STEPS: [u32; 6] = [5, 10, 15, 20, 30, 45];
/// The same in hours. After the last one, the clock is said instead.
const HOUR_STEPS: [u32; 6] = [1, 2, 3, 4, 6, 8];

/// The instant, exactly to the minute.
pub(super) fn by_clock(at: Millis, now: Millis, zone: &Zone) -> Spoken {
    spoken(at, now, zone).unwrap_or(Spoken::Unknown)
}

/// The instant, or a little later: never sooner.
pub(super) fn by_round_clock(at: Millis, now: Millis, zone: &Zone) -> Spoken {
    let Some((_, minute)) = zone.wall(at) else { return Spoken::Unknown };
    let missing = (CLOCK_STEP_MINUTES - minute % CLOCK_STEP_MINUTES) % CLOCK_STEP_MINUTES;
    let begun = at.div_ceil(MINUTE_MS) * MINUTE_MS;
    // A second past the full half hour is the next one's.
    let missing = if missing == 0 && begun > at { CLOCK_STEP_MINUTES } else { missing };
    by_clock(at - at % MINUTE_MS + Millis::from(missing) * MINUTE_MS, now, zone)
}

/// A span, rounded up; none if it is so long that the clock says more.
pub(super) fn by_span(span: Millis) -> Option<Spoken> {
    let minutes = span.div_ceil(MINUTE_MS);
    let fits = |step: &&u32, unit: Millis| minutes <= Millis::from(**step) * unit;
    let short = MINUTE_STEPS.iter().find(|step| fits(step, 1)).map(|step| Spoken::Minutes(*step));
    short.or_else(|| HOUR_STEPS.iter().find(|step| fits(step, 60)).map(|step| Spoken::Hours(*step)))
}

fn spoken(at: Millis, now: Millis, zone: &Zone) -> Option<Spoken> {
    let (today, _) = zone.wall(now)?;
    let (date, minute) = zone.wall(at)?;
    let clock = Clock { hour: u8::try_from(minute / 60).ok()?, minute: u8::try_from(minute % 60).ok()? };
    Some(match days(today, date) {
        ..=0 => Spoken::TodayAt(clock),
        1 => Spoken::TomorrowAt(clock),
        2..=NAMED_DAYS => Spoken::DayAt(Day::of(date), clock),
        _ => Spoken::DateAt(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?, clock),
    })
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}
