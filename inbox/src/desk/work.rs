//! Opening the desk, and what its keys, buttons and picker do.

use super::{Desk, Overlay};
use crate::io::browser::{self, Shelf};
use crate::io::http::Failure;
use crate::model::keys::{Action, Key};
use crate::model::lists::List;
use crate::model::picker::{Choice, Pick};
use crate::model::place::Place;
use crate::words::t;
use gloo::timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::conversation::State;
use shared::protocol::{AgentAction, Status};

/// Whether the edge is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Not yet.
    Connecting,
    /// What happens is seen at once.
    Live,
    /// Only by asking again and again.
    Slow,
    /// Not now.
    Lost,
}

/// Waiting times are shown in minutes; a fourth of one is late enough to see the change and early enough to trust it.
const TICK_MS: u32 = 15_000;
/// The field in which the reply is written.
pub(crate) const REPLY_FIELD: &str = "reply";
/// The heading of the open conversation, where reading begins.
pub(crate) const THREAD_TITLE: &str = "thread-title";

impl Desk {
    /// Sits down: connects, follows the address and listens to keys until the view is gone.
    pub(crate) fn start(self) {
        self.follow_lists();
        let open = Memo::new(move |_| self.open_id());
        Effect::new(move |_| self.follow_thread(open.get()));
        Effect::new(move |_| {
            let waiting = self.lists.with(|lists| lists.count(List::Waiting));
            let count = if waiting == 0 { String::new() } else { ["(", &waiting.to_string(), ") "].concat() };
            browser::set_title(&[&count, t("title")].concat());
        });
        let clock = StoredValue::new_local(Some(Interval::new(TICK_MS, move || self.now.set(browser::now()))));
        let listeners = [
            window_event_listener(ev::hashchange, move |_| self.follow_address()),
            window_event_listener(ev::keydown, move |event| self.press(&event)),
            window_event_listener(ev::online, move |_| self.look()),
            window_event_listener(ev::focus, move |_| self.look()),
        ];
        on_cleanup(move || {
            clock.set_value(None);
            listeners.into_iter().for_each(|listener| listener.remove());
            self.lists_socket.set_value(None);
            self.thread_socket.set_value(None);
        });
    }

    /// Does what a key, a button or the picker asks for.
    pub(crate) fn run(self, action: Action) {
        match action {
            Action::Next => self.step(true),
            Action::Previous => self.step(false),
            Action::Open => self.open_row(),
            Action::Reply => browser::focus(REPLY_FIELD),
            Action::Resolve => self.resolve(),
            Action::Go(list) => browser::go(&Place::of_list(list)),
            Action::Help => self.overlay.set(Some(Overlay::Help)),
            Action::Pick => self.show_picker(),
            Action::Close => self.close(),
            Action::SignOut => self.sign_out(),
        }
    }

    /// Does what was picked.
    pub(crate) fn pick(self, pick: Pick, caret: Option<u32>) {
        match pick {
            Pick::Do(action) => self.run(action),
            Pick::Conversation(id) => browser::go(&Place { list: List::All, open: Some(id) }.hash()),
            Pick::Article(title) => {
                let Some(id) = self.open_id() else { return };
                self.change_drafts(|drafts| {
                    drafts.insert(&id, caret, &title);
                });
                browser::focus(REPLY_FIELD);
            }
        }
    }

    /// What can be picked now, the likeliest first.
    pub(crate) fn choices(self) -> Vec<Choice> {
        let is_open = self.place.with(|place| place.open.is_some());
        let action = |key: &'static str, action| Choice { label: String::from(t(key)), pick: Pick::Do(action) };
        let mut choices = Vec::new();
        if is_open {
            let is_resolved = self.of_open(|_, thread| thread.state().status) == Some(Status::Resolved);
            choices.push(action("do_reply", Action::Reply));
            choices.push(action(if is_resolved { "do_reopen" } else { "do_resolve" }, Action::Resolve));
        }
        self.lists.with(|lists| {
            for id in lists.rows(List::All) {
                let title = lists.get(&id).map(|summary| summary.title.clone()).filter(|title| !title.is_empty());
                let label = title.unwrap_or_else(|| String::from(t("untitled")));
                choices.push(Choice { label, pick: Pick::Conversation(id) });
            }
        });
        choices.extend([
            action("do_go_waiting", Action::Go(List::Waiting)),
            action("do_go_escalations", Action::Go(List::Escalations)),
            action("do_go_all", Action::Go(List::All)),
            action("do_help", Action::Help),
            action("do_sign_out", Action::SignOut),
        ]);
        // A title is put into a reply, and there is none to put it into while nothing is open.
        if is_open {
            let locale = self.locale();
            self.articles.with(|articles| {
                let titles = articles.get(&locale).into_iter().flatten().map(|article| article.title.clone());
                choices.extend(titles.map(|title| Choice { label: title.clone(), pick: Pick::Article(title) }));
            });
        }
        choices
    }

