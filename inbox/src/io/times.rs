//! Times and languages in words, by the browser's own tables.

use crate::io::browser;
use crate::model::wait::Span;
use crate::words::t;
use js_sys::{Array, Date, Intl, Object, Reflect};
use shared::protocol::Millis;
use wasm_bindgen::JsValue;

/// For those whose browser does not speak English: the words around the times are English, and the hours go to 24.
const LOCALE: &str = "en-GB";

/// The day of a moment where the agent is, as a number that is the same for moments of one day.
pub(crate) fn day(at: Millis) -> u64 {
    let date = date(at);
    u64::from(date.get_full_year()) * 400 + u64::from(date.get_month()) * 32 + u64::from(date.get_date())
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
    let text = Intl::NumberFormat::new(&locales(), &options).format().call1(&JsValue::UNDEFINED, &JsValue::from(n));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The name of a tag's language, such as "Turkish"; the tag itself if it has none.
pub(crate) fn language(tag: &str) -> String {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    // Anything else makes `of` throw, and tags come from visitors.
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic()) {
        return String::from(tag);
    }
    let options = options(&[("type", "language")]);
    Intl::DisplayNames::new(&locales(), &options).of(language).map_or_else(|| String::from(tag), String::from)
}

fn format(at: Millis, parts: &[(&str, &str)]) -> String {
    let text = Intl::DateTimeFormat::new(&locales(), &options(parts)).format().call1(&JsValue::UNDEFINED, &date(at));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The last moment that dates can hold (ECMA-262, "Time Values and Time Range"); later ones throw when they are written.
const LAST_MOMENT: Millis = 8_640_000_000_000_000;

fn date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at.min(LAST_MOMENT) as f64))
}

fn locales() -> Array {
    let own = browser::language();
    Array::of1(&JsValue::from_str(if own.starts_with("en") { &own } else { LOCALE }))
}

fn options(parts: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
