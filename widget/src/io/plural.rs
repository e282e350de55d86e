//! Plural forms, by the browser's own tables.

use js_sys::{Array, Function, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};

/// The form that a number asks for in a language, such as "one" or "few" (Unicode CLDR, "Plural Rules"); "other" for a tag
/// that the browser does not know.
pub(crate) fn form(n: usize, locale: &str) -> String {
    by_browser(n, locale).unwrap_or_else(|| String::from("other"))
}

/// `new Intl.PluralRules(locale).select(n)`, caught: it throws on a tag that it does not know.
fn by_browser(n: usize, locale: &str) -> Option<String> {
    let rules: Function = of(&of(&global(), "Intl")?, "PluralRules")?.dyn_into().ok()?;
    let rules = Reflect::construct(&rules, &Array::of1(&locale.into())).ok()?;
    let select: Function = of(&rules, "select")?.dyn_into().ok()?;
    select.call1(&rules, &JsValue::from_f64(n as f64)).ok()?.as_string()
}

fn of(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}
