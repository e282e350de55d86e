//! The address of the panel's own page.

use crate::model::place::Place;
use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

/// Reads the parameters of this page's address.
pub(crate) fn of_page() -> Place {
    let search = super::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    let parameter = |name: &str| UrlSearchParams::new_with_str(&search).ok().and_then(|all| all.get(name));
    Place::new(parameter("workspace").as_deref(), parameter("host").as_deref(), parameter("locale").as_deref())
}

/// The address of a socket of this page's own origin.
pub(crate) fn socket_address(path: &str) -> Option<String> {
    let location = super::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss://" } else { "ws://" };
    Some([scheme, &location.host().ok()?, path].concat())
}

/// Tells the page which language its own words are in, for screen readers, hyphenation and the writing direction.
pub(crate) fn speak(locale: &str) {
    let root = super::window().and_then(|window| window.document()).and_then(|page| page.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", locale);
        let _ = root.set_attribute("dir", shared::locale::direction(locale));
    }
}

/// Starts the page anew: nothing of what it holds or waits for is left.
pub(crate) fn start_over() {
    super::window().map(|window| window.location().reload());
}

/// Whether the page is on a screen at all.
pub(crate) fn is_visible() -> bool {
    super::window()
        .and_then(|window| window.document())
        .is_some_and(|page| page.visibility_state() == web_sys::VisibilityState::Visible)
}

#[wasm_bindgen]
extern "C" {
    /// Sets a property of the page's own style. That is no style in the markup, which the page's policy forbids.
    #[wasm_bindgen(js_namespace = ["document", "documentElement", "style"], js_name = setProperty)]
    pub(crate) fn set_style(name: &str, value: &str);
}

/// Has the page be light or dark, whatever the system wants; none leaves it to the system.
pub(crate) fn set_theme(theme: Option<&str>) {
    let root = super::window().and_then(|window| window.document()).and_then(|page| page.document_element());
    if let Some(root) = root {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// What the document is called, for a screen reader that lists frames.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = super::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}
