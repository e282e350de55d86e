//! Keeps the lists live.

use super::chrome::{Chrome, Link};
use super::conversations::Conversations;
use super::open::OpenConversations;
use super::session::Session;
use crate::io::socket::{Happened, Socket};
use crate::model::lists::List;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::client;
use shared::protocol::{ConversationFrame, ErrorCode, InboxFrame, Millis};

/// Where no socket comes through, all lists are asked for anew: up to a thousand lines, so not every second.
const ASK_EVERY: Millis = 10_000;

/// The link on which the lists come.
#[derive(Clone, Copy)]
pub(super) struct LiveLists {
    socket: StoredValue<Option<Socket>, LocalStorage>,
    session: Session,
    chrome: Chrome,
    conversations: Conversations,
    open: OpenConversations,
}

impl LiveLists {
    /// Lists that are not connected yet.
    pub(super) fn new(session: Session, chrome: Chrome, conversations: Conversations, open: OpenConversations) -> Self {
        Self { socket: StoredValue::new_local(None), session, chrome, conversations, open }
    }

    /// Connects the lists to the edge, until they are left.
    pub(super) fn follow(self) {
        let path = self.session.doors.with_value(|doors| doors.inbox_live());
        let link = client::Link::asking_every(ASK_EVERY);
        let socket = Socket::connect(&path, link, move |socket, happened| match happened {
            // Nobody greets here: the edge begins with all lists.
            Happened::Open => {}
            Happened::Frame(text) => match serde_json::from_str(&text) {
                Ok(frame) => self.take_frame(frame),
                Err(_) => self.take_refusal(&text),
            },
            Happened::Live => {
                self.chrome.link.set(Link::Live);
                self.open.hurry();
            }
            Happened::Lost => {
                if self.chrome.link.get_untracked() != Link::Slow {
                    self.chrome.link.set(Link::Lost);
                }
            }
            Happened::Ask => self.fetch_lists(socket.clone()),
        });
        self.socket.set_value(Some(socket));
    }

    /// Closes the socket.
    pub(super) fn leave(self) {
        let socket = self.socket.try_update_value(Option::take).flatten();
        socket.iter().for_each(|socket| socket.leave());
    }

    /// Asks the socket whether it still lives.
    pub(super) fn check(self) {
        if let Some(socket) = self.socket.get_value() {
            socket.check();
        }
    }

    /// Asks for the lists once, in the place of the socket. It also finds out that nobody is signed in, which a socket that
    /// does not open cannot tell.
    fn fetch_lists(self, socket: Socket) {
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let answer = doors.inbox().await;
            let is_ok = answer.is_ok();
            if !socket.link().is_live() {
                self.chrome.link.try_set(if is_ok { Link::Slow } else { Link::Lost });
            }
            match answer {
                Ok(frame) => {
                    self.take_frame(frame);
                    self.open.hurry();
                }
                Err(failure) => self.session.failed(&failure),
            }
            socket.answered(is_ok);
        });
    }

    /// The edge says why it closes the socket.
    fn take_refusal(self, text: &str) {
        let refusal = serde_json::from_str(text);
        if matches!(refusal, Ok(ConversationFrame::Refused { error, .. }) if error.code == ErrorCode::NotSignedIn) {
            self.session.expired.set(true);
        }
    }

    fn take_frame(self, frame: InboxFrame) {
        let lists = self.conversations.lists;
        let waiting =
            || lists.try_with_untracked(|lists| (lists.loaded, lists.count(&List::Waiting))).unwrap_or_default();
        let (was_loaded, before) = waiting();
        lists.try_update(|lists| lists.take(frame));
        let (_, after) = waiting();
        if was_loaded && after > before {
            self.chrome.notice.set(words::count("visitors_wait", after as u64));
        }
    }
}
