//! Opening the desk, and what its keys, buttons and picker do.

use super::{Desk, Overlay};
use crate::io::browser::{self, Shelf};
use crate::io::http::Failure;
use crate::lean::memo;
use crate::model::keys::{Action, Key};
use crate::model::lists::List;
use crate::model::picker::Pick;
use crate::model::place::{Page, Place, setup_token};
use crate::words::{t, tag};
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
/// The agents present change by the hour, and a menu asks again before it counts.
const ROSTER_MS: u32 = 60_000;
/// The field in which the reply is written.
pub(crate) const REPLY_FIELD: &str = "reply";
/// The heading of the open conversation, where reading begins.
pub(crate) const THREAD_TITLE: &str = "thread-title";
/// The heading of a page that is not of conversations.
pub(crate) const PAGE_TITLE: &str = "page-title";

impl Desk {
    /// Sits down: connects, follows the address and listens to keys until the view is gone.
    pub(crate) fn start(self) {
        self.follow_lists();
        self.flush();
        self.refresh_roster();
        let open = memo(move || self.open_id());
        Effect::new(move |_| self.follow_thread(open.get()));
        let known = memo(move || self.open_id().filter(|id| self.lists.with(|lists| lists.get(id).is_some())));
        Effect::new(move |_| self.fetch_profile(known.get()));
        Effect::new(move |_| {
            let waiting = self.lists.with(|lists| lists.count(&List::Waiting));
            let count = if waiting == 0 { String::new() } else { ["(", &waiting.to_string(), ") "].concat() };
            browser::set_title(&[&count, t("title")].concat());
        });
        let clock = StoredValue::new_local(Some(Interval::new(TICK_MS, move || self.now.set(browser::now()))));
        let roster = Interval::new(ROSTER_MS, move || {
            if browser::is_visible() {
                self.refresh_roster();
            }
        });
        let roster = StoredValue::new_local(Some(roster));
        let listeners = [
            window_event_listener(ev::hashchange, move |_| self.follow_address()),
            window_event_listener(ev::keydown, move |event| self.press(&event)),
            window_event_listener(ev::online, move |_| self.look()),
            window_event_listener(ev::focus, move |_| self.look()),
        ];
        on_cleanup(move || {
            clock.set_value(None);
            roster.set_value(None);
            listeners.into_iter().for_each(|listener| listener.remove());
            // Without its sockets this desk sends nothing any more: the next agent has a desk of their own.
            let of_lists = self.lists_socket.try_update_value(Option::take).flatten();
            self.leave_thread();
            of_lists.iter().for_each(|socket| socket.leave());
            self.retry_timer.set_value(None);
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
            Action::Assign => self.show_assign(),
            Action::Take => self.take(),
            Action::Snooze => self.show_snooze(),
            Action::Wake => self.wake(),
            Action::Go(list) => browser::go(&Place::of_list(list)),
            Action::GoTeam(number) => self.go_team(number),
            Action::Turn(page) => browser::go(&page.hash()),
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
            Pick::Place(change) => self.change(change),
            Pick::Snooze(until) => self.snooze(until),
            Pick::Conversation(id) => {
                browser::go(&Place { list: List::All, open: Some(id), ..Place::default() }.hash());
            }
            Pick::Article(title) => {
                let Some(id) = self.open_id() else { return };
                self.change_drafts(|drafts| {
                    drafts.insert(&id, caret, &title);
                });
                browser::focus(REPLY_FIELD);
            }
        }
    }

    /// Switches what single letters do, on this device.
    pub(crate) fn set_letters(self, on: bool) {
        self.keys.update_value(|keys| keys.letters_off = !on);
        self.names.with_value(|names| match on {
            true => browser::forget(Shelf::Device, &names.letters_off()),
            false => browser::keep(Shelf::Device, &names.letters_off(), "1"),
        });
    }

    /// Reads something of what the open conversation amounts to; none before it has begun or come.
    pub(crate) fn of_state<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.of_open(|_, transcript| Some(transcript.state()).filter(|state| state.is_open()).map(read)).flatten()
    }

    fn follow_address(self) {
        let hash = browser::address().1;
        if setup_token(&hash).is_some() {
            // A set-up link that is opened where somebody sits is for somebody else: it begins with a fresh page.
            return browser::reload();
        }
        let place = Place::parse(&hash);
        let before = self.place.get_untracked();
        let (open, to_open) = (before.open, place.open.clone());
        if place.list != before.list {
            self.cursor.set(Default::default());
        }
        let to_page = place.page;
        self.place.set(place);
        if to_page != Page::Conversations {
            // Another number of days is chosen on the page itself, and the focus stays with it.
            if std::mem::discriminant(&to_page) != std::mem::discriminant(&before.page) {
                browser::focus(PAGE_TITLE);
            }
            return;
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
        let of_lists = self.lists_socket.get_value();
        let of_thread = self.thread_socket.get_value().map(|(_, socket)| socket);
        of_lists.iter().chain(&of_thread).for_each(|socket| socket.check());
        self.hurry();
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
        let Some((id, status)) = untrack(|| self.of_open(|id, transcript| (id.clone(), transcript.state().status)))
        else {
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
            let on_page = self.place.with_untracked(|place| place.page != Page::Conversations);
            return browser::focus(if on_page { PAGE_TITLE } else { THREAD_TITLE });
        }
        if self.details.get_untracked() {
            return self.details.set(false);
        }
        self.place.with_untracked(|place| {
            if place.open.is_some() || place.page != Page::Conversations {
                browser::go(&Place::of_list(place.list.clone()));
            }
        });
    }

    fn go_team(self, number: usize) {
        let lists = self.every_list.get_untracked();
        if let Some(list) = lists.into_iter().filter(|list| matches!(list, List::Team(_))).nth(number) {
            browser::go(&Place::of_list(list));
        }
    }

    fn show_picker(self) {
        self.overlay.set(Some(Overlay::Picker));
        self.fetch_articles(untrack(|| self.locale()));
    }

    /// Asks for the titles of the articles in a language, once.
    pub(crate) fn fetch_articles(self, locale: String) {
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
    pub(super) fn locale(self) -> String {
        let of_visitor = self.of_state(|state| state.context.locale.clone()).filter(|locale| !locale.is_empty());
        of_visitor.unwrap_or_else(|| String::from(tag()))
    }

    fn sign_out(self) {
        spawn_local(async move {
            let doors = self.doors.get_value();
            if doors.sign_out().await == Err(Failure::Offline) {
                return self.notice.set(String::from(t("sign_out_failed")));
            }
            // The next person at this computer finds nothing of what was written here.
            self.names.with_value(|names| {
                browser::forget(Shelf::Tab, &names.drafts());
                browser::forget(Shelf::Device, &names.signed_in());
            });
            self.forget_outbox();
            browser::remove_fragment();
            self.expired.set(true);
        });
    }
}
