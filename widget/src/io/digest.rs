//! Digests, by the browser's own code.

use super::json::Json;
use js_sys::Promise;
use shared::ids::base64url;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The bytes of a digest that make a name: few, and still nobody else's.
const KEPT: usize = 16;

// web-sys has the same behind a feature. One feature more and all that is made of web-sys is compiled anew.
#[wasm_bindgen]
extern "C" {
    /// It throws where the page came without TLS: there is no `subtle` then.
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = digest, catch)]
    fn digest(algorithm: &str, data: &[u8]) -> Result<Promise, JsValue>;
}

/// The beginning of the SHA-256 of a text, as text; none where the browser has no such code.
pub(crate) async fn of(text: &str) -> Option<String> {
    let digest = JsFuture::from(digest("SHA-256", text.as_bytes()).ok()?).await.ok()?;
    Some(base64url(Json::of(digest).bytes().get(..KEPT)?))
}
