//! Numbers in a language, by the browser's own tables.

#[cfg(target_arch = "wasm32")]
pub(crate) use by_browser::{plural_form, with_tenth, written};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use in_english::{plural_form, with_tenth, written};

#[cfg(target_arch = "wasm32")]
mod by_browser {
    use crate::io::intl::{locales, number, options};
    use js_sys::{Intl, Object};
    use wasm_bindgen::JsValue;

    /// The form that a number asks for, such as "one" or "few" (Unicode CLDR, "Plural Rules").
    pub(crate) fn plural_form(n: u64, locale: &str) -> String {
        Intl::PluralRules::new(&locales(locale), &Object::new()).select(n as f64).into()
    }

    /// A whole number with its thousands apart.
    pub(crate) fn written(n: u64, locale: &str) -> String {
        number(locale, &Object::new(), &JsValue::from_f64(n as f64))
    }

    /// A number of tenths with its decimal sign.
    pub(crate) fn with_tenth(tenths: u64, locale: &str) -> String {
        let options = options(&[("minimumFractionDigits", "1"), ("maximumFractionDigits", "1")]);
        number(locale, &options, &JsValue::from_f64(tenths as f64 / 10.0))
    }
}

/// Native tests have no browser, and read the inbox in English.
#[cfg(not(target_arch = "wasm32"))]
mod in_english {
    pub(crate) fn plural_form(n: u64, _locale: &str) -> String {
        String::from(if n == 1 { "one" } else { "other" })
    }

    pub(crate) fn written(n: u64, _locale: &str) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    pub(crate) fn with_tenth(tenths: u64, locale: &str) -> String {
        [&written(tenths / 10, locale), ".", &(tenths % 10).to_string()].concat()
    }
}
