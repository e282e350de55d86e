//! Hibernating WebSockets: accepting them, remembering who is behind each, and sending frames.

use crate::calls::Caller;
use crate::failure::Failure;
use crate::names::SessionDigest;
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::protocol::{ApiError, Author, ConversationFrame, ErrorCode, Millis, PING, PONG};
use std::cell::RefCell;
use worker::worker_sys::WebSocketRequestResponsePair;
use worker::{Response, State, WebSocket, WebSocketPair};

impl Caller {
    /// On which side they are.
    fn side(&self) -> &'static str {
        match self {
            Caller::Visitor { .. } => VISITORS,
            Caller::Agent { .. } => AGENTS,
        }
    }

    /// What this caller's sockets are found by.
    fn tags(&self) -> Vec<&str> {
        match self {
            Caller::Visitor { .. } => vec![VISITORS],
            Caller::Agent { session, .. } => vec![AGENTS, session.as_str()],
        }
    }
}

/// What a socket remembers while its object sleeps. Attachments are limited to 2 kB.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attachment {
    pub(crate) caller: Caller,
    /// Whether the greeting was taken: before that it gets nothing.
    pub(crate) greeted: bool,
    pub(crate) opened_at: Millis,
    /// Until when the greeting's proof holds; for ever, if none.
    #[serde(default)]
    pub(crate) until: Option<Millis>,
    /// Whether it wants to be told who else is there.
    #[serde(default)]
    pub(crate) company: bool,
}

impl Attachment {
    /// Whether its proof holds no longer.
    pub(crate) fn is_over(&self, now: Millis) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// The sockets of visitors. It names no session, whose digests are longer.
pub(crate) const VISITORS: &str = "visitors";
/// The sockets of agents.
pub(crate) const AGENTS: &str = "agents";
/// A visitor has a few tabs and devices at a conversation; more is a flood.
const MAX_VISITORS: usize = 16;
/// A whole team may look at a conversation or at the inbox, each in some tabs; visitors can never take their places.
const MAX_AGENTS: usize = 1_000;
/// Of a thousand sockets, one ends soon.
const TRY_AGAIN_MS: Millis = 10_000;
/// Policy violation (RFC 6455, section 7.4.1).
pub(crate) const CLOSE_REFUSED: u16 = 1008;

/// Of the numbers that RFC 6455 leaves to applications (section 7.4.2): nothing was heard for too long.
const CLOSE_SILENT: u16 = 4_000;

/// Accepts a socket that may sleep, and answers pings without waking the object.
pub(crate) fn accept(state: &State, caller: Caller, greeted: bool) -> Result<(Response, WebSocket), Failure> {
    let most = match caller {
        Caller::Visitor { .. } => MAX_VISITORS,
        Caller::Agent { .. } => MAX_AGENTS,
    };
    if state.get_websockets_with_tag(caller.side()).len() >= most {
        return Err(ApiError::too_many(TRY_AGAIN_MS).into());
    }
    let pair = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&pair.server, &caller.tags());
    state.set_websocket_auto_response(&WebSocketRequestResponsePair::new(PING, PONG)?);
    attach(&pair.server, &Attachment { caller, greeted, opened_at: now(), until: None, company: false })?;
    Ok((Response::from_websocket(pair.client)?, pair.server))
}

