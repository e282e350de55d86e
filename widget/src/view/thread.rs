//! A conversation on the screen.

use super::element::{El, Keyed, el};
use super::thread_row::row;
use crate::io::{clock, task};
use crate::model::rows::{Row, rows};
use crate::panel::Panel;
use std::cell::Cell;
use std::rc::Rc;

/// So close to the end, in pixels, counts as there: less than a line.
const NEARLY: i32 = 20;

/// A conversation.
pub(super) fn thread(panel: Panel) -> El {
    let shown = move || {
        let rows = panel.log.with(|log| {
            panel.outbox.with(|outbox| log.as_ref().map(|log| rows(log, outbox, clock::now())).unwrap_or_default())
        });
        rows.into_iter().map(|Row { key, kind }| Keyed::new(key, move || row(panel, kind))).collect()
    };
    let waits = move || {
        let empty = panel.log.with(|log| {
            log.as_ref()
                .is_none_or(|log| log.have() == 0 && panel.outbox.with(|outbox| outbox.of(log.id()).next().is_none()))
        });
        empty.then_some(())
    };
    let at_end = Rc::new(Cell::new(true));
    let scrolled = Rc::clone(&at_end);
    let thread = el("div");
    let scroller = thread.element().clone();
    let mut thread = thread
        .on("scroll", move |_| {
            scrolled.set(scroller.scroll_top() + scroller.client_height() + NEARLY >= scroller.scroll_height());
        })
        .class("thread")
        .attr("tabindex", "0")
        .attr("role", "log")
        .live_attr("aria-label", move || Some(panel.t("thread")()))
        .child(el("h2").class("unseen").live_text(panel.t("thread")))
        .list(shown)
        .swap(waits, |()| {
            el("div").class("thread-skeleton").attr("aria-hidden", "true").children([el("div"), el("div"), el("div")])
        });
    // The end stays in view as the thread grows or the list above the composer takes room, but nobody who reads further up
    // is moved, except by sending. It waits for the rows, and at first for the thread itself, to be on the screen.
    let scroller = thread.element().clone();
    thread.follow(Box::new(move || {
        panel.log.with(|_| ());
        panel.suggestions.with(|_| ());
        let sending = panel.outbox.with(|outbox| outbox.is_sending());
        let (scroller, at_end) = (scroller.clone(), Rc::clone(&at_end));
        task::later(0, move || {
            if sending || at_end.get() {
                scroller.set_scroll_top(scroller.scroll_height());
            }
        })
        .forget();
    }));
    thread
}
