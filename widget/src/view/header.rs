//! The bar at the top: where one is, who is there, and the ways back and out.

use super::button;
use super::element::{El, el};
use crate::panel::{Panel, Screen, Start};

/// The bar at the top.
pub(super) fn header(panel: Panel) -> El {
    let inside = move || panel.screen.get() != Screen::Home || panel.reading.with(Option::is_some);
    let title = el("h1").live_text(move || {
        let name = panel.settings.with(|settings| settings.name.clone());
        // Without the edge nobody knows what the help is called.
        if name.is_empty() { panel.t("help")() } else { name }
    });
    el("header")
        .swap(move || inside().then_some(()), move |()| back(panel))
        .child(presence(el("div").class("header-title").child(title), panel))
        .maybe(panel.can_close().then(|| icon_button(panel, "header-icon is-close", "close", move || panel.close())))
}

/// Whether somebody is there now, and when a reply is to be expected; nothing before that is known.
fn presence(title: El, panel: Panel) -> El {
    let known = move || {
        let known = panel.start.get() == Start::Ready;
        known.then(|| panel.online.get())
    };
    title.swap(known, move |online| {
        let class = if online { "header-presence is-here" } else { "header-presence" };
        el("p").class(class).child(el("span").class("header-dot")).child(el("span").live_text(move || panel.when()))
    })
}

/// The way back, with the number of what was not seen elsewhere.
fn back(panel: Panel) -> El {
    let count = move || Some(panel.list.with(|list| list.unread())).filter(|count| *count > 0);
    let shown = move || count().map(|count| count.to_string());
    let unread = el("span").class("home-count header-count").live_text(move || shown().unwrap_or_default());
    let name = move || {
        let back = panel.t("back")();
        Some(shown().map_or(back.clone(), |count| [&back, ", ", &count, " ", &panel.t("unread")()].concat()))
    };
    button("header-icon is-back", move || panel.back())
        .live_attr("aria-label", name)
        .live_attr("title", name)
        .child(unread)
}

fn icon_button(panel: Panel, class: &str, word: &'static str, press: impl Fn() + 'static) -> El {
    let name = move || Some(panel.t(word)());
    button(class, press).live_attr("aria-label", name).live_attr("title", name)
}
