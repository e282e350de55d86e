//! The field that is written in: a combobox whose list is the suggestions.
//!
//! It is an element that can be edited and not a `textarea`, for a `textarea` may not be a combobox.

use super::element::{El, el};
use super::suggestions::{LIST, option_id};
use crate::io::focus;
use crate::io::lines::Lines;
use crate::model::keys::Key;
use crate::panel::Panel;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Less than two lines are high (`styles/composer.css`), in pixels.
const TWO_LINES: i32 = 60;

/// The composer.
pub fn composer(panel: Panel) -> El {
    let div = el("div");
    // Every `div` is one.
    let field: HtmlElement = div.element().clone().unchecked_into();
    let (typed, pressed) = (field.clone(), field.clone());
    let words = move || Some(panel.hint());
    let touch = focus::raises_keyboard();
    let mut div = div.attr("id", focus::COMPOSER).attr("contenteditable", "plaintext-only");
    // An older Firefox does not know that, and takes it for "not editable".
    if field.content_editable() != "plaintext-only" {
        div = div.attr("contenteditable", "true");
    }
    let mut div = div
        .attr("role", "combobox")
        // It can have the keyboard by itself; not all tools that check pages know that.
        .attr("tabindex", "0")
        .attr("aria-autocomplete", "list")
        .attr("dir", "auto")
        .attr("autocapitalize", "sentences")
        .attr("enterkeyhint", if touch { "enter" } else { "send" })
        .attr("aria-haspopup", "listbox")
        .attr("aria-controls", LIST)
        .attr("spellcheck", "true")
        .live_attr("aria-label", words)
        .live_attr("data-hint", words)
        .live_attr("class", move || {
            let empty = panel.composer.with(|composer| composer.text().is_empty());
            Some(String::from(if empty { "composer is-empty" } else { "composer" }))
        })
        .live_attr("aria-expanded", move || {
            let listed = panel.suggestions.with(|suggestions| suggestions.count() > 0);
            Some(String::from(if listed { "true" } else { "false" }))
        })
        .live_attr("aria-activedescendant", move || {
            panel.suggestions.with(|suggestions| suggestions.active()).map(|number| String::from(option_id(number)))
        })
        .on("input", move |_| panel.typed(Lines::text_of(&typed)))
        .on("blur", move |_| panel.suggestions.change(|suggestions| suggestions.leave()))
        .on("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            let name = event.key();
            let key = Key {
                name: &name,
                shift: event.shift_key(),
                control: event.ctrl_key() || event.meta_key(),
                touch,
                composing: focus::is_composing(event),
                // To read the text and to lay it out takes as long as the text is: only for the keys for which it matters.
                last_line: name == "ArrowDown" && Lines::of(&pressed).is_last(),
                only_line: name == "ArrowUp" && pressed.client_height() < TWO_LINES,
            };
            if panel.pressed(key) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
    let mut written = u32::MAX;
    div.follow(Box::new(move || {
        let revision = panel.composer.with(|composer| composer.revision());
        if revision != written {
            written = revision;
            write(&field, &panel.composer.peek(|composer| String::from(composer.text())));
        }
    }));
    div
}

/// Writes a text that was not typed, with the caret behind it.
fn write(field: &HtmlElement, text: &str) {
    if Lines::text_of(field) == text {
        return;
    }
    // A line break at the end is seen only before another one.
    let end = if text.ends_with('\n') { "\n" } else { "" };
    field.set_text_content(Some(&[text, end].concat()));
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    if let Some(selection) = selection.filter(|_| !text.is_empty()) {
        let _ = selection.select_all_children(field);
        let _ = selection.collapse_to_end();
    }
}