/// What a socket remembers; none if it is not one of ours.
pub(crate) fn attachment(socket: &WebSocket) -> Option<Attachment> {
    let text: String = socket.deserialize_attachment().ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Makes a socket remember this. As text: read for each socket at each message, its fields would be asked of JavaScript one
/// by one.
pub(crate) fn attach(socket: &WebSocket, attachment: &Attachment) -> Result<(), Failure> {
    Ok(socket.serialize_attachment(serde_json::to_string(attachment)?)?)
}

/// Sends a frame to one socket. A socket that is gone will be told to us by its close event.
pub(crate) fn send<T: Serialize>(socket: &WebSocket, frame: &T) {
    if let Ok(text) = serde_json::to_string(frame) {
        let _gone = socket.send_with_str(text);
    }
}

/// The sockets that have greeted, as they were when one last came or went: to ask the runtime for them and what they remember
/// costs as much as to send them a frame. An object says `changed` when it accepts or greets a socket, and
/// when one has gone.
#[derive(Default)]
pub(crate) struct Listeners(RefCell<Option<Vec<(WebSocket, Attachment)>>>);

impl Listeners {
    /// Sockets have come or gone.
    pub(crate) fn changed(&self) {
        self.0.take();
    }

    /// Whether a visitor listens.
    pub(crate) fn has_visitors(&self, state: &State) -> bool {
        self.with(state, |all| all.iter().any(|(_, one)| one.caller.side() == VISITORS))
    }

    /// Whether an agent listens.
    pub(crate) fn has_agents(&self, state: &State) -> bool {
        self.with(state, |all| all.iter().any(|(_, one)| one.caller.side() == AGENTS))
    }

    /// Sends every socket of one side a frame of its own.
    pub(crate) fn send_each<T: Serialize>(&self, state: &State, side: &str, frame: impl Fn(&Caller) -> Option<T>) {
        self.with(state, |all| {
            for (socket, one) in all.iter().filter(|(_, one)| one.caller.side() == side && !one.is_over(now())) {
                if let Some(frame) = frame(&one.caller) {
                    send(socket, &frame);
                }
            }
        });
    }

    /// The agents who listen, one for each of their sockets.
    pub(crate) fn authors(&self, state: &State) -> Vec<Author> {
        let author = |(_, one): &(WebSocket, Attachment)| match &one.caller {
            Caller::Agent { author, .. } => Some(author.clone()),
            Caller::Visitor { .. } => None,
        };
        self.with(state, |all| all.iter().filter_map(author).collect())
    }

    /// What a socket remembers; none if it is not one of ours.
    pub(crate) fn attachment(&self, socket: &WebSocket) -> Option<Attachment> {
        let known = self.0.borrow();
        let same = |(other, _): &&(WebSocket, Attachment)| other.as_ref() == socket.as_ref();
        let known = known.as_ref().and_then(|all| all.iter().find(same)).map(|(_, one)| one.clone());
        known.or_else(|| attachment(socket))
    }

    /// Sends a frame to every socket of one side. One whose proof holds no longer is told so.
    pub(crate) fn broadcast<T: Serialize>(&self, state: &State, side: &str, frame: &T) {
        self.with(state, |all| {
            let mut listeners = all.iter().filter(|(_, one)| one.caller.side() == side).peekable();
            // Nothing is written out for nobody.
            if listeners.peek().is_none() {
                return;
            }
            let Ok(text) = serde_json::to_string(frame) else { return };
            for (socket, one) in listeners {
                if one.is_over(now()) {
                    refuse(socket, ApiError::new(ErrorCode::IdentityExpired));
                } else {
                    let _gone = socket.send_with_str(&text);
                }
            }
        })
    }

    /// Sends a frame to every socket that wants to be told who else is there.
    pub(crate) fn tell_company<T: Serialize>(&self, state: &State, frame: &T) {
        self.with(state, |all| all.iter().filter(|(_, one)| one.company).for_each(|(socket, _)| send(socket, frame)));
    }

    fn with<T>(&self, state: &State, look: impl FnOnce(&[(WebSocket, Attachment)]) -> T) -> T {
        let known = self.0.take().unwrap_or_else(|| {
            // One that is just closing is among them still.
            let is_open = |socket: &WebSocket| socket.as_ref().ready_state() == web_sys::WebSocket::OPEN;
            let remember = |socket: WebSocket| attachment(&socket).map(|one| (socket, one));
            let open = state.get_websockets().into_iter().filter(is_open);
            open.filter_map(remember).filter(|(_, one)| one.greeted).collect()
        });
        let result = look(&known);
        self.0.replace(Some(known));
        result
    }
}

/// Closes the sockets that a session has opened, so that an agent who signs out sees no more.
pub(crate) fn end_session(state: &State, session: &SessionDigest) {
    for socket in state.get_websockets_with_tag(session.as_str()) {
        refuse(&socket, ApiError::new(ErrorCode::NotSignedIn));
    }
}

/// Closes a socket whose other end has gone silent.
pub(crate) fn hang_up(socket: &WebSocket) {
    let _gone = socket.close(Some(CLOSE_SILENT), Some("silent"));
}

/// Tells a socket why it is refused, and closes it.
pub(crate) fn refuse(socket: &WebSocket, error: ApiError) {
    send(socket, &ConversationFrame::Refused { id: None, error });
    let _gone = socket.close(Some(CLOSE_REFUSED), Some("refused"));
}
