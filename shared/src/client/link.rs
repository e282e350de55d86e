//! The life of the way to a conversation: when to open a socket, greet, ask whether it lives, and try again; and, where
//! networks let no socket through, when to hold a request open in its place.
//!
//! Sans-IO: `handle` takes what happened and gives what to do; `deadline` says when to call with `Input::Time`.

use super::Backoff;
use crate::protocol::{ErrorCode, Millis};

/// Shorter than the minute after which the strictest networks forget a silent connection.
const PING_EVERY: Millis = 20_000;
/// A connection that takes longer to answer than this is no use in a conversation. With `PING_EVERY`, one that is half open
/// is noticed in less than 30 seconds.
const PONG_WITHIN: Millis = 8_000;
/// As long for opening and greeting.
const OPEN_WITHIN: Millis = 10_000;
/// After this many sockets that never lived, requests carry the conversation: one may fail by a restart, two in a row hardly.
const SOCKETS_TRIED: u32 = 2;
/// Requests follow each other no faster, whatever they are answered: quick enough for a conversation, and no flood if
/// something between us answers at once with nothing.
const ASK_EVERY: Millis = 300;
/// A request that takes longer is lost: on a phone between two networks it would else hang for minutes.
pub const REQUEST_MS: u32 = 15_000;
/// How long the edge may hold a request that waits for something new. Many proxies give up after 30 seconds.
pub const HELD_MS: u32 = 25_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A conversation is to be followed from now on.
    Follow,
    /// None is to be followed any more.
    Leave,
    /// The socket is open.
    Opened,
    /// A frame came, of any kind.
    Heard,
    /// The socket is closed, or could not be opened.
    Closed,
    /// Something was sent that needs an answer, or the person is back: find out now whether the socket lives.
    Check,
    /// A held request was answered, perhaps with nothing.
    Answered,
    /// A held request failed.
    Unanswered,
    /// The deadline may have come.
    Time,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Open a socket.
    Open,
    /// Send the greeting.
    Greet,
    /// Send a ping.
    Ping,
    /// Hold a request open until there is something new.
    Ask,
    /// Close the socket and forget it.
    Close,
    /// It is live from here on: send what waits.
    Live,
    /// It is not live any more: what was sent over it may be lost.
    Lost,
}

/// The socket's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    phase: Phase,
    backoff: Backoff,
    /// Sockets in a row that never lived.
    stillborn: u32,
    asking: Asking,
    ask_every: Millis,
    patience: Backoff,
    /// When something last happened, by the device's clock.
    last: Millis,
}

impl Default for Link {
    fn default() -> Self {
        Self::asking_every(ASK_EVERY)
    }
}

/// The requests in the socket's place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Asking {
    #[default]
    Not,
    Held {
        since: Millis,
    },
    Resting {
        until: Millis,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Idle,
    Opening {
        until: Millis,
    },
    Greeting {
        until: Millis,
    },
    Live {
        ping_at: Millis,
        pong_until: Option<Millis>,
    },
    Resting {
        until: Millis,
    },
}

/// Whether a refusal that names no command is of the socket and not of what it carries: then the socket is of no more use,
/// and what it carries is sent in another way.
pub fn is_of_socket(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::HelloFirst
            | ErrorCode::UnknownConversation
            | ErrorCode::NotSignedIn
            | ErrorCode::IdentityExpired
            | ErrorCode::WrongToken
            | ErrorCode::NoIdentityKey
            | ErrorCode::TooMany
            | ErrorCode::Unavailable
            | ErrorCode::Internal
    )
}

impl Link {
    /// A link whose requests in a socket's place follow each other no faster than this: for what the edge answers at once
    /// and at length.
    pub fn asking_every(ask_every: Millis) -> Self {
        let (phase, asking) = (Phase::Idle, Asking::Not);
        let (backoff, patience) = (Backoff::default(), Backoff::default());
        Self { phase, backoff, stillborn: 0, asking, ask_every, patience, last: 0 }
    }

    /// Whether frames may be sent.
    pub fn is_live(&self) -> bool {
        matches!(self.phase, Phase::Live { .. })
    }

    /// Whether requests carry the conversation in place of a socket.
    pub fn is_asking(&self) -> bool {
        matches!(self.asking, Asking::Held { .. })
    }

    /// Whether the connection was lost and is being tried again.
    pub fn is_down(&self) -> bool {
        matches!(self.phase, Phase::Resting { .. }) && !self.is_asking()
    }

    /// When to call with `Input::Time`.
    pub fn deadline(&self) -> Option<Millis> {
        let of_socket = match self.phase {
            Phase::Idle => None,
            Phase::Opening { until } | Phase::Greeting { until } | Phase::Resting { until } => Some(until),
            Phase::Live { ping_at, pong_until } => Some(pong_until.map_or(ping_at, |until| until.min(ping_at))),
        };
        match self.asking {
            Asking::Resting { until } => Some(of_socket.map_or(until, |other| other.min(until))),
            Asking::Not | Asking::Held { .. } => of_socket,
        }
    }

