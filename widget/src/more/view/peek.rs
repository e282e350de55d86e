//! The glimpse of a reply beside the launcher: all that the frame shows while it is small.

use crate::panel::Panel;
use crate::view::button;
use crate::view::element::{El, el};

/// The glimpse.
pub(in crate::more) fn peek(panel: Panel) -> El {
    let open = button("peek-open", move || panel.open_preview())
        .child(el("b").attr("dir", "auto").live_text(move || panel.preview().map(|one| one.from).unwrap_or_default()))
        .child(
            el("span").attr("dir", "auto").live_text(move || panel.preview().map(|one| one.text).unwrap_or_default()),
        );
    let dismiss = button("header-icon is-close", move || panel.dismiss_preview())
        .live_attr("aria-label", move || Some(panel.t("close")()));
    // While it is there, it is all of the page: so it is the main part, with a heading.
    el("main")
        .class("peek")
        .live_flag("hidden", move || panel.preview().is_none())
        .child(el("h1").class("unseen").live_text(panel.t("unread")))
        .child(el("div").attr("role", "status").child(open))
        .child(dismiss)
}
