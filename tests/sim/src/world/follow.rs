//! A client's socket: `Link` says when to open it, greet, ask and give up, and this does it, as the panel and the inbox do
//! (`widget/src/panel/follow.rs`, `inbox/src/io/socket.rs`).

use shared::client::{Act, Input, is_of_socket};

use super::frames::{Down, Up};
use super::{Happening, World};
use crate::Bug;

impl World {
    pub(crate) fn follow(&mut self, number: usize) {
        if !self.ends[number].follows {
            self.ends[number].follows = true;
            self.turn(number, Input::Follow);
        }
    }

    pub(crate) fn turn(&mut self, number: usize, input: Input) {
        let random = self.rng.next() as u32;
        let now = self.device_now(number);
        let is_deaf = self.has(Bug::HalfOpenUnnoticed(self.ends[number].side));
        if input == Input::Time && is_deaf && self.ends[number].link.is_live() {
            return;
        }
        for act in self.ends[number].link.handle(input, now, random) {
            self.act(number, act);
        }
        let one = &mut self.ends[number];
        one.timers += 1;
        if let Some(deadline) = one.link.deadline() {
            let (wait, timer) = (deadline.saturating_sub(now), one.timers);
            self.after(wait, Happening::LinkTime(number, timer));
        }
    }

    pub(crate) fn link_time(&mut self, number: usize, timer: u32) {
        if self.ends[number].timers == timer && self.ends[number].is_open {
            self.turn(number, Input::Time);
        }
    }

    fn act(&mut self, number: usize, act: Act) {
        match act {
            Act::Open => self.ends[number].socket = Some(self.dial(number)),
            Act::Greet => {
                let have = self.ends[number].log.have();
                self.send_over(number, Up::Hello { have });
            }
            Act::Ask => self.hold(number),
            Act::Ping => self.send_over(number, Up::Ping),
            Act::Close => {
                if let Some(socket) = self.ends[number].socket.take() {
                    self.sockets[socket].client_has = false;
                    self.sockets[socket].server_has = false;
                }
            }
            Act::Live => {
                self.ends[number].log.report_again();
                self.hurry(number);
                self.read_what_is_shown(number);
            }
            Act::Lost => {
                if !self.has(Bug::CarriedForgotten(self.ends[number].side)) {
                    self.ends[number].outbox.lost();
                    self.flush(number);
                }
            }
        }
    }

    fn send_over(&mut self, number: usize, frame: Up) {
        if let Some(socket) = self.ends[number].socket {
            self.send_up(socket, frame);
        }
    }

    pub(crate) fn socket_opens(&mut self, socket: usize) {
        if !self.sockets[socket].client_has || self.sockets[socket].broken {
            return;
        }
        self.sockets[socket].server_has = true;
        self.turn(self.sockets[socket].end, Input::Opened);
    }

    pub(crate) fn socket_closes(&mut self, socket: usize) {
        let end = self.sockets[socket].end;
        self.sockets[socket].server_has = false;
        if self.sockets[socket].client_has && self.ends[end].socket == Some(socket) {
            self.turn(end, Input::Closed);
        }
    }

    /// A frame reaches a client.
    pub(crate) fn client_hears(&mut self, socket: usize, frame: Down) {
        let number = self.sockets[socket].end;
        let is_deaf = self.sockets[socket].broken || !self.is_online(number);
        if is_deaf || !self.sockets[socket].client_has || self.ends[number].socket != Some(socket) {
            return;
        }
        match frame {
            Down::Pong => {}
            Down::Events(events) => self.take(number, events),
            Down::Accepted(id) => {
                self.hears_of_storage(number, id.clone());
                self.accepted(number, &id);
            }
            Down::Refused(None, error) if is_of_socket(error.code) => return self.turn(number, Input::Closed),
            Down::Refused(id, error) => {
                if let Some(id) = id.or_else(|| self.ends[number].outbox.carried().cloned()) {
                    self.refused(number, &id, error);
                }
            }
        }
        self.turn(number, Input::Heard);
    }
}
