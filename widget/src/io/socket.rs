//! A WebSocket that is closed and silent as soon as it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, MessageEvent, WebSocket};

/// What happens on a socket.
pub(crate) enum Heard {
    /// It is open.
    Open,
    /// A text came.
    Text(String),
    /// It is closed, or never opened.
    Closed,
}

/// An open or opening socket.
pub(crate) struct Socket {
    socket: WebSocket,
    _on_event: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Socket {
    /// Opens a socket; none if the browser refuses at once.
    pub(crate) fn open(address: &str, heard: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let socket = WebSocket::new(address).ok()?;
        let tell = heard.clone();
        let on_event = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            heard(if event.type_() == "open" { Heard::Open } else { Heard::Closed });
        });
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(text) = message.data().as_string() {
                tell(Heard::Text(text));
            }
        });
        let function = on_event.as_ref().unchecked_ref();
        socket.set_onopen(Some(function));
        socket.set_onclose(Some(function));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { socket, _on_event: on_event, _on_message: on_message })
    }

    /// Sends a text; a socket that cannot will say that it is closed.
    pub(crate) fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let _ = self.socket.close();
    }
}
