//! What only the page's script can do (`boot.js`).

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Two short, quiet tones.
    #[wasm_bindgen(js_namespace = globalThis)]
    pub(crate) fn beep();

    /// Gives the visitor a text as a file.
    #[wasm_bindgen(js_namespace = globalThis)]
    pub(crate) fn save(name: &str, text: &str);

    /// Puts the text of an element into the clipboard. False if the browser does not let it.
    #[wasm_bindgen(js_namespace = globalThis)]
    pub(crate) fn copy(element: &web_sys::Element) -> bool;
}
