//! The threads of a visitor who has been here before, for the first screen.

use crate::panel::Panel;
use crate::view::element::{El, Keyed, el};
use crate::view::{button, unseen};
use shared::protocol::{Status, Thread};

/// The threads, newest first.
pub(in crate::more) fn recent(panel: Panel) -> El {
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
        .child(el("h3").attr("id", "recent").live_text(panel.t("recent")))
        .child(el("ul").class("home-list").list(rows))
}

/// All that a row shows.
fn key(thread: &Thread) -> String {
    let status = if thread.status == Status::Resolved { "+" } else { "/" };
    [thread.id.as_str(), &thread.updated_at.to_string(), status, &thread.unread.to_string(), &thread.last].concat()
}

fn row(panel: Panel, thread: Thread) -> El {
    let shown = thread.clone();
    let last = move || match shown.status {
        Status::Resolved => panel.t("thread_solved")(),
        // One message is no summary of itself.
        Status::Waiting if shown.last == shown.title => panel.t("thread_waiting")(),
        _ if shown.last == shown.title => String::new(),
        _ => panel.last_of(&shown),
    };
    let Thread { id, title, updated_at, unread, status, .. } = thread;
    let face = if status == Status::Automatic { "face is-assistant" } else { "face is-team" };
    let subject = el("span").class("recent-subject").attr("dir", "auto");
    // A thread that was begun by asking for a person has no first words.
    let subject = if title.is_empty() { subject.live_text(panel.t("person")) } else { subject.text(&title) };
    let open = button("recent-thread", move || panel.open_thread(id.clone()))
        .child(el("span").class(face).attr("aria-hidden", "true"))
        .child(subject)
        .child(el("span").class("quiet").live_text(move || panel.written(updated_at)))
        .child(el("span").class("recent-last").attr("dir", "auto").live_text(last))
        .maybe((status == Status::Automatic).then(|| unseen(panel, "automatic")));
    if unread == 0 {
        return el("li").child(open);
    }
    let count = el("span").class("count").attr("aria-hidden", "true").text(&unread.to_string());
    el("li").class("is-fresh").child(open.child(count).child(unseen(panel, "unread")))
}
