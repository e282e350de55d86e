//! The network: requests that may be lost on either way, sockets that may be open on one side only, and an edge that has no
//! time for some of what comes.
//!
//! What a socket carries comes in its order, as TCP has it, and is lost only when the socket breaks, which its ends may not
//! notice. To be stricter than TCP, frames to clients also come twice and out of order now and then.

use shared::client::{Command as _, REQUEST_MS};
use shared::protocol::{ApiError, ErrorCode, Millis};

use super::frames::{Down, Request, Up};
use super::{Happening, World};

/// A request is given up after this, as the panel and the inbox do.
pub(crate) const REQUEST_TIMEOUT: Millis = REQUEST_MS as Millis;
/// For how long the edge puts off those for whom it has no time: long enough to be overtaken, if anything could.
const PUT_OFF: (Millis, Millis) = (100, 6_000);

/// One WebSocket.
#[derive(Debug, Clone)]
pub(crate) struct Socket {
    pub(crate) object: usize,
    pub(crate) end: usize,
    /// Whether the client has it open, as far as it knows.
    pub(crate) client_has: bool,
    /// Whether the object has it open, as far as it knows.
    pub(crate) server_has: bool,
    pub(crate) greeted: bool,
    /// Nothing comes through any more.
    pub(crate) broken: bool,
    last_up: Millis,
    last_down: Millis,
}

impl World {
    fn delay(&mut self) -> Millis {
        if self.rng.chance(8) { self.rng.between(500, 8_000) } else { self.rng.between(5, 150) }
    }

    pub(crate) fn loses(&mut self, per_cent: u64) -> bool {
        !self.healed && self.rng.chance(per_cent)
    }

    pub(crate) fn is_online(&self, end: usize) -> bool {
        self.devices[self.ends[end].device].is_online
    }

    /// A client opens a socket.
    pub(crate) fn dial(&mut self, end: usize) -> usize {
        let object = self.ends[end].object;
        let socket = Socket {
            object,
            end,
            client_has: true,
            server_has: false,
            greeted: false,
            broken: false,
            last_up: self.now,
            last_down: self.now,
        };
        self.sockets.push(socket);
        let number = self.sockets.len() - 1;
        let wait = self.delay();
        if !self.is_online(end) || self.loses(10) {
            // Now and then nothing is heard at all.
            if self.rng.chance(70) {
                self.after(wait, Happening::SocketCloses(number));
            }
        } else {
            self.after(wait, Happening::SocketOpens(number));
        }
        number
    }

    /// A socket breaks. Its client may hear of that now, or never.
    pub(crate) fn break_socket(&mut self, number: usize, heard_per_cent: u64) {
        self.sockets[number].broken = true;
        self.sockets[number].server_has = false;
        if self.rng.chance(heard_per_cent) {
            let wait = self.delay();
            self.after(wait, Happening::SocketCloses(number));
        }
    }

    /// The other side of a socket is gone. Frames that it has sent may still come.
    pub(crate) fn cut_off(&mut self, number: usize) {
        if self.rng.chance(50) {
            return self.break_socket(number, 60);
        }
        self.sockets[number].server_has = false;
        if self.rng.chance(60) {
            let wait = self.sockets[number].last_down.saturating_sub(self.now) + self.delay();
            self.after(wait, Happening::SocketCloses(number));
        }
    }

    /// A client sends a frame.
    pub(crate) fn send_up(&mut self, number: usize, frame: Up) {
        if self.sockets[number].broken || !self.is_online(self.sockets[number].end) {
            return;
        }
        let at = (self.now + self.delay()).max(self.sockets[number].last_up);
        self.sockets[number].last_up = at;
        if self.loses(4) {
            self.tell(|| format!("socket {number} breaks under a frame of its client"));
            return self.break_socket(number, 50);
        }
        if let Up::Do(command) = &frame
            && let Some(error) = self.puts_off()
        {
            // Sometimes the refusal does not say of what it is.
            let id = self.rng.chance(80).then(|| command.id().clone());
            return self.after(at + 5 - self.now, Happening::Down(number, Down::Refused(id, error)));
        }
        if self.loses(4) {
            self.after(at - self.now, Happening::Up(number, frame.clone()));
        }
        self.after(at - self.now, Happening::Up(number, frame));
    }

    /// Why the edge does nothing of a command for now; mostly it does.
    fn puts_off(&mut self) -> Option<ApiError> {
        if !self.loses(4) {
            return None;
        }
        let (shortest, longest) = PUT_OFF;
        let wait = self.rng.between(shortest, longest);
        Some(if self.rng.chance(70) { ApiError::too_many(wait) } else { ApiError::new(ErrorCode::Internal) })
    }

    /// An object sends a frame.
    pub(crate) fn send_down(&mut self, number: usize, frame: Down) {
        if self.sockets[number].broken || !self.sockets[number].server_has {
            return;
        }
        let mut wait = self.delay();
        if !self.loses(6) {
            let at = (self.now + wait).max(self.sockets[number].last_down);
            self.sockets[number].last_down = at;
            wait = at - self.now;
        }
        if self.loses(4) {
            self.tell(|| format!("socket {number} breaks under a frame of the edge"));
            return self.break_socket(number, 50);
        }
        if self.loses(4) {
            let again = wait + self.delay();
            self.after(again, Happening::Down(number, frame.clone()));
        }
        self.after(wait, Happening::Down(number, frame));
    }

    /// A client sends a request.
    pub(crate) fn ask(&mut self, request: Request) {
        if !self.is_online(request.end) {
            let wait = self.delay();
            return self.after(wait, Happening::Answers(request, None));
        }
        if self.loses(8) {
            return self.after(REQUEST_TIMEOUT, Happening::Answers(request, None));
        }
        let wait = self.delay();
        if request.command.is_some()
            && let Some(error) = self.puts_off()
        {
            return self.after(wait, Happening::Answers(request, Some(Err(error))));
        }
        if self.loses(5) {
            let again = wait + self.delay();
            self.after(again, Happening::Arrives(request.clone(), false));
        }
        self.after(wait, Happening::Arrives(request, true));
    }

    /// The edge answers a request.
    pub(crate) fn answer(&mut self, request: Request, result: Option<Result<shared::protocol::Events, ApiError>>) {
        if result.is_none() || !self.is_online(request.end) || self.loses(8) {
            let wait = if self.rng.chance(50) { self.delay() } else { REQUEST_TIMEOUT };
            return self.after(wait, Happening::Answers(request, None));
        }
        let wait = self.delay();
        self.after(wait, Happening::Answers(request, result));
    }
}