    /// Switches what single letters do, on this device.
    pub(crate) fn set_letters(self, on: bool) {
        self.keys.update_value(|keys| keys.letters_off = !on);
        self.names.with_value(|names| match on {
            true => browser::forget(Shelf::Device, &names.letters_off),
            false => browser::keep(Shelf::Device, &names.letters_off, "1"),
        });
    }

    /// What the open conversation amounts to.
    pub(crate) fn state(self) -> Option<State> {
        self.of_open(|_, thread| thread.state())
    }

    fn follow_address(self) {
        let place = Place::parse(&browser::address().1);
        let (list, open) = self.place.with_untracked(|place| (place.list, place.open.clone()));
        let (to_list, to_open) = (place.list, place.open.clone());
        self.place.set(place);
        if to_list != list {
            self.cursor.set(Default::default());
        }
        match to_open {
            Some(id) if open.as_ref() != Some(&id) => {
                let rows = self.rows.get_untracked();
                self.cursor.update(|cursor| cursor.go(&rows, &id));
                self.details.set(false);
                browser::focus(THREAD_TITLE);
            }
            None => {
                if let Some(id) = open {
                    browser::focus_row(id.as_str());
                }
            }
            Some(_) => {}
        }
    }

    fn press(self, event: &web_sys::KeyboardEvent) {
        // Letters that compose a syllable are the writing system's, not ours; and a dialog has its own keys.
        let has_dialog = self.overlay.with_untracked(|overlay| overlay.is_some());
        if event.is_composing() || has_dialog || event.default_prevented() {
            return;
        }
        let name = event.key();
        let key = Key {
            name: &name,
            command: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            focus: browser::focused(),
        };
        let action = self.keys.try_update_value(|keys| keys.press(key, browser::now())).flatten();
        if let Some(action) = action {
            event.prevent_default();
            self.run(action);
        }
    }

    /// Somebody looks at the page again, or the network is back: what was missed is asked for now.
    fn look(self) {
        self.now.set(browser::now());
        let hurry = |socket: &Option<crate::io::socket::Socket>| socket.iter().for_each(|socket| socket.hurry());
        self.lists_socket.try_with_value(hurry);
        self.thread_socket.try_with_value(hurry);
        self.mark_read();
    }

    fn step(self, down: bool) {
        let rows = self.rows.get_untracked();
        self.cursor.update(|cursor| cursor.step(&rows, down));
        if let Some(id) = self.cursor.with_untracked(|cursor| cursor.on(&rows).cloned()) {
            browser::focus_row(id.as_str());
        }
    }

    fn open_row(self) {
        let rows = self.rows.get_untracked();
        if let Some(id) = self.cursor.with_untracked(|cursor| cursor.on(&rows).cloned()) {
            browser::go(&self.place.with_untracked(|place| place.of(&id)));
        }
    }

    fn resolve(self) {
        let Some((id, status)) = untrack(|| self.of_open(|id, thread| (id.clone(), thread.state().status))) else {
            return;
        };
        if status == Status::Resolved {
            self.act(&id, AgentAction::Reopen);
            self.notice.set(String::from(t("reopened_now")));
        } else {
            self.act(&id, AgentAction::Resolve);
            self.notice.set(String::from(t("resolved_now")));
        }
    }

    /// First out of the field, then out of the conversation.
    fn close(self) {
        let in_text = browser::focused() == crate::model::keys::Focus::Text;
        if in_text {
            return browser::focus(THREAD_TITLE);
        }
        if self.details.get_untracked() {
            return self.details.set(false);
        }
        self.place.with_untracked(|place| {
            if place.open.is_some() {
                browser::go(&Place::of_list(place.list));
            }
        });
    }

    fn show_picker(self) {
        self.overlay.set(Some(Overlay::Picker));
        let locale = untrack(|| self.locale());
        if self.articles.with_untracked(|articles| articles.contains_key(&locale)) {
            return;
        }
        spawn_local(async move {
            let doors = self.doors.get_value();
            if let Ok(articles) = doors.articles(&locale).await {
                self.articles.update(|known| {
                    known.insert(locale, articles);
                });
            }
        });
    }

    /// The visitor's language, for a title is put into a reply to them.
    fn locale(self) -> String {
        let of_visitor = self.state().map(|state| state.context.locale).filter(|locale| !locale.is_empty());
        of_visitor.unwrap_or_else(browser::language)
    }

    fn sign_out(self) {
        spawn_local(async move {
            let doors = self.doors.get_value();
            if doors.sign_out().await == Err(Failure::Offline) {
                return self.notice.set(String::from(t("sign_out_failed")));
            }
            // The next person at this computer finds nothing of what was written here.
            self.names.with_value(|names| {
                browser::forget(Shelf::Tab, &names.drafts);
                browser::forget(Shelf::Tab, &names.outbox);
                browser::forget(Shelf::Device, &names.signed_in);
            });
            browser::remove_fragment();
            self.expired.set(true);
        });
    }
}
