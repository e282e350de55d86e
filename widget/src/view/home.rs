//! The first screen: a greeting, what is known not to work, the visitor's threads, and what is likely to be wanted here.

use super::element::{El, Keyed, el};
use super::{button, link, text_button};
use crate::model::piece::Piece;
use crate::panel::Panel;
use shared::protocol::KnownProblem;

/// The first screen.
pub(super) fn home(panel: Panel) -> El {
    let hello = move || panel.prompt.get().unwrap_or_else(panel.t("greeting"));
    let greeting = el("div")
        .class("home-greeting")
        .child(el("h2").class("home-hello").attr("dir", "auto").live_text(hello))
        .child(el("p").live_text(panel.t("greeting_hint")));
    let any = move || panel.list.with(|list| !list.threads().is_empty()).then_some(());
    let known = move || panel.outage.with(Option::is_some).then_some(());
    // It scrolls, so the keyboard must reach it.
    el("div")
        .class("home")
        .attr("tabindex", "0")
        .child(greeting)
        .swap(known, move |()| panel.outage.now().map_or_else(|| el("div"), |known| outage(panel, &known)))
        .swap(any, move |()| super::of_second(panel, |more| more.recent))
        .swap(move || panel.likely.with(|likely| !likely.pieces().is_empty()).then_some(()), move |()| likely(panel))
        .swap(
            move || panel.has_articles.get().then_some(()),
            move |()| text_button(panel, "home-browse", "browse", move || panel.browse()),
        )
}

/// What is known not to work, before anybody asks.
fn outage(panel: Panel, known: &KnownProblem) -> El {
    let since = known.since;
    let title = el("p").class("home-outage-title").child(el("strong").live_text(panel.t("outage")));
    let title = match since {
        Some(since) => title.child(el("span").class("quiet").live_text(move || panel.written(since))),
        None => title,
    };
    let more = known.url.as_ref().filter(|url| shared::richtext::is_safe_url(url));
    el("div")
        .class("home-outage")
        .attr("role", "note")
        .child(title)
        .child(el("p").attr("dir", "auto").text(&known.text))
        .maybe(more.map(|url| link(url).attr("dir", "ltr").text(shared::client::host_of(url))))
}

/// What is likely to be wanted.
fn likely(panel: Panel) -> El {
    let rows = move || {
        let row = |(piece, title): &(Piece, String)| {
            let (piece, title) = (piece.clone(), title.clone());
            let key = [piece.id(), "/", &title].concat();
            Keyed::new(key, move || row(panel, piece, &title))
        };
        panel.likely.with(|likely| likely.pieces().iter().map(row).collect())
    };
    let heading = move || {
        let word = if panel.likely.with(|likely| likely.is_of_page()) { "often_here" } else { "often" };
        panel.t(word)()
    };
    el("section")
        .class("home-part")
        .attr("aria-labelledby", "likely")
        .child(el("h3").attr("id", "likely").live_text(heading))
        .child(el("ul").class("home-list").list(rows))
}

fn row(panel: Panel, piece: Piece, title: &str) -> El {
    let open = button("home-row", move || panel.open_piece(piece.clone()))
        .child(el("span").attr("dir", "auto").live_attr("lang", move || Some(panel.locale.get())).text(title));
    el("li").child(open)
}
