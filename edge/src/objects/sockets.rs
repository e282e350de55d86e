//! Hibernating WebSockets: accepting them, remembering who is behind each, and sending frames.

use crate::failure::Failure;
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::protocol::{ApiError, Author, ConversationFrame, Millis, PING, PONG};
use worker::worker_sys::WebSocketRequestResponsePair;
use worker::{Response, State, WebSocket, WebSocketPair};

/// Who opens a socket, as far as the worker could tell from the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Caller {
    /// A visitor, who proves it in the first frame.
    Visitor,
    /// An agent, proven by the session cookie.
    Agent(Author),
}

/// What a socket remembers while its object sleeps. Attachments are limited to 2 kB.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attachment {
    pub(crate) caller: Caller,
    /// Whether the greeting was taken: before that it gets nothing.
    pub(crate) greeted: bool,
    pub(crate) opened_at: Millis,
}

/// A conversation has a few tabs and agents; more is a flood.
const MAX_SOCKETS: usize = 32;
/// Policy violation (RFC 6455, section 7.4.1).
pub(crate) const CLOSE_REFUSED: u16 = 1008;
/// Try again later (the registry of RFC 6455 close codes).
const CLOSE_TRY_AGAIN: u16 = 1013;

/// Accepts a socket that may sleep, and answers pings without waking the object.
pub(crate) fn accept(state: &State, caller: Caller, greeted: bool) -> Result<(Response, WebSocket), Failure> {
    let pair = WebSocketPair::new()?;
    state.accept_web_socket(&pair.server);
    state.set_websocket_auto_response(&WebSocketRequestResponsePair::new(PING, PONG)?);
    pair.server.serialize_attachment(Attachment { caller, greeted, opened_at: now() })?;
    if state.get_websockets().len() > MAX_SOCKETS {
        pair.server.close(Some(CLOSE_TRY_AGAIN), Some("too many sockets"))?;
    }
    Ok((Response::from_websocket(pair.client)?, pair.server))
}

/// What a socket remembers; none if it is not one of ours.
pub(crate) fn attachment(socket: &WebSocket) -> Option<Attachment> {
    socket.deserialize_attachment().ok().flatten()
}

/// Sends a frame to one socket. A socket that is gone will be told to us by its close event.
pub(crate) fn send<T: Serialize>(socket: &WebSocket, frame: &T) {
    if let Ok(text) = serde_json::to_string(frame) {
        let _gone = socket.send_with_str(text);
    }
}

/// Sends a frame to every socket that has greeted.
pub(crate) fn broadcast<T: Serialize>(state: &State, frame: &T) {
    broadcast_to(state, frame, |_| true);
}

/// Sends a frame to every socket that has greeted and belongs to such a caller.
pub(crate) fn broadcast_to<T: Serialize>(state: &State, frame: &T, wanted: impl Fn(&Caller) -> bool) {
    let sockets = state.get_websockets();
    let listens = |one: Attachment| one.greeted && wanted(&one.caller);
    let mut listeners = sockets.iter().filter(|socket| attachment(socket).is_some_and(listens)).peekable();
    // Nothing is written out for nobody.
    if listeners.peek().is_none() {
        return;
    }
    let Ok(text) = serde_json::to_string(frame) else { return };
    for socket in listeners {
        let _gone = socket.send_with_str(&text);
    }
}

/// Tells a socket why it is refused, and closes it.
pub(crate) fn refuse(socket: &WebSocket, error: ApiError) {
    send(socket, &ConversationFrame::Refused { id: None, error });
    let _gone = socket.close(Some(CLOSE_REFUSED), Some("refused"));
}
