//! The time, and how it is written.

use js_sys::{Date, Function, Object, Reflect};
use shared::protocol::Millis;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// The time by this device's clock.
pub(crate) fn now() -> Millis {
    Date::now() as Millis
}

/// The hour and the minute.
const HOUR: &[(&str, &str)] = &[("hour", "numeric"), ("minute", "2-digit")];
const DAY_MS: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;
/// Within it, the name of a day is clear.
const WEEK_MS: Millis = 6 * 24 * 60 * 60 * 1_000;

/// A time as a reader wants it: the hour today, the day if it is another one, and both if it comes within the week.
pub(crate) fn written(at: Millis, locale: &str) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let today = Date::new_0();
    let same_day = date.get_date() == today.get_date()
        && date.get_month() == today.get_month()
        && date.get_full_year() == today.get_full_year();
    let options: &[(&str, &str)] = if same_day {
        HOUR
    } else if at > now() && at - now() < WEEK_MS {
        &[("weekday", "short"), ("hour", "numeric"), ("minute", "2-digit")]
    } else {
        &[("day", "numeric"), ("month", "short")]
    };
    written_as(at, locale, options)
}

/// The hour of a time.
pub(crate) fn hour(at: Millis, locale: &str) -> String {
    written_as(at, locale, HOUR)
}

/// A time with its day.
pub(crate) fn whole(at: Millis, locale: &str) -> String {
    const WHOLE: &[(&str, &str)] = &[("dateStyle", "medium"), ("timeStyle", "short")];
    written_as(at, locale, WHOLE)
}

/// The number of the day on which a time lies on this device.
pub(crate) fn day(at: Millis) -> i32 {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let local = at as f64 - date.get_timezone_offset() * 60_000.0;
    (local / DAY_MS).floor() as i32
}

/// The name of the day of a time: today and yesterday in words, else its date.
pub(crate) fn named_day(at: Millis, locale: &str) -> String {
    let ago = day(now()) - day(at);
    match ago {
        0 | 1 => relative_day(-ago, locale).unwrap_or_default(),
        _ => written_as(at, locale, &[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
    }
}

/// `Intl.RelativeTimeFormat`, caught: it throws on a tag that it does not know.
fn relative_day(days: i32, locale: &str) -> Option<String> {
    let format = relative(locale).or_else(|_| relative("en")).ok()?;
    Some(format.format(days, "day"))
}

fn relative(locale: &str) -> Result<RelativeTimeFormat, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"numeric".into(), &"auto".into())?;
    RelativeTimeFormat::new(locale, &options)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str, options: &Object) -> Result<RelativeTimeFormat, JsValue>;

    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, value: i32, unit: &str) -> String;
}

fn written_as(at: Millis, locale: &str, options: &[(&str, &str)]) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    in_locale(&date, locale, options).or_else(|| in_locale(&date, "en", options)).unwrap_or_default()
}

/// `Date.prototype.toLocaleString`, caught: it throws on a tag that it does not know.
fn in_locale(date: &Date, locale: &str, options: &[(&str, &str)]) -> Option<String> {
    let method: Function = Reflect::get(date, &"toLocaleString".into()).ok()?.dyn_into().ok()?;
    let wanted = Object::new();
    for (name, value) in options {
        Reflect::set(&wanted, &(*name).into(), &(*value).into()).ok()?;
    }
    method.call2(date, &locale.into(), &wanted).ok()?.as_string()
}
