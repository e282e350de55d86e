//! What calls of the browser's `Intl` are made of.

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// The tag of a language as `Intl` wants it.
pub(super) fn locales(locale: &str) -> Array {
    Array::of1(&JsValue::from_str(locale))
}

/// Options by name.
pub(super) fn options(parts: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

/// A number in words and digits.
pub(super) fn number(locale: &str, options: &Object, n: &JsValue) -> String {
    let text = Intl::NumberFormat::new(&locales(locale), options).format().call1(&JsValue::UNDEFINED, n);
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
