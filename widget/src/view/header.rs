//! The bar at the top: where one is, who is there, and the ways back and out.

use super::element::{El, el};
use super::face::face;
use super::{button, icon_button};
use crate::io::focus;
use crate::panel::{Panel, Screen, Start};
use shared::settings::Face;

/// What the bar shows at its beginning.
const HOME: u8 = 0;
const INSIDE: u8 = 1;

/// The bar at the top.
pub(super) fn header(panel: Panel) -> El {
    let place = move || {
        let inside = panel.screen.get() != Screen::Home || panel.reading.with(Option::is_some);
        Some(if inside { INSIDE } else { HOME })
    };
    let title = el("h1").attr("dir", "auto").live_text(move || match agent(panel) {
        Some(name) => name,
        None => {
            let name = panel.settings.with(|settings| settings.name.clone());
            // Without the edge nobody knows what the help is called.
            if name.is_empty() { panel.t("help")() } else { name }
        }
    });
    let talks = move || agent(panel).map(|_| ());
    el("header")
        .swap(place, move |place| match place {
            INSIDE => back(panel),
            _ => logo(panel),
        })
        .swap(talks, move |()| face(&agent(panel).unwrap_or_default(), None))
        .child(presence(el("div").class("header-title").child(title), panel))
        .swap(place, move |place| match place {
            HOME => faces(panel),
            _ => el("span"),
        })
        .child(menu(panel))
        .maybe(panel.can_close().then(|| icon_button(panel, "header-icon is-close", "close", move || panel.close())))
}

/// What a visitor can have beside the conversation.
fn menu(panel: Panel) -> El {
    let open = icon_button(panel, "header-icon is-menu", "menu", move || panel.toggle_menu())
        .attr("id", focus::OPTIONS)
        .live_attr("aria-expanded", move || Some(String::from(if panel.menu.get() { "true" } else { "false" })));
    el("div")
        .class("header-menu")
        .child(open)
        .swap(move || panel.menu.get().then_some(()), move |()| super::of_second(panel, |more| more.menu))
}

/// The agent with whom the visitor talks, in the thread with them.
fn agent(panel: Panel) -> Option<String> {
    let in_thread = panel.screen.get() == Screen::Thread && panel.reading.with(Option::is_none);
    panel.agent.get().filter(|_| in_thread)
}

/// The site's mark.
fn logo(panel: Panel) -> El {
    let there = move || panel.settings.with(|settings| settings.look.logo.is_some()).then_some(());
    el("span").class("header-logo").swap(there, move |()| {
        let address = panel.settings.with(|settings| settings.look.logo.clone()).unwrap_or_default();
        el("img").attr("src", &address).attr("alt", "")
    })
}

/// Who answers here.
fn faces(panel: Panel) -> El {
    let there = move || panel.settings.with(|settings| !settings.look.faces.is_empty()).then_some(());
    el("span").class("header-faces").swap(there, move |()| {
        let (names, all) = panel.settings.with(|settings| {
            let faces = settings.look.faces.iter();
            let names: Vec<&str> = faces.clone().map(|one| one.name.as_str()).collect();
            let one = |one: &Face| face(&one.name, one.picture.as_deref());
            (names.join(", "), faces.map(one).collect::<Vec<_>>())
        });
        el("span").class("header-people").attr("role", "img").attr("aria-label", &names).children(all)
    })
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
    let unread = el("span").class("count header-count").live_text(move || shown().unwrap_or_default());
    let name = move || {
        let back = panel.t("back")();
        Some(shown().map_or(back.clone(), |count| [&back, ", ", &count, " ", &panel.t("unread")()].concat()))
    };
    button("header-icon is-back", move || panel.back())
        .live_attr("aria-label", name)
        .live_attr("title", name)
        .child(unread)
}
