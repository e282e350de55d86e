//! Notices that an element has another size.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    type ResizeObserver;

    #[wasm_bindgen(constructor, catch)]
    fn new(heard: &Function) -> Result<ResizeObserver, JsValue>;

    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &Element);
}

/// Calls at every other size of an element, as long as that is there.
pub(crate) fn follow(element: &Element, changed: impl FnMut() + 'static) {
    let changed: Box<dyn FnMut()> = Box::new(changed);
    let heard = Closure::wrap(changed);
    if let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) {
        observer.observe(element);
    }
    heard.forget();
}
