//! Keeps the lists live.

use super::{Desk, Link};
use crate::io::socket::{Happened, Socket};
use crate::model::lists::List;
use crate::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::InboxFrame;

impl Desk {
    /// Connects the lists to the edge, for as long as the desk is there.
    pub(super) fn follow_lists(self) {
        let path = self.doors.with_value(|doors| doors.inbox_live());
        let socket = Socket::connect(&path, move |happened| match happened {
            Happened::Opened => {
                self.link.set(Link::Live);
                self.revive();
            }
            Happened::Frame(text) => {
                if let Ok(frame) = serde_json::from_str(&text) {
                    self.take_frame(frame);
                }
            }
            Happened::Lost { was_open } => {
                self.link.set(Link::Lost);
                if !was_open {
                    self.fetch_lists();
                }
            }
        });
        self.lists_socket.set_value(Some(socket));
    }

    /// Asks for the lists once. Where sockets are blocked, this repeats with their back-off; it also finds out that nobody is
    /// signed in, which a socket cannot tell.
    fn fetch_lists(self) {
        spawn_local(async move {
            let doors = self.doors.get_value();
            match doors.inbox().await {
                Ok(frame) => {
                    self.link.try_set(Link::Slow);
                    self.take_frame(frame);
                    self.revive();
                }
                Err(failure) => self.failed(&failure),
            }
        });
    }

    fn take_frame(self, frame: InboxFrame) {
        let waiting = |desk: Desk| {
            desk.lists.try_with_untracked(|lists| (lists.loaded, lists.count(&List::Waiting))).unwrap_or_default()
        };
        let (was_loaded, before) = waiting(self);
        self.lists.try_update(|lists| lists.take(frame));
        let (_, after) = waiting(self);
        if was_loaded && after > before {
            self.notice.set(words::count("one_waits", "many_wait", after));
        }
    }
}
