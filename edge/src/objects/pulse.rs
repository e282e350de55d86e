//! Which sockets still have somebody at their other end.
//!
//! Every client pings every 20 seconds. The runtime answers without waking the object, and remembers when it did. A laptop that
//! was closed says nothing: its socket stays open for as long as no network in between forgets it, and answers no more.

use crate::platform::{now, silent_ms};
use js_sys::Date;
use shared::protocol::Millis;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::worker_sys::DurableObjectState;
use worker::{Env, State, WebSocket};

/// What the platform remembers of the sockets of one object.
pub(crate) struct Pulse {
    platform: Answering,
    silent_ms: Millis,
}

impl Pulse {
    /// The object's state, and beside it the pulse of its sockets.
    pub(crate) fn of(state: State, env: &Env) -> (State, Self) {
        let raw: DurableObjectState = state._inner();
        let platform = Answering::from(JsValue::from(raw.clone()));
        (State::from(raw), Self { platform, silent_ms: silent_ms(env) })
    }

    /// Whether the socket is open, and its other end was heard of lately, by a clock that was not put back since. One that never sent a ping was heard of when it was
    /// opened.
    pub(crate) fn beats(&self, socket: &WebSocket, opened_at: Millis) -> bool {
        let socket = socket.as_ref();
        let answered = self.platform.last_answer(socket).ok().flatten();
        let heard_at = answered.map_or(opened_at, |at| opened_at.max(at.get_time() as Millis));
        socket.ready_state() == web_sys::WebSocket::OPEN && now().abs_diff(heard_at) < self.silent_ms
    }
}

#[wasm_bindgen]
extern "C" {
    /// The part of `DurableObjectState` that workers-rs does not bind yet.
    type Answering;

    /// When the runtime has last answered a ping on this socket; none if it never has.
    #[wasm_bindgen(method, catch, js_name = getWebSocketAutoResponseTimestamp)]
    fn last_answer(this: &Answering, socket: &web_sys::WebSocket) -> Result<Option<Date>, JsValue>;
}
