//! A conversation on the screen.

use super::thread_row::row;
use crate::io::{clock, size, task};
use crate::model::rows::{Around, Kind, Row, rows};
use crate::panel::Panel;
use crate::view::element::{El, Keyed, el};
use crate::view::text_button;
use shared::client::Transcript;
use std::cell::Cell;
use std::rc::Rc;

/// So close to the end, in pixels, counts as there: less than a line.
const NEARLY: i32 = 20;

/// A conversation.
pub(in crate::more) fn thread(panel: Panel) -> El {
    let shown = move || {
        let rows = panel.log.with(|log| {
            panel.outbox.with(|outbox| {
                let of = |log: &Transcript| {
                    let may_ask = panel.may_ask_how_it_was(log.id());
                    rows(
                        log,
                        outbox,
                        Around { now: clock::now(), day: clock::day, may_ask, wants_address: panel.wants_address() },
                    )
                };
                log.as_ref().map(of).unwrap_or_default()
            })
        });
        if let Some(log) = rows.iter().any(|row| matches!(row.kind, Kind::Survey(_))).then_some(&panel.log) {
            log.peek(|log| log.as_ref().map(|log| panel.asks_how_it_was(log.id())));
        }
        rows.into_iter().map(|Row { key, kind }| Keyed::new(key, move || row(panel, kind))).collect()
    };
    let waits = move || {
        let empty = panel.log.with(|log| {
            log.as_ref()
                .is_none_or(|log| log.have() == 0 && panel.outbox.with(|outbox| outbox.of(log.id()).next().is_none()))
        });
        empty.then_some(())
    };
    panel.at_end.set(true);
    let last = Cell::new(0);
    let thread = el("div");
    let scroller = thread.element().clone();
    let thread = thread
        .on("scroll", move |_| {
            let top = scroller.scroll_top();
            let is_near = top + scroller.client_height() + NEARLY >= scroller.scroll_height();
            // Only who goes up leaves the end: what is below may have grown since it was scrolled to.
            let is_there = is_near || (panel.at_end.now() && top >= last.replace(top));
            last.set(top);
            if is_there != panel.at_end.now() {
                panel.at_end.set(is_there);
            }
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
    let typing = move || panel.typing.with(Option::is_some).then_some(());
    let thread = thread.swap(typing, move |()| {
        let words = move || {
            let name = panel.typing.get().unwrap_or_default();
            panel.words.with(|words| words.filled("typing", &name))
        };
        el("p").class("thread-typing").live_text(words)
    });
    let to_end = scrolled_to_end(&thread);
    let news = move || {
        let unread = panel.log.with(|log| log.as_ref().is_some_and(|log| log.unread() > 0));
        (!panel.at_end.get() && unread).then_some(())
    };
    let go = to_end.clone();
    let mut thread = thread.swap(news, move |()| {
        let go = go.clone();
        text_button(panel, "thread-news", "new_below", move || go())
    });
    // The end stays in view as the thread grows or what is below it takes room, but nobody who reads further up is moved, except
    // by sending. It waits for the rows, and at first for the thread itself, to be on the screen.
    let keep = to_end.clone();
    size::follow(thread.element(), move || {
        if panel.at_end.now() {
            keep();
        }
    });
    thread.follow(Box::new(move || {
        panel.log.with(|_| ());
        let sending = panel.outbox.with(|outbox| outbox.is_sending());
        let to_end = to_end.clone();
        task::later(0, move || {
            if sending || panel.at_end.now() {
                to_end();
            }
        })
        .forget();
    }));
    thread
}

/// Scrolls an element to its end.
fn scrolled_to_end(thread: &El) -> Rc<dyn Fn()> {
    let scroller = thread.element().clone();
    Rc::new(move || scroller.set_scroll_top(scroller.scroll_height()))
}
