//! Keeps the lists live.

use super::{Desk, Link};
use crate::io::socket::{Happened, Socket};
use crate::model::lists::List;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::client;
use shared::protocol::{ConversationFrame, ErrorCode, InboxFrame, Millis};

/// Where no socket comes through, all lists are asked for anew: up to a thousand lines, so not every second.
const ASK_EVERY: Millis = 10_000;

impl Desk {
    /// Connects the lists to the edge, for as long as the desk is there.
    pub(super) fn follow_lists(self) {
        let path = self.doors.with_value(|doors| doors.inbox_live());
        let link = client::Link::asking_every(ASK_EVERY);
        let socket = Socket::connect(&path, link, move |socket, happened| match happened {
            // Nobody greets here: the edge begins with all lists.
            Happened::Open => {}
            Happened::Frame(text) => match serde_json::from_str(&text) {
                Ok(frame) => self.take_frame(frame),
                Err(_) => self.take_refusal(&text),
            },
            Happened::Live => {
                self.link.set(Link::Live);
                self.hurry();
            }
            Happened::Lost => {
                if self.link.get_untracked() != Link::Slow {
                    self.link.set(Link::Lost);
                }
            }
            Happened::Ask => self.fetch_lists(socket.clone()),
        });
        self.lists_socket.set_value(Some(socket));
    }

    /// Asks for the lists once, in the place of the socket. It also finds out that nobody is signed in, which a socket that
    /// does not open cannot tell.
    fn fetch_lists(self, socket: Socket) {
        spawn_local(async move {
            let doors = self.doors.get_value();
            let answer = doors.inbox().await;
            let is_ok = answer.is_ok();
            if !socket.link().is_live() {
                self.link.try_set(if is_ok { Link::Slow } else { Link::Lost });
            }
            match answer {
                Ok(frame) => {
                    self.take_frame(frame);
                    self.hurry();
                }
                Err(failure) => self.failed(&failure),
            }
            socket.answered(is_ok);
        });
    }

    /// The edge says why it closes the socket.
    fn take_refusal(self, text: &str) {
        let refusal = serde_json::from_str(text);
        if matches!(refusal, Ok(ConversationFrame::Refused { error, .. }) if error.code == ErrorCode::NotSignedIn) {
            self.expired.set(true);
        }
    }

    fn take_frame(self, frame: InboxFrame) {
        let waiting = |desk: Desk| {
            desk.lists.try_with_untracked(|lists| (lists.loaded, lists.count(&List::Waiting))).unwrap_or_default()
        };
        let (was_loaded, before) = waiting(self);
        self.lists.try_update(|lists| lists.take(frame));
        let (_, after) = waiting(self);
        if was_loaded && after > before {
            self.notice.set(words::count("visitors_wait", after as u64));
        }
    }
}
