//! Sitting down at the desk: the links, the clock and the listeners, until the view is gone.

use super::Desk;
use super::anchors::{PAGE_TITLE, THREAD_TITLE};
use crate::io::browser;
use crate::lean::memo;
use crate::model::lists::List;
use crate::model::place::{Page, Place, setup_token};
use crate::words::{self, t};
use gloo::timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;

/// Waiting times are shown in minutes; a fourth of one is late enough to see the change and early enough to trust it.
const TICK_MS: u32 = 15_000;
/// The agents present change by the hour, and a menu asks again before it counts.
const ROSTER_MS: u32 = 60_000;

impl Desk {
    /// Sits down: connects, follows the address and listens to keys until the view is gone.
    pub(crate) fn start(self) {
        let Self { session, chrome, conversations, team, open, visitors, replies, .. } = self;
        session.set_has_view(true);
        self.live_lists.follow();
        open.flush();
        team.refresh();
        let open_id = memo(move || conversations.open_id());
        Effect::new(move |_| open.follow(open_id.get()));
        let is_known = move |id: &_| conversations.lists.with(|lists| lists.get(id).is_some());
        let known = memo(move || conversations.open_id().filter(is_known));
        Effect::new(move |_| {
            if let Some(id) = known.get() {
                visitors.fetch_profile(id);
            }
        });
        Effect::new(move |_| {
            let waiting = conversations.lists.with(|lists| lists.size(&List::Waiting));
            let count = if waiting == 0 { String::new() } else { ["(", &waiting.to_string(), ") "].concat() };
            // Who works in another tab sees that something has come, and in how many messages.
            let news = match conversations.news.get() {
                0 => String::new(),
                news => [&words::count("new_messages", news), " · "].concat(),
            };
            browser::set_title(&[&news, &count, t("title")].concat());
        });
        let clock = StoredValue::new_local(Some(Interval::new(TICK_MS, move || chrome.now.set(browser::now()))));
        let roster = Interval::new(ROSTER_MS, move || {
            if browser::is_visible() {
                team.refresh();
            }
        });
        let roster = StoredValue::new_local(Some(roster));
        let listeners = [
            window_event_listener(ev::hashchange, move |_| self.follow_address()),
            window_event_listener(ev::keydown, move |event| self.press(&event)),
            window_event_listener(ev::online, move |_| self.look()),
            window_event_listener(ev::focus, move |_| self.look()),
            window_event_listener(ev::storage, move |event| {
                if let Some(name) = event.key() {
                    replies.take_from_other_tab(&name, event.new_value());
                }
            }),
        ];
        on_cleanup(move || {
            clock.set_value(None);
            roster.set_value(None);
            listeners.into_iter().for_each(|listener| listener.remove());
            // Without its sockets this desk sends nothing any more: the next agent has a desk of their own.
            session.set_has_view(false);
            open.stop();
            self.live_lists.leave();
        });
    }

    fn follow_address(self) {
        let Self { conversations, chrome, .. } = self;
        let hash = browser::address().1;
        if setup_token(&hash).is_some() {
            // The page loads anew.
            return;
        }
        let place = Place::parse(&hash);
        let before = conversations.place.get_untracked();
        let (open, to_open) = (before.open, place.open.clone());
        if place.list != before.list {
            conversations.cursor.set(Default::default());
        }
        let (to_page, list) = (place.page, place.list.clone());
        conversations.place.set(place);
        if to_page != Page::Conversations {
            // Another number of days is chosen on the page itself, and the focus stays with it.
            if std::mem::discriminant(&to_page) != std::mem::discriminant(&before.page) {
                browser::focus(PAGE_TITLE);
            }
            return;
        }
        match to_open {
            Some(id) if open.as_ref() != Some(&id) => {
                conversations.lists.with_untracked(|lists| {
                    let rows = lists.rows(&list);
                    conversations.cursor.update(|cursor| cursor.go(rows, &id));
                });
                chrome.details.set(false);
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
        // A dialog has its own keys.
        let has_dialog = self.chrome.overlay.with_untracked(|overlay| overlay.is_some());
        if browser::composes(event) || has_dialog || event.default_prevented() {
            return;
        }
        if let Some(action) = self.keyboard.press(event) {
            event.prevent_default();
            self.run(action);
        }
    }

    /// Somebody looks at the page again, or the network is back: what was missed is asked for now.
    fn look(self) {
        if browser::is_visible() && self.conversations.news.get_untracked() > 0 {
            self.conversations.news.set(0);
        }
        self.chrome.now.set(browser::now());
        self.live_lists.check();
        self.open.check();
        self.open.hurry();
        self.open.mark_read();
    }
}