    /// Takes what happened at `now`; `random` spreads the tries of many clients.
    pub fn handle(&mut self, input: Input, now: Millis, random: u32) -> Vec<Act> {
        self.follow_clock(now);
        match (input, self.phase) {
            (Input::Follow, Phase::Idle) => self.open(now),
            (Input::Follow, _) => {
                let mut acts = self.drop_socket();
                self.backoff = Backoff::default();
                self.asking = Asking::Not;
                acts.extend(self.open(now));
                acts
            }
            (Input::Leave, _) => {
                let acts = self.drop_socket();
                self.phase = Phase::Idle;
                self.asking = Asking::Not;
                acts
            }
            (Input::Opened, Phase::Opening { .. }) => {
                self.phase = Phase::Greeting { until: now + OPEN_WITHIN };
                vec![Act::Greet]
            }
            (Input::Heard, Phase::Greeting { .. }) => {
                self.backoff.succeeded();
                self.stillborn = 0;
                self.asking = Asking::Not;
                self.phase = Phase::Live { ping_at: now + PING_EVERY, pong_until: None };
                vec![Act::Live]
            }
            // The next ping is due as before: it is how the edge knows that this end is here.
            (Input::Heard, Phase::Live { ping_at, .. }) => {
                self.phase = Phase::Live { ping_at, pong_until: None };
                Vec::new()
            }
            (Input::Closed, Phase::Opening { .. } | Phase::Greeting { .. } | Phase::Live { .. }) => {
                self.rest(now, random)
            }
            (Input::Check, Phase::Resting { .. }) => {
                let mut acts = self.open(now);
                if let Asking::Resting { .. } = self.asking {
                    acts.extend(self.ask(now));
                }
                acts
            }
            (Input::Check, Phase::Live { .. }) => self.ping(now),
            (Input::Answered, _) => self.answered(now),
            (Input::Unanswered, _) => {
                if self.is_asking() {
                    self.asking = Asking::Resting { until: now + self.patience.failed(random) };
                }
                Vec::new()
            }
            (Input::Time, _) => {
                let mut acts = self.time(now, random);
                if let Asking::Resting { until } = self.asking
                    && now >= until
                {
                    acts.extend(self.ask(now));
                }
                acts
            }
            _ => Vec::new(),
        }
    }

    /// A clock that was put back makes nobody wait for long: what was to come in a while still comes in that while.
    fn follow_clock(&mut self, now: Millis) {
        let back = self.last.saturating_sub(now);
        self.last = now;
        let put_back = |at: &mut Millis| *at = at.saturating_sub(back);
        match &mut self.phase {
            Phase::Idle => {}
            Phase::Opening { until } | Phase::Greeting { until } | Phase::Resting { until } => put_back(until),
            Phase::Live { ping_at, pong_until } => {
                put_back(ping_at);
                pong_until.iter_mut().for_each(put_back);
            }
        }
        match &mut self.asking {
            Asking::Not => {}
            Asking::Held { since: at } | Asking::Resting { until: at } => put_back(at),
        }
    }

    fn time(&mut self, now: Millis, random: u32) -> Vec<Act> {
        match self.phase {
            Phase::Opening { until } | Phase::Greeting { until } if now >= until => self.rest(now, random),
            Phase::Resting { until } if now >= until => self.open(now),
            Phase::Live { pong_until: Some(until), .. } if now >= until => self.rest(now, random),
            Phase::Live { ping_at, .. } if now >= ping_at => self.ping(now),
            _ => Vec::new(),
        }
    }

    fn answered(&mut self, now: Millis) -> Vec<Act> {
        let Asking::Held { since } = self.asking else { return Vec::new() };
        self.patience.succeeded();
        if now >= since + self.ask_every {
            return self.ask(now);
        }
        self.asking = Asking::Resting { until: since + self.ask_every };
        Vec::new()
    }

    fn ask(&mut self, now: Millis) -> Vec<Act> {
        self.asking = Asking::Held { since: now };
        vec![Act::Ask]
    }

    fn ping(&mut self, now: Millis) -> Vec<Act> {
        let Phase::Live { pong_until, .. } = self.phase else { return Vec::new() };
        // A second question does not give more time to the first.
        let pong_until = Some(pong_until.unwrap_or(now + PONG_WITHIN));
        self.phase = Phase::Live { ping_at: now + PING_EVERY, pong_until };
        vec![Act::Ping]
    }

    fn open(&mut self, now: Millis) -> Vec<Act> {
        self.phase = Phase::Opening { until: now + OPEN_WITHIN };
        let mut acts = vec![Act::Open];
        // The socket is still tried, for the network may be another one by now; nobody waits for it.
        if self.stillborn >= SOCKETS_TRIED && self.asking == Asking::Not {
            acts.extend(self.ask(now));
        }
        acts
    }

    fn rest(&mut self, now: Millis, random: u32) -> Vec<Act> {
        let mut acts = self.drop_socket();
        if !self.is_live() {
            self.stillborn = self.stillborn.saturating_add(1);
        }
        self.phase = Phase::Resting { until: now + self.backoff.failed(random) };
        if self.stillborn >= SOCKETS_TRIED && self.asking == Asking::Not {
            acts.extend(self.ask(now));
        }
        acts
    }

    fn drop_socket(&self) -> Vec<Act> {
        match self.phase {
            Phase::Idle | Phase::Resting { .. } => Vec::new(),
            Phase::Opening { .. } | Phase::Greeting { .. } | Phase::Live { .. } => vec![Act::Close, Act::Lost],
        }
    }
}

#[cfg(test)]
mod tests;
