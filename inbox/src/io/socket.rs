//! A WebSocket that comes back by itself and notices when the other side is gone.

use super::browser;
use crate::model::backoff;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use shared::protocol::{PING, PONG};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

/// Proxies close connections that are silent for a minute; with `PONG_MS`, one that is half open is noticed in less than 30
/// seconds.
const PING_MS: u32 = 20_000;
/// A phone network's slowest answers come within this; later, the connection is taken for dead.
const PONG_MS: u32 = 8_000;

/// What happens on a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happened {
    /// It is open, for the first time or again.
    Opened,
    /// A frame came.
    Frame(String),
    /// It is closed and will be tried again. If it never opened, its door may have refused.
    Lost {
        /// Whether it had been open.
        was_open: bool,
    },
}

/// A connection; dropping it closes it for good.
pub(crate) struct Socket(Rc<Line>);

struct Line {
    url: String,
    tell: Box<dyn Fn(Happened)>,
    socket: RefCell<Option<WebSocket>>,
    listeners: RefCell<Vec<EventListener>>,
    /// The next try, the next ping or the end of patience with a pong: never two of them at once.
    timer: RefCell<Option<Timeout>>,
    tries: Cell<u32>,
    open: Cell<bool>,
}

impl Socket {
    /// Connects to a door on this origin, and again whenever the connection is lost.
    pub(crate) fn connect(path: &str, tell: impl Fn(Happened) + 'static) -> Self {
        let line = Rc::new(Line {
            url: browser::socket_url(path),
            tell: Box::new(tell),
            socket: RefCell::default(),
            listeners: RefCell::default(),
            timer: RefCell::default(),
            tries: Cell::new(0),
            open: Cell::new(false),
        });
        line.dial();
        Self(line)
    }

    /// Sends a frame; false if the connection is not open, and then nothing was sent.
    pub(crate) fn send(&self, frame: &str) -> bool {
        self.0.open.get() && self.0.socket.borrow().as_ref().is_some_and(|socket| socket.send_with_str(frame).is_ok())
    }

    /// Tries now instead of later, because the network is back or somebody looks at the page.
    pub(crate) fn hurry(&self) {
        if self.0.open.get() {
            self.0.ping();
        } else {
            self.0.tries.set(0);
            self.0.dial();
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.0.hang_up();
        self.0.timer.take();
    }
}

impl Line {
    fn dial(self: &Rc<Self>) {
        self.hang_up();
        let Ok(socket) = WebSocket::new(&self.url) else { return self.dial_later() };
        let listeners = vec![
            self.on(&socket, "open", |line, _| line.opened()),
            self.on(&socket, "message", |line, event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                line.came(text.unwrap_or_default());
            }),
            self.on(&socket, "close", |line, _| line.lost()),
        ];
        self.listeners.replace(listeners);
        self.socket.replace(Some(socket));
    }

    /// Listens without keeping the line alive: only its `Socket` does.
    fn on(
        self: &Rc<Self>,
        socket: &WebSocket,
        event: &'static str,
        then: fn(&Rc<Self>, &web_sys::Event),
    ) -> EventListener {
        let line = Rc::downgrade(self);
        EventListener::new(socket, event, move |event| {
            if let Some(line) = Weak::upgrade(&line) {
                then(&line, event);
            }
        })
    }

    fn opened(self: &Rc<Self>) {
        self.open.set(true);
        self.after(PING_MS, Self::ping);
        (self.tell)(Happened::Opened);
    }

    fn came(self: &Rc<Self>, text: String) {
        // Whatever comes proves that the other side is there and lets us in; that a socket opens does not.
        self.tries.set(0);
        self.after(PING_MS, Self::ping);
        if text != PONG {
            (self.tell)(Happened::Frame(text));
        }
    }

    fn ping(self: &Rc<Self>) {
        let sent = self.socket.borrow().as_ref().is_some_and(|socket| socket.send_with_str(PING).is_ok());
        if sent { self.after(PONG_MS, Self::lost) } else { self.lost() }
    }

    fn lost(self: &Rc<Self>) {
        let was_open = self.open.get();
        self.hang_up();
        self.dial_later();
        (self.tell)(Happened::Lost { was_open });
    }

    fn dial_later(self: &Rc<Self>) {
        let tries = self.tries.replace(self.tries.get().saturating_add(1));
        self.after(backoff::delay(tries, browser::chance()), Self::dial);
    }

    fn after(self: &Rc<Self>, ms: u32, then: fn(&Rc<Self>)) {
        let line = Rc::downgrade(self);
        let timer = Timeout::new(ms, move || {
            if let Some(line) = Weak::upgrade(&line) {
                then(&line);
            }
        });
        self.timer.replace(Some(timer));
    }

    fn hang_up(&self) {
        self.open.set(false);
        self.listeners.take();
        if let Some(socket) = self.socket.take() {
            let _ = socket.close();
        }
    }
}
