//! The host page, which is a stranger: only its own window, on the origin that the address of the panel names, is heard, and
//! only that origin is told anything.

use crate::model::page::Page;
use js_sys::{Array, Object, Reflect};
use shared::ids::{ArticleId, VisitorToken};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

/// The mark of our messages among all that pages post.
const MARK: &str = "beforehand";

/// What the loader says.
pub(crate) enum Said {
    /// Where the visitor is, in which language, the articles read there a short time ago, and who they are.
    Page {
        /// The page.
        page: Page,
        /// The language of the panel from now on.
        locale: String,
        /// The articles.
        seen: Vec<String>,
        /// What the site has signed, if it says who they are.
        identity: Option<VisitorToken>,
        /// What tells that person apart on this device.
        person: String,
    },
    /// The panel is on the screen.
    Shown,
    /// It is not.
    Hidden,
    /// An article is to be opened.
    OpenArticle(ArticleId),
}

/// The window that holds the panel; none when it stands alone.
pub(crate) fn holder() -> Option<Window> {
    let window = super::window()?;
    window.parent().ok().flatten().filter(|parent| *parent != window)
}

/// What a message says, if it is from the loader on the origin `host`.
pub(crate) fn read(message: &MessageEvent, host: &str) -> Option<Said> {
    let holder: JsValue = holder()?.into();
    if message.origin() != host || message.source().map(JsValue::from) != Some(holder) {
        return None;
    }
    let data = message.data();
    if field(&data, MARK)?.as_f64() != Some(1.0) {
        return None;
    }
    match text(&data, "kind")?.as_str() {
        "page" => Some(Said::Page {
            page: Page { url: text(&data, "url")?, title: text(&data, "title").unwrap_or_default() },
            locale: text(&data, "locale").unwrap_or_default(),
            seen: field(&data, "seen").map(|seen| texts(&seen)).unwrap_or_default(),
            identity: text(&data, "identity").and_then(|token| VisitorToken::parse(&token).ok()),
            person: text(&data, "person").unwrap_or_default(),
        }),
        "shown" => Some(Said::Shown),
        "hidden" => Some(Said::Hidden),
        "open-article" => ArticleId::parse(&text(&data, "id")?).ok().map(Said::OpenArticle),
        _ => None,
    }
}

/// Tells the loader that the panel hears it, or that the visitor wants it closed.
pub(crate) fn tell(host: &str, kind: &str) {
    post(host, &message(kind));
}

/// Tells the loader how much is unread, and the last of it: who said what.
pub(crate) fn tell_unread(host: &str, count: u32, preview: Option<(&str, &str)>) {
    let message = message("unread");
    set(&message, "count", &count.into());
    let preview = preview.map_or(JsValue::NULL, |(from, text)| {
        let preview = Object::new();
        set(&preview, "from", &from.into());
        set(&preview, "text", &text.into());
        preview.into()
    });
    set(&message, "preview", &preview);
    post(host, &message);
}

fn message(kind: &str) -> Object {
    let message = Object::new();
    set(&message, MARK, &1.into());
    set(&message, "kind", &kind.into());
    message
}

fn post(host: &str, message: &Object) {
    if let Some(holder) = holder() {
        let _ = holder.post_message(message, host);
    }
}

fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

fn texts(list: &JsValue) -> Vec<String> {
    list.dyn_ref::<Array>().map(|list| list.iter().filter_map(|value| value.as_string()).collect()).unwrap_or_default()
}
