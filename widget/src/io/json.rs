//! JSON, read by the browser's own parser.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A value that the browser has read; `undefined` stands for what is not there.
#[derive(Default)]
pub struct Json(JsValue);

impl AsRef<JsValue> for Json {
    fn as_ref(&self) -> &JsValue {
        &self.0
    }
}

impl Json {
    /// Reads a text; none if it is not JSON.
    pub fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// Whether it is there at all.
    pub(crate) fn is_there(&self) -> bool {
        !self.0.is_undefined()
    }

    /// Whether both are the same text, which is not read for that.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    pub(crate) fn of(value: JsValue) -> Self {
        Self(value)
    }

    pub(crate) fn get(&self, name: &str) -> Self {
        Self(Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED))
    }

    /// What stands under a name, as it is to be read.
    pub(crate) fn at<T>(&self, name: &str, read: fn(&Self) -> Option<T>) -> Option<T> {
        read(&self.get(name))
    }

    pub(crate) fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// A text; an empty one if it is none.
    pub(crate) fn words(&self) -> String {
        self.text().unwrap_or_default()
    }

    /// A text as it is, and anything else as JSON writes it; nothing for what is not there.
    pub(crate) fn said(&self) -> String {
        let written = || JSON::stringify(&self.0).ok().and_then(|written| written.as_string());
        self.text().or_else(written).unwrap_or_default()
    }

    /// A number; 0 if it is none.
    pub(crate) fn count(&self) -> u32 {
        self.small_number().unwrap_or_default()
    }

    pub(crate) fn is_true(&self) -> bool {
        self.flag().unwrap_or_default()
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<> {
        let items: Option<Array> = self.0.dyn_ref().cloned();
        let count = items.as_ref().map_or(0, Array::length);
        (0..count).filter_map(move |at| items.as_ref().map(|items| Self(items.get(at))))
    }

    /// The bytes of a buffer.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        Uint8Array::new(&self.0).to_vec()
    }

    pub(crate) fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// A whole number that JSON can carry exactly.
    pub(crate) fn number(&self) -> Option<u64> {
        let number = self.0.as_f64()?;
        let whole = number as u64;
        (whole as f64 == number).then_some(whole)
    }

    pub(crate) fn small_number(&self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    /// Reads each item of a list; none if it is no list, or one of them cannot be read.
    pub(crate) fn list<T>(&self, read: fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let mut out = Vec::new();
        let whole = self.each(&mut |item| read(item).map(|item| out.push(item)).is_some());
        whole.then_some(out)
    }

    /// Shows each item of a list, until one is refused. False then, and if it is no list. It is compiled once for all types.
    fn each(&self, take: &mut dyn FnMut(&Self) -> bool) -> bool {
        let items: Option<&Array> = self.0.dyn_ref();
        items.is_some_and(|items| (0..items.length()).all(|at| take(&Self(items.get(at)))))
    }

    /// A missing field or `null` is none; a field that is there must be readable, and the outer `Option` says whether it is.
    pub(crate) fn maybe<T>(&self, read: fn(&Self) -> Option<T>) -> Option<Option<T>> {
        if self.0.is_null() || self.0.is_undefined() { Some(None) } else { read(self).map(Some) }
    }

    /// The names in an object.
    pub(crate) fn names(&self) -> Option<Vec<String>> {
        let names = Object::keys(self.0.dyn_ref::<Object>()?);
        Some((0..names.length()).filter_map(|at| names.get(at).as_string()).collect())
    }

    /// An enum's variant as serde writes it: a name, or an object with the name and what belongs to it.
    pub(crate) fn variant(&self) -> Option<(String, Self)> {
        if let Some(name) = self.0.as_string() {
            return Some((name, Self(JsValue::UNDEFINED)));
        }
        let name = self.names()?.pop()?;
        let value = self.get(&name);
        Some((name, value))
    }
}
