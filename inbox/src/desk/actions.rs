//! What the desk's keys, buttons and picker do.

use super::Desk;
use super::anchors::{PAGE_TITLE, REPLY_FIELD, THREAD_TITLE};
use super::chrome::{Done, Overlay};
use crate::io::browser::{self, Shelf};
use crate::io::http::Failure;
use crate::model::keys::{Action, Focus};
use crate::model::lists::List;
use crate::model::picker::Pick;
use crate::model::place::{Page, Place};
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::{AgentAction, Millis, Status};

/// Between two presses that are meant, people look at what the first one has done.
const TWICE_MS: Millis = 700;

impl Desk {
    /// Does what a key, a button or the picker asks for.
    pub(crate) fn run(self, action: Action) {
        match action {
            Action::Next => self.conversations.step(true),
            Action::Previous => self.conversations.step(false),
            Action::Open => self.conversations.open_row(),
            Action::Reply => browser::focus(REPLY_FIELD),
            Action::Resolve => self.resolve(),
            Action::Undo => self.undo(),
            Action::Assign => self.placing.show_assign(),
            Action::Take => self.placing.take(),
            Action::Snooze => self.placing.show_snooze(),
            Action::Wake => self.placing.wake(),
            Action::Go(list) => browser::go(&Place::of_list(list)),
            Action::GoTeam(number) => self.conversations.go_team(number),
            Action::Turn(page) => browser::go(&page.hash()),
            Action::Help => self.chrome.overlay.set(Some(Overlay::Help)),
            Action::Pick => self.show_picker(),
            Action::Close => self.close(),
            Action::SignOut => self.sign_out(),
        }
    }

    /// Does what was picked.
    pub(crate) fn pick(self, pick: Pick, caret: Option<u32>) {
        match pick {
            Pick::Do(action) => self.run(action),
            Pick::Place(change) => self.placing.change(change),
            Pick::Snooze(until) => self.placing.snooze(until),
            Pick::Conversation(id) => {
                browser::go(&Place { list: List::All, open: Some(id), ..Place::default() }.hash());
            }
            Pick::Article(title) => {
                let Some(id) = self.conversations.open_id() else { return };
                self.replies.change(|drafts| {
                    drafts.insert(&id, caret, &title);
                });
                browser::focus(REPLY_FIELD);
            }
        }
    }

    /// Resolves the open conversation and opens the next one of the list, or takes it up again.
    fn resolve(self) {
        let Self { open, chrome, conversations, .. } = self;
        let Some((id, status)) = untrack(|| open.of_open(|id, transcript| (id.clone(), transcript.state().status)))
        else {
            return;
        };
        let (now, last) = (browser::now(), chrome.resolved_at.get_value());
        // A key that is pressed twice means one conversation, and not the next one too.
        if now.abs_diff(last) < TWICE_MS {
            return;
        }
        if status == Status::Resolved {
            open.act(&id, AgentAction::Reopen);
            let done = Done {
                text: String::from(t("reopened_now")),
                conversation: id,
                undo: Some(AgentAction::Resolve),
                made: None,
            };
            return chrome.say_done(String::from(t("reopened_now")), done);
        }
        chrome.resolved_at.set_value(now);
        let next = conversations.beside(&id);
        open.act(&id, AgentAction::Resolve);
        let done = Done {
            text: String::from(t("status_resolved")),
            conversation: id,
            undo: Some(AgentAction::Reopen),
            made: None,
        };
        chrome.say_done(String::from(t("resolved_now")), done);
        conversations.place.with_untracked(|place| {
            browser::go(&next.map_or_else(|| Place::of_list(place.list.clone()), |next| place.of(&next)));
        });
    }

    /// Undoes what was just done, and goes back to where that was.
    fn undo(self) {
        let Self { open, chrome, conversations, .. } = self;
        let Some(done) = chrome.done.try_update(Option::take).flatten() else { return };
        if !untrack(|| self.placing.stands(&done)) {
            let text = String::from(t("error_changed"));
            return chrome.say_done(text.clone(), Done { text, undo: None, made: None, ..done });
        }
        let Done { conversation, undo, .. } = done;
        if let Some(undo) = undo {
            open.act(&conversation, undo);
            chrome.resolved_at.set_value(0);
            chrome.notice.set(String::from(t("undone")));
        }
        browser::go(&conversations.place.with_untracked(|place| place.of(&conversation)));
    }

    /// First out of the field, then out of the conversation.
    fn close(self) {
        let Self { conversations, chrome, .. } = self;
        if browser::focused() == Focus::Text {
            let on_page = conversations.place.with_untracked(|place| place.page != Page::Conversations);
            return browser::focus(if on_page { PAGE_TITLE } else { THREAD_TITLE });
        }
        if chrome.details.get_untracked() {
            return chrome.details.set(false);
        }
        conversations.place.with_untracked(|place| {
            if place.open.is_some() || place.page != Page::Conversations {
                browser::go(&Place::of_list(place.list.clone()));
            }
        });
    }

    fn show_picker(self) {
        self.chrome.overlay.set(Some(Overlay::Picker));
        self.articles.fetch(untrack(|| self.open.locale()));
    }

    fn sign_out(self) {
        let Self { session, chrome, open, replies, .. } = self;
        spawn_local(async move {
            let doors = session.doors.get_value();
            if doors.sign_out().await == Err(Failure::Offline) {
                return chrome.notice.set(String::from(t("sign_out_failed")));
            }
            // The next person at this computer finds nothing of what was written here.
            session.names.with_value(|names| {
                browser::forget(Shelf::Tab, &names.drafts_of_tab());
                browser::forget(Shelf::Device, &names.signed_in());
            });
            replies.forget();
            open.forget_outbox();
            browser::remove_fragment();
            session.expired.set(true);
        });
    }
}
