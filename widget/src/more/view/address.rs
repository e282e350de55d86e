//! Where an address is asked for.

use crate::live::Live;
use crate::panel::Panel;
use crate::view::element::{El, el};
use crate::view::text_button;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// The field with its label.
const FIELD: &str = "address";
/// What is wrong with what stands in it.
const WRONG: &str = "address-wrong";

/// The question, a field, and the way past it.
pub(super) fn form(panel: Panel) -> El {
    let wrong = Rc::new(Live::new(false));
    let (is_wrong, told, marked) = (wrong.clone(), wrong.clone(), wrong);
    let field = el("input")
        .attr("id", FIELD)
        .attr("type", "email")
        .attr("name", "email")
        .attr("autocomplete", "email")
        .attr("dir", "ltr")
        .attr("enterkeyhint", "done")
        .live_attr("placeholder", move || Some(panel.t("address")()))
        .live_attr("aria-invalid", move || marked.get().then(|| String::from("true")))
        .attr("aria-describedby", WRONG);
    let element = field.element().clone();
    el("form")
        .class("address")
        // The browser's own words about a wrong address are in the language of the browser.
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            let typed = js_sys::Reflect::get(element.unchecked_ref::<JsValue>(), &"value".into());
            let typed = typed.ok().and_then(|typed| typed.as_string()).unwrap_or_default();
            is_wrong.set(!panel.leave_address(&typed));
        })
        .child(el("label").attr("for", FIELD).live_text(panel.t("address_ask")))
        .child(field)
        .child(
            el("p")
                .attr("id", WRONG)
                .class("address-wrong")
                .attr("role", "alert")
                .live_text(move || if told.get() { panel.t("address_wrong")() } else { String::new() }),
        )
        .child(
            el("div")
                .class("address-choices")
                .child(el("button").attr("type", "submit").class("choice is-main").live_text(panel.t("address_save")))
                .child(text_button(panel, "choice", "address_skip", move || panel.decline_address())),
        )
}
