//! The second module of the program, which the page's script fetches.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// Fetches the second module and puts it beside the first (`boot.js`).
    #[wasm_bindgen(js_namespace = globalThis, js_name = more, catch)]
    fn more() -> Result<Promise, JsValue>;
}

/// Whether it is here now.
pub(crate) async fn fetched() -> bool {
    match more() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
