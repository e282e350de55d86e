//! The languages of this page: which are offered, which is spoken, and what the agent has chosen.

use super::browser::{self, Shelf};
use super::http;
use crate::model::language::{Offered, choose as chosen_of, with_region};
use crate::words;
use shared::protocol::Millis;
use wasm_bindgen_futures::spawn_local;

/// The element that lists the languages: `[[tag, name, address of the words], …]`.
const LIST: &str = "languages";

/// Where the choice is kept. It is the person's, and so the same in every workspace.
const CHOICE: &str = "beforehand:inbox:language";

/// Words that did not come are asked for again after this: nothing can be shown without them, and somebody is looking.
const RETRY_MS: Millis = 2_000;

/// The languages that the page offers.
pub(crate) fn offered() -> Vec<Offered> {
    let list = browser::document().and_then(|page| page.get_element_by_id(LIST)?.text_content());
    let rows: Vec<(String, String, String)> =
        list.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    rows.into_iter().map(|(tag, name, words)| Offered { tag, name, words }).collect()
}

/// Fetches the words of the agent's language, tells the page which language it is, and goes on.
pub(crate) fn speak(then: impl FnOnce() + 'static) {
    let (offered, preferred) = (offered(), browser::languages());
    let kept = browser::kept(Shelf::Device, CHOICE);
    let Some(language) = chosen_of(&offered, kept.as_deref(), &preferred).cloned() else { return then() };
    spawn_local(async move {
        let json = http::text(&language.words).await.unwrap_or_default();
        let locale = |usual: &str| with_region(&language.tag, &preferred, usual);
        if words::speak(&language.tag, &json, locale) {
            browser::set_language(&language.tag);
            then();
        } else {
            browser::later(RETRY_MS, move || speak(then)).forget();
        }
    });
}

/// Keeps a choice on this device and starts the page in that language. Drafts and what is on its way are kept in the tab.
pub(crate) fn choose(tag: &str) {
    browser::keep(Shelf::Device, CHOICE, tag);
    browser::reload();
}
