//! The host page, which is a stranger: only its own window, on the origin that the address of the panel names, is heard, and
//! only that origin is told anything.

use super::json::Json;
use crate::model::look::PageLook;
use crate::model::page::Page;
use js_sys::{Array, Object, Reflect};
use shared::ids::VisitorToken;
use shared::settings::{Icon, PanelSettings, Side, Theme};
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
        /// Whether all of the visitor is to be forgotten before that, or only where they were; none if nothing is.
        forget: Option<bool>,
        /// What the page says of the look.
        look: PageLook,
    },
    /// The panel is on the screen.
    Shown {
        /// By itself, after the host page was loaded: the keyboard is elsewhere.
        quiet: bool,
    },
    /// It is not.
    Hidden,
    /// A text is to stand in the composer of a new conversation; it was written by the page, and nothing is sent by itself.
    Compose(String),
    /// A text is to be searched for.
    Search(String),
    /// Something that only the second module understands, as it came.
    More(Json),
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
            forget: match text(&data, "forget").as_deref() {
                Some("all") => Some(true),
                Some("view") => Some(false),
                _ => None,
            },
            look: field(&data, "look").map(|said| look(&Json::of(said))).unwrap_or_default(),
        }),
        "shown" => Some(Said::Shown { quiet: field(&data, "quiet").is_some_and(|quiet| quiet.is_truthy()) }),
        "hidden" => Some(Said::Hidden),
        "compose" => Some(Said::Compose(text(&data, "text")?)),
        "search" => Some(Said::Search(text(&data, "text")?)),
        _ => Some(Said::More(Json::of(data))),
    }
}

fn look(said: &Json) -> PageLook {
    PageLook {
        accent: said.get("accent").text(),
        theme: said.get("theme").text(),
        // As CSS writes it: what follows the number is its unit.
        radius: said.get("radius").text().and_then(|radius| radius.trim_end_matches("px").parse().ok()),
        font: said.get("font").text(),
    }
}

/// Tells the loader something that is said by its name: "ready", "close", "open", "forgotten", "again".
pub(crate) fn tell(host: &str, kind: &str) {
    post(host, &message(kind));
}

/// Tells the host page what only it can mend, by a stable code.
pub(crate) fn tell_error(host: &str, code: &str) {
    let message = message("error");
    set(&message, "code", &code.into());
    post(host, &message);
}

/// Tells the host page that something happened, with what may be known of it.
pub(crate) fn tell_event(host: &str, name: &str, detail: &[(&str, JsValue)]) {
    let message = message("event");
    set(&message, "name", &name.into());
    let more = Object::new();
    for (name, value) in detail {
        set(&more, name, value);
    }
    set(&message, "detail", &more);
    post(host, &message);
}

/// Tells the loader how the launcher looks that the owner wants.
pub(crate) fn tell_look(host: &str, settings: &PanelSettings) {
    let message = message("look");
    let PanelSettings { look, launcher, silent, .. } = settings;
    if let Some(accent) = &look.accent {
        set(&message, "accent", &accent.as_str().into());
    }
    // The launcher has its own mark, unless it is to have the site's. The address is one of the edge, and the launcher is on another page.
    let origin = super::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    if let (Icon::Logo, Some(logo)) = (launcher.icon, &look.logo) {
        set(&message, "icon", &[origin.as_str(), logo].concat().into());
    }
    set(&message, "position", &(if launcher.side == Side::Left { "left" } else { "right" }).into());
    if let Some([side, bottom]) = launcher.offset {
        set(&message, "offset", &[&side.to_string(), " ", &bottom.to_string()].concat().into());
    }
    set(&message, "hidden", &launcher.hidden.into());
    set(&message, "silent", &(*silent).into());
    let theme = match look.theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Page => "page",
    };
    set(&message, "theme", &theme.into());
    post(host, &message);
}

/// What was not seen. What it says is nobody's business but the visitor's.
#[derive(PartialEq)]
pub(crate) struct Unread {
    /// How many replies.
    pub(crate) count: u32,
    /// The same for the launcher's name, such as "2 unread".
    pub(crate) words: String,
    /// Whether a glimpse of it is to be seen.
    pub(crate) peek: bool,
    /// Whether the visitor waits for anybody; none if that is not known.
    pub(crate) waits: Option<bool>,
}

/// Tells the loader how much is unread.
pub(crate) fn tell_unread(host: &str, unread: &Unread) {
    let message = message("unread");
    set(&message, "count", &unread.count.into());
    set(&message, "words", &unread.words.as_str().into());
    set(&message, "peek", &unread.peek.into());
    if let Some(waits) = unread.waits {
        set(&message, "waits", &waits.into());
    }
    post(host, &message);
}

pub(super) fn message(kind: &str) -> Object {
    let message = Object::new();
    set(&message, MARK, &1.into());
    set(&message, "kind", &kind.into());
    message
}

pub(super) fn post(host: &str, message: &Object) {
    if let Some(holder) = holder() {
        let _ = holder.post_message(message, host);
    }
}

pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

/// Whether something that is dragged, dropped or pasted has files in it: `of` is the event's field with what comes.
pub(crate) fn has_files(event: &JsValue, of: &str) -> bool {
    let kinds = field(event, of).and_then(|came| field(&came, "types"));
    kinds.is_some_and(|kinds| texts(&kinds).iter().any(|kind| kind == "Files"))
}

/// A text in an object.
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

fn texts(list: &JsValue) -> Vec<String> {
    list.dyn_ref::<Array>().map(|list| list.iter().filter_map(|value| value.as_string()).collect()).unwrap_or_default()
}
