//! The time, and how it is written.

use js_sys::{Date, Function, Object, Reflect};
use shared::protocol::Millis;
use wasm_bindgen::{JsCast, JsValue};

/// The time by this device's clock.
pub(crate) fn now() -> Millis {
    Date::now() as Millis
}

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
        &[("hour", "numeric"), ("minute", "2-digit")]
    } else if at > now() && at - now() < WEEK_MS {
        &[("weekday", "short"), ("hour", "numeric"), ("minute", "2-digit")]
    } else {
        &[("day", "numeric"), ("month", "short")]
    };
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
