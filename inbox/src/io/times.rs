//! Times and languages in words, by the browser's own tables.

use crate::io::intl::{locales, number, options};
use crate::model::snooze::Local;
use crate::model::wait::{Span, Told};
use crate::words::{self, t};
use js_sys::{Date, Intl};
use shared::protocol::Millis;
use wasm_bindgen::JsValue;

/// The day of a moment where the agent is, as a number that is the same for moments of one day.
pub(crate) fn day(at: Millis) -> u64 {
    let date = date(at);
    u64::from(date.get_full_year()) * 400 + u64::from(date.get_month()) * 32 + u64::from(date.get_date())
}

/// Where a moment is in the week of the agent.
pub(crate) fn local(at: Millis) -> Local {
    let date = date(at);
    Local { weekday: date.get_day(), hour: date.get_hours() }
}

/// The moment of an hour on the day `days` after another moment, where the agent is: the browser knows when clocks change.
pub(crate) fn at_hour(from: Millis, days: u32, hour: u32) -> Millis {
    let from = date(from);
    let [day, hour] = [from.get_date() + days, hour].map(|number| i32::try_from(number).unwrap_or_default());
    let month = i32::try_from(from.get_month()).unwrap_or_default();
    Date::new_with_year_month_day_hr(from.get_full_year(), month, day, hour).get_time() as Millis
}

/// The time of day, such as "14:05".
pub(crate) fn clock(at: Millis) -> String {
    format(at, &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// The day in words: "Today" or such as "Tuesday, 3 November".
pub(crate) fn day_name(at: Millis, now: Millis) -> String {
    if day(at) == day(now) {
        return String::from(t("today"));
    }
    format(at, &[("weekday", "long"), ("day", "numeric"), ("month", "long")])
}

/// The day with its year.
pub(crate) fn dated(at: Millis) -> String {
    format(at, &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
}

/// The day and the time, for what is not of today.
pub(crate) fn moment(at: Millis, now: Millis) -> String {
    if day(at) == day(now) {
        return clock(at);
    }
    format(at, &[("day", "numeric"), ("month", "short"), ("hour", "2-digit"), ("minute", "2-digit")])
}

/// The time for what is of today, else the day: as short as a list wants it.
pub(crate) fn short(at: Millis, now: Millis) -> String {
    if day(at) == day(now) {
        return clock(at);
    }
    format(at, &[("day", "numeric"), ("month", "short")])
}

/// A moment for machines, as `datetime` wants it.
pub(crate) fn iso(at: Millis) -> String {
    date(at).to_iso_string().into()
}

/// A length of time, such as "12 min".
pub(crate) fn span(span: Span) -> String {
    let (n, unit) = match span {
        Span::Moment => return String::from(t("moment")),
        Span::Minutes(n) => (n, "minute"),
        Span::Hours(n) => (n, "hour"),
        Span::Days(n) => (n, "day"),
    };
    let options = options(&[("style", "unit"), ("unit", unit), ("unitDisplay", "short")]);
    number(words::locale(), &options, &JsValue::from(n))
}

/// What is said of a wait, such as "due in 4 min".
pub(crate) fn told(told: Told) -> String {
    match told {
        Told::DueIn(left) => words::with("due_in", &span(left)),
        Told::LateBy(over) => words::with("late_by", &span(over)),
        Told::For(length) => words::with("waits_for", &span(length)),
    }
}

/// The name of a tag's language, such as "Turkish"; the tag itself if it has none.
pub(crate) fn language(tag: &str) -> String {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    // Anything else makes `of` throw, and tags come from visitors.
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic()) {
        return String::from(tag);
    }
    let options = options(&[("type", "language")]);
    Intl::DisplayNames::new(&locales(words::locale()), &options)
        .of(language)
        .map_or_else(|| String::from(tag), String::from)
}

fn format(at: Millis, parts: &[(&str, &str)]) -> String {
    let text = Intl::DateTimeFormat::new(&locales(words::locale()), &options(parts))
        .format()
        .call1(&JsValue::UNDEFINED, &date(at));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The last moment that dates can hold (ECMA-262, "Time Values and Time Range"); later ones throw when they are written.
const LAST_MOMENT: Millis = 8_640_000_000_000_000;

fn date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at.min(LAST_MOMENT) as f64))
}
