//! What the second module does when it comes, and what it does with what happens around the panel.

use super::view::peek;
use crate::io::host::{self, Unread};
use crate::io::json::Json;
use crate::io::{page, place, storage, task, wire};
use crate::panel::{Panel, Screen};
use crate::view::element::mount;
use shared::client::{Hands, Outbox, Transcript};
use shared::protocol::Author;

impl Panel {
    /// Follows what happens from now on, and keeps the loader told.
    pub(super) fn begin_more(self) {
        mount([peek::peek(self)]);
        task::follow(move || place::set_title(&self.t("help")()));
        task::follow(move || self.mark_read());
        task::follow(move || {
            self.log.with(|log| {
                if let Some(log) = log {
                    self.list.change(|list| list.follow(log));
                }
            });
        });
        task::follow(move || {
            let person = self.person_on_screen();
            if person != self.person.now() {
                self.person.set(person);
            }
        });
        // The browser would open a file in the place of the panel, or put it into the text.
        for (name, of) in [("dragover", "dataTransfer"), ("drop", "dataTransfer"), ("paste", "clipboardData")] {
            self.hear(name, move |event| {
                if host::has_files(&event, of) {
                    event.prevent_default();
                    self.no_files.set(true);
                }
            });
        }
        self.remember_sound();
        self.remember_declined();
        self.erased.set(self.was_erased());
        task::follow(move || self.agent.set(self.log.with(|log| log.as_ref().and_then(last_agent))));
        let mut heard = 0;
        task::follow(move || {
            let unread = self.list.with(|list| list.unread());
            if unread > heard && self.listed.now() && self.has_sound() {
                page::beep();
            }
            heard = unread;
        });
        let Some(host) = self.host() else { return };
        self.follow_form(host.clone());
        let loader = host.clone();
        task::follow(move || self.settings.with(|settings| host::tell_look(&loader, settings)));
        let mut told = None;
        task::follow(move || {
            let (count, waits) = self.list.with(|list| (list.unread(), list.waits()));
            let words = [&count.to_string(), " ", &self.t("unread")()].concat();
            let now =
                Unread { count, words, peek: self.preview().is_some(), waits: self.listed.get().then_some(waits) };
            if told.as_ref() != Some(&now) {
                host::tell_unread(&host, &now);
                told = Some(now);
            }
        });
    }

    /// Goes on with what this visitor has begun.
    pub(super) fn go_on_with_threads(self) {
        let kept = storage::all(&self.key("out:"));
        self.outbox.set(Outbox::restored(kept.iter().filter_map(|text| wire::pending(&Json::parse(text)?)).collect()));
        if let Some(open) = self.was_open() {
            // Somebody may have begun to write before the thread was there.
            let typed = self.composer.peek(|composer| String::from(composer.text()));
            self.show_draft();
            self.open_thread(open);
            self.composer.change(|composer| composer.put_back(&typed));
        }
        self.visit();
        self.flush();
    }

    pub(super) fn remember_open(self) {
        let open = match self.screen.now() {
            Screen::Thread => self.log.peek(|log| log.as_ref().map(|log| String::from(log.id().as_str()))),
            Screen::Home | Screen::Sections => None,
        };
        storage::set_for_tab(&self.key("open"), open.as_deref());
    }

    /// The edge may be within reach again.
    pub(super) fn back_within_reach(self) {
        self.check();
        self.hurry();
        self.reload_failed_article();
        if self.identified.get() {
            self.visit();
        }
    }

    /// The panel has come on the screen.
    pub(super) fn came_on_screen(self) {
        self.log.change(|log| {
            if let Some(log) = log {
                log.opened();
            }
        });
    }
}

/// The agent who has spoken last, while the conversation is with people.
fn last_agent(log: &Transcript) -> Option<String> {
    if log.hands() != Hands::People {
        return None;
    }
    log.events().iter().rev().find_map(|event| match &event.by {
        Author::Agent { name, .. } => Some(name.clone()),
        _ => None,
    })
}
