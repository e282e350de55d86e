//! The frame's surroundings: the loader on the host page, the screen and the network.

use super::Panel;
use crate::io::host::{self, Said};
use crate::io::{self, place, task};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

impl Panel {
    /// Hears the loader, the screen and the network from now on, and keeps the loader told.
    pub(super) fn listen(self) {
        let Some(host) = self.host() else {
            self.shown.set(true);
            self.hear_surroundings();
            self.identify(None, "");
            self.to_composer();
            return;
        };
        let from = host.clone();
        self.hear("message", move |event| {
            if let Some(said) = host::read(event.unchecked_ref(), &from) {
                self.said(said);
            }
        });
        self.hear_surroundings();
        host::tell(&host, "ready");
        let mut told = None;
        task::follow(move || {
            let now = (self.list.with(|list| list.unread()), self.preview());
            if told.as_ref() != Some(&now) {
                host::tell_unread(&host, now.0, now.1.as_ref().map(|(from, text)| (from.as_str(), text.as_str())));
                told = Some(now);
            }
        });
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

    fn host(self) -> Option<String> {
        host::holder()?;
        self.place.borrow().host.clone()
    }

    fn hear_surroundings(self) {
        self.hear("online", move |_| self.back_again());
        // It is told to the document and rises to the window.
        self.hear("visibilitychange", move |_| {
            if place::is_visible() {
                self.back_again();
            }
        });
        // The composer has used up those that mean something to it.
        self.hear("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" && !key.is_composing() {
                self.out();
            }
        });
        task::follow(move || self.mark_read());
        task::follow(move || {
            self.log.with(|log| {
                if let Some(log) = log {
                    self.list.change(|list| list.follow(log));
                }
            });
        });
    }

    fn hear(self, event: &str, heard: impl Fn(Event) + 'static) {
        if let Some(window) = io::window() {
            task::hear(&window, event, heard);
        }
    }

    fn back_again(self) {
        self.check();
        self.hurry();
        self.look_who_is_there();
    }

    fn said(self, said: Said) {
        match said {
            Said::Page { page, locale, seen, identity, person } => {
                self.page.replace(page);
                self.tried.borrow_mut().seen(seen);
                self.change_locale(locale);
                self.identify(identity, &person);
            }
            Said::Shown => {
                self.log.change(|log| {
                    if let Some(log) = log {
                        log.opened();
                    }
                });
                self.shown.set(true);
                self.back_again();
                self.to_composer();
            }
            Said::Hidden => self.shown.set(false),
            Said::OpenArticle(id) => self.open_article_by_id(id),
        }
    }

    fn preview(self) -> Option<(String, String)> {
        self.log.with(|log| {
            let (from, text) = log.as_ref()?.preview()?;
            let from = from.map_or_else(self.t("assistant"), String::from);
            let text = if text.is_empty() { self.t("found_nothing")() } else { String::from(text) };
            Some((from, text))
        })
    }
}
