//! What the desk's keys, buttons and picker do.

use super::Desk;
use super::anchors::{PAGE_TITLE, REPLY_FIELD, THREAD_TITLE};
use super::chrome::Overlay;
use crate::io::browser::{self, Shelf};
use crate::io::http::Failure;
use crate::model::keys::{Action, Focus};
use crate::model::lists::List;
use crate::model::picker::Pick;
use crate::model::place::{Page, Place};
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::{AgentAction, Status};

impl Desk {
    /// Does what a key, a button or the picker asks for.
    pub(crate) fn run(self, action: Action) {
        match action {
            Action::Next => self.conversations.step(true),
            Action::Previous => self.conversations.step(false),
            Action::Open => self.conversations.open_row(),
            Action::Reply => browser::focus(REPLY_FIELD),
            Action::Resolve => self.resolve(),
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

    fn resolve(self) {
        let Self { open, chrome, .. } = self;
        let Some((id, status)) = untrack(|| open.of_open(|id, transcript| (id.clone(), transcript.state().status)))
        else {
            return;
        };
        if status == Status::Resolved {
            open.act(&id, AgentAction::Reopen);
            chrome.notice.set(String::from(t("reopened_now")));
        } else {
            open.act(&id, AgentAction::Resolve);
            chrome.notice.set(String::from(t("resolved_now")));
        }
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
        let Self { session, chrome, open, .. } = self;
        spawn_local(async move {
            let doors = session.doors.get_value();
            if doors.sign_out().await == Err(Failure::Offline) {
                return chrome.notice.set(String::from(t("sign_out_failed")));
            }
            // The next person at this computer finds nothing of what was written here.
            session.names.with_value(|names| {
                browser::forget(Shelf::Tab, &names.drafts());
                browser::forget(Shelf::Device, &names.signed_in());
            });
            open.forget_outbox();
            browser::remove_fragment();
            session.expired.set(true);
        });
    }
}
