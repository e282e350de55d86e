//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The composer.
pub(crate) const COMPOSER: &str = "composer";
/// The heading of the open article.
pub(crate) const ARTICLE: &str = "article-title";
/// The thanks at the end of an article that helped.
pub(crate) const THANKS: &str = "thanks";
/// The menu.
pub(crate) const MENU: &str = "menu";
/// The button that opens it.
pub(crate) const OPTIONS: &str = "options";
/// The question before all of a visitor is deleted.
pub(crate) const ERASE: &str = "erase";
/// The heading of all articles.
pub(crate) const SECTIONS: &str = "sections";
/// The way to a person.
pub(crate) const PERSON: &str = "person";

/// Moves the keyboard to the element with this id, once the page has been redrawn.
pub(crate) fn soon(id: impl Into<String>) {
    let id = id.into();
    super::task::later(0, move || now(&id)).forget();
}

/// Moves the keyboard to the element with this id, and opens what it lies in.
pub(crate) fn now(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        while let Ok(Some(closed)) = element.closest("details:not([open])") {
            let _ = closed.set_attribute("open", "");
        }
        // It fails for an element that cannot take it, and then nothing is lost.
        let _ = element.focus();
    }
}

/// How far the open article is scrolled down, in pixels.
pub(crate) fn scrolled() -> i32 {
    article().map_or(0, |article| article.scroll_top())
}

/// Scrolls the open article, once the page has been redrawn.
pub(crate) fn scroll_soon(top: i32) {
    let scroll = move || {
        if let Some(article) = article() {
            article.set_scroll_top(top);
        }
    };
    super::task::later(0, scroll).forget();
}

fn article() -> Option<Element> {
    element(ARTICLE)?.closest("section").ok()?
}

fn element(id: &str) -> Option<Element> {
    super::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id(id))
}

/// Whether focusing the composer would raise a keyboard on the screen and hide half of it: not without being asked to.
pub(crate) fn raises_keyboard() -> bool {
    let query = super::window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|list| list.matches())
}

/// Whether a key belongs to an input method. Safari ends a composition before it tells the key that ended it; the key code still
/// says so.
pub(crate) fn is_composing(event: &KeyboardEvent) -> bool {
    const PROCESSING: u32 = 229;
    event.is_composing() || event.key_code() == PROCESSING
}
