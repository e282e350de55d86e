//! The frame's surroundings: the loader on the host page, the screen and the network.

use super::{Panel, Start};
use crate::io::host::{self, Said};
use crate::io::{self, focus, place, task};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

impl Panel {
    /// Hears the loader, the screen and the network from now on, and keeps the loader told.
    pub(super) fn listen(self) {
        let Some(host) = self.host() else {
            self.shown.set(true);
            self.hear_surroundings();
            self.identify(None);
            self.to_composer();
            return;
        };
        self.quiet.set(true);
        let from = host.clone();
        self.hear("message", move |event| {
            if let Some(said) = host::read(event.unchecked_ref(), &from) {
                self.said(said);
            }
        });
        self.hear_surroundings();
        host::tell(&host, "ready");
    }

    /// Whether there is something around the panel that can close it.
    pub(crate) fn can_close(self) -> bool {
        self.host().is_some()
    }

    /// The visitor wants the panel closed.
    pub(crate) fn close(self) {
        if let Some(host) = self.host() {
            host::tell(&host, "close");
        }
    }

    pub(crate) fn host(self) -> Option<String> {
        host::holder()?;
        self.place.borrow().host.clone()
    }

    fn hear_surroundings(self) {
        self.hear("online", move |_| self.back_again());
        self.hear("offline", move |_| {
            self.offline.set(true);
            if let Some(more) = self.more_now() {
                (more.check)(self);
            }
        });
        // It is told to the document and rises to the window.
        self.hear("visibilitychange", move |_| {
            self.visible.set(place::is_visible());
            if place::is_visible() {
                self.back_again();
            } else {
                self.going();
            }
        });
        self.hear("pagehide", move |_| self.going());
        // A visitor who comes into the panel by themselves wants the keyboard in it.
        self.hear("focus", move |_| self.quiet.set(false));
        self.hear("storage", move |event| {
            let of = |name: &str| host::text(&event, name);
            if let (Some(name), Some(text), None) = (of("key"), of("oldValue"), of("newValue")) {
                self.dropped_elsewhere(&name, &text);
            }
        });
        // The composer has used up those that mean something to it.
        self.hear("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" && !focus::is_composing(key) {
                self.out();
            }
        });
    }

    pub(crate) fn hear(self, event: &str, heard: impl Fn(Event) + 'static) {
        if let Some(window) = io::window() {
            task::hear(&window, event, heard);
        }
    }

    fn back_again(self) {
        if let Some(more) = self.more_now() {
            (more.back_again)(self);
        }
        self.look_who_is_there();
        if self.start.now() == Start::Failed {
            self.boot();
        }
    }

    /// The page may be about to go: what is written is kept at once.
    fn going(self) {
        if !self.leaving.get() {
            self.keep_draft_now();
        }
    }

    fn said(self, said: Said) {
        match said {
            Said::Page { page, locale, seen, identity, forget, look } => {
                if let Some(all) = forget {
                    self.forget_visitor(all);
                }
                if self.leaving.get() {
                    return;
                }
                self.page.replace(page);
                self.page_look.set(look);
                self.tried.borrow_mut().seen(seen);
                self.find_likely();
                self.change_locale(locale);
                self.identify(identity);
            }
            Said::Shown { quiet } => {
                self.quiet.set(quiet);
                if let Some(more) = self.more_now() {
                    (more.shown)(self);
                }
                self.shown.set(true);
                self.back_again();
                self.to_composer();
            }
            Said::Hidden => self.shown.set(false),
            Said::Compose(text) => self.prefill(text, false),
            Said::Search(text) => self.prefill(text, true),
            Said::More(said) => self.then(move |more| (more.hears)(self, said)),
        }
    }
}
