//! The first screen: a greeting, and the threads of a visitor who has been here before.

use super::element::{El, Keyed, el};
use super::{button, unseen};
use crate::panel::Panel;
use shared::protocol::Thread;

/// The first screen.
pub(super) fn home(panel: Panel) -> El {
    let greeting = el("div")
        .class("home-greeting")
        .child(el("h2").class("home-hello").live_text(panel.t("greeting")))
        .child(el("p").live_text(panel.t("greeting_hint")));
    let any = move || panel.list.with(|list| !list.threads().is_empty()).then_some(());
    // It scrolls, so the keyboard must reach it.
    el("div").class("home").attr("tabindex", "0").child(greeting).swap(any, move |()| recent(panel))
}

fn recent(panel: Panel) -> El {
    let rows = move || {
        let row = |thread: &Thread| {
            let shown = thread.clone();
            Keyed::new(key(thread), move || row(panel, shown))
        };
        panel.list.with(|list| list.threads().iter().map(row).collect())
    };
    el("section")
        .class("home-recent")
        .attr("aria-labelledby", "recent")
        .child(el("h2").attr("id", "recent").live_text(panel.t("recent")))
        .child(el("ul").list(rows))
}

/// All that a row shows.
fn key(thread: &Thread) -> String {
    [thread.id.as_str(), &thread.updated_at.to_string(), "/", &thread.unread.to_string(), &thread.last].concat()
}

fn row(panel: Panel, thread: Thread) -> El {
    let shown = thread.clone();
    // One message is no summary of itself.
    let last = move || if shown.last == shown.title { String::new() } else { panel.last_of(&shown) };
    let Thread { id, title, updated_at, unread, .. } = thread;
    let subject = el("span").class("home-subject").attr("dir", "auto");
    // A thread that was begun by asking for a person has no first words.
    let subject = if title.is_empty() { subject.live_text(panel.t("asked_person")) } else { subject.text(&title) };
    let open = button("", move || panel.open_thread(id.clone()))
        .child(subject)
        .child(el("span").class("home-when").live_text(move || panel.written(updated_at)))
        .child(el("span").class("home-last").attr("dir", "auto").live_text(last));
    if unread == 0 {
        return el("li").child(open);
    }
    let count = el("span").class("home-count").attr("aria-hidden", "true").text(&unread.to_string());
    el("li").class("is-fresh").child(open.child(count).child(self::unseen(panel, "unread")))
}
