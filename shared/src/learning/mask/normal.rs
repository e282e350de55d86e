//! A text as it is masked: composed, with compatibility forms as what they stand for, and without what nobody sees. So an address that
//! is written in full width, or has a joint in it, is one.

use crate::visible::visible;

/// The text, line by line.
pub(super) fn plain(text: &str) -> String {
    let composed = composed(text);
    let lines = composed.lines().map(|line| String::from(visible(line, usize::MAX).trim()));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(target_arch = "wasm32")]
fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}

#[cfg(not(target_arch = "wasm32"))]
fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(text).collect()
}
