//! The clock, chance, storage, address and focus of the browser.

use crate::model::keys::Focus;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use shared::ids::{EventId, base64url};
use shared::protocol::Millis;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{Document, HtmlElement, Storage, Window};

/// Where something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Until this tab is closed.
    Tab,
    /// Until it is removed.
    Device,
}

/// Milliseconds since 1970, by this device's clock.
pub(crate) fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// Any 32 bits, for spreading tries.
pub(crate) fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

/// Runs something after a while, unless the timer is dropped before.
pub(crate) fn later(wait: Millis, run: impl FnOnce() + 'static) -> Timeout {
    let run: Box<dyn FnOnce()> = Box::new(run);
    Timeout::new(u32::try_from(wait).unwrap_or(u32::MAX), run)
}

/// A new id of a command: 128 random bits. None if the browser has no randomness, which no browser of today lacks.
pub(crate) fn new_event_id() -> Option<EventId> {
    let mut bytes = [0; 16];
    window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    EventId::parse(&base64url(&bytes)).ok()
}

/// What is kept under a name.
pub(crate) fn kept(shelf: Shelf, name: &str) -> Option<String> {
    storage(shelf)?.get_item(name).ok()?
}

/// Keeps a text under a name. Where storage is full or forbidden the page's memory is all there is.
pub(crate) fn keep(shelf: Shelf, name: &str, text: &str) {
    if let Some(storage) = storage(shelf) {
        let _ = storage.set_item(name, text);
    }
}

/// Forgets what is kept under a name.
pub(crate) fn forget(shelf: Shelf, name: &str) {
    if let Some(storage) = storage(shelf) {
        let _ = storage.remove_item(name);
    }
}

/// All texts that are kept under names with this beginning, in any order.
pub(crate) fn all_kept(shelf: Shelf, beginning: &str) -> Vec<String> {
    names_kept(shelf, beginning).iter().filter_map(|name| kept(shelf, name)).collect()
}

/// The names with this beginning under which something is kept, in any order.
pub(crate) fn names_kept(shelf: Shelf, beginning: &str) -> Vec<String> {
    let Some(storage) = storage(shelf) else { return Vec::new() };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|number| storage.key(number).ok().flatten());
    names.filter(|name| name.starts_with(beginning)).collect()
}

/// Forgets all that is kept under names with this beginning.
pub(crate) fn forget_all(shelf: Shelf, beginning: &str) {
    names_kept(shelf, beginning).iter().for_each(|name| forget(shelf, name));
}

/// The query and the fragment of the page's address.
pub(crate) fn address() -> (String, String) {
    let Some(location) = window().map(|window| window.location()) else { return Default::default() };
    (location.search().unwrap_or_default(), location.hash().unwrap_or_default())
}

/// Removes the fragment from the address and from the history, for it held a secret.
pub(crate) fn remove_fragment() {
    let Some(window) = window() else { return };
    let location = window.location();
    let bare = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
    }
}

/// Tells the address's fragment whenever it has changed, for as long as the page is there.
pub(crate) fn on_new_fragment(hear: impl Fn(String) + 'static) {
    let Some(window) = window() else { return };
    EventListener::new(&window, "hashchange", move |_| hear(address().1)).forget();
}

/// The address of this page without its fragment.
pub(crate) fn bare_address() -> String {
    let Some(location) = window().map(|window| window.location()) else { return String::new() };
    [location.origin(), location.pathname(), location.search()].map(Result::unwrap_or_default).concat()
}

/// Loads the page again.
pub(crate) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Puts a text where other programs can take it; false where the browser does not allow it.
pub(crate) async fn copy(text: &str) -> bool {
    // Outside of secure contexts there is no clipboard, whatever the type says.
    let Some(navigator) = window().map(|window| window.navigator()) else { return false };
    let has = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|value| value.is_truthy());
    has && wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Goes to a fragment; the page stays.
pub(crate) fn go(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(hash);
    }
}

/// The address of a WebSocket door on this origin.
pub(crate) fn socket_url(path: &str) -> String {
    let Some(location) = window().map(|window| window.location()) else { return String::new() };
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss://" } else { "ws://" };
    [scheme, &location.host().unwrap_or_default(), path].concat()
}

/// The tags of the languages that the browser prefers, the dearest first.
pub(crate) fn languages() -> Vec<String> {
    let all = window().map(|window| window.navigator().languages());
    all.into_iter().flat_map(|all| all.iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>()).collect()
}

/// Tells the page which language it is in, for screen readers, hyphenation and the writing direction.
pub(crate) fn set_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", shared::locale::direction(tag));
    }
}

/// Whether somebody can see the page.
pub(crate) fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Whether people point with fingers here.
pub(crate) fn is_touch() -> bool {
    let query = window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Gives the page's title.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus once the page is drawn.
pub(crate) fn focus(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
            focus_element(element);
        }
    });
}

/// Moves the focus to an element if it would be lost with what had it.
pub(crate) fn catch_focus(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        if focused() == Focus::Page {
            focus(id);
        }
    });
}

/// Moves the focus to the row of a list.
pub(crate) fn focus_row(id: &str) {
    let selector = ["[data-row=\"", id, "\"]"].concat();
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = document().and_then(|document| document.query_selector(&selector).ok().flatten()) {
            focus_element(element);
        }
    });
}

/// Whether a key composes a letter: it is the writing system's then, and not ours. Safari ends the composition before it tells of
/// the key that has ended it, and marks that one only by its old number.
pub(crate) fn composes(event: &web_sys::KeyboardEvent) -> bool {
    /// What browsers say of every key that an input method has taken.
    const TAKEN: u32 = 229;
    event.is_composing() || event.key_code() == TAKEN
}

/// What has the focus now.
pub(crate) fn focused() -> Focus {
    let Some(element) = document().and_then(|document| document.active_element()) else { return Focus::Page };
    match element.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => Focus::Text,
        "A" | "BUTTON" | "SUMMARY" => Focus::Control,
        _ if element.get_attribute("role").is_some_and(|role| role == "log") => Focus::Scroller,
        _ => Focus::Page,
    }
}

/// The page.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

fn focus_element(element: web_sys::Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}

fn storage(shelf: Shelf) -> Option<Storage> {
    let window = window()?;
    match shelf {
        Shelf::Tab => window.session_storage().ok()?,
        Shelf::Device => window.local_storage().ok()?,
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}
