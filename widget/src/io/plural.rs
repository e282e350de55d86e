//! Plural forms, by the browser's own tables.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;

    /// It throws on a tag that the browser does not know.
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str) -> Result<PluralRules, JsValue>;

    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, n: u32) -> String;
}

/// The form that a number asks for in a language, such as "one" or "few" (Unicode CLDR, "Plural Rules"); "other" for a tag
/// that the browser does not know.
pub(crate) fn form(n: usize, locale: &str) -> String {
    match PluralRules::new(locale) {
        Ok(rules) => rules.select(u32::try_from(n).unwrap_or(u32::MAX)),
        Err(_) => String::from("other"),
    }
}
