//! A WebSocket that comes back by itself: it does what `Link` decides.

use super::browser;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use shared::client::{Act, Input, Link};
use shared::protocol::{Millis, PING, PONG};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

/// What happens on a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happened {
    /// It is open, for the first time or again: the greeting is to be sent, if there is one.
    Open,
    /// A frame came.
    Frame(String),
    /// From here on it is live: what waits can be sent.
    Live,
    /// It is not live any more: what was sent over it may be lost.
    Lost,
    /// No socket comes through: a request is to be sent in its place, and its end told to `answered`.
    Ask,
}

/// A handle to a connection. It is closed by `leave`, and when the last handle is dropped.
#[derive(Clone)]
pub(crate) struct Socket(Rc<Connection>);

/// What hears of everything that happens on a connection.
type Tell = Box<dyn Fn(&Socket, Happened)>;

struct Connection {
    url: String,
    tell: Tell,
    link: RefCell<Link>,
    open: RefCell<Option<Open>>,
    timer: RefCell<Option<Timeout>>,
}

/// An open or opening WebSocket, closed and silent as soon as it is dropped.
struct Open {
    socket: WebSocket,
    _listeners: [EventListener; 3],
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

impl Socket {
    /// Connects to a door on this origin, and again whenever the connection is lost. `link` knows what was found out before
    /// about the network.
    pub(crate) fn connect(path: &str, link: Link, tell: impl Fn(&Socket, Happened) + 'static) -> Self {
        let (link, open, timer) = (RefCell::new(link), RefCell::default(), RefCell::default());
        let socket =
            Self(Rc::new(Connection { url: browser::socket_url(path), tell: Box::new(tell), link, open, timer }));
        socket.turn(Input::Follow);
        socket
    }

    /// Its link, which knows how the network treats sockets.
    pub(crate) fn link(&self) -> Link {
        *self.0.link.borrow()
    }

    /// Sends a frame. One that cannot be sent is lost with the socket.
    pub(crate) fn send(&self, frame: &str) {
        if let Some(open) = self.0.open.borrow().as_ref() {
            let _ = open.socket.send_with_str(frame);
        }
    }

    /// Finds out now whether it lives, or tries again at once.
    pub(crate) fn check(&self) {
        self.turn(Input::Check);
    }

    /// The edge has refused the socket as such: it is of no more use.
    pub(crate) fn refused(&self) {
        self.turn(Input::Closed);
    }

    /// The request in its place has ended.
    pub(crate) fn answered(&self, is_ok: bool) {
        self.turn(if is_ok { Input::Answered } else { Input::Unanswered });
    }

    /// Closes it for good.
    pub(crate) fn leave(&self) {
        self.turn(Input::Leave);
    }

    fn turn(&self, input: Input) {
        let acts = self.0.link.borrow_mut().handle(input, browser::now(), browser::random());
        acts.into_iter().for_each(|act| self.act(act));
        let wait = self.link().deadline().map(|at| at.saturating_sub(browser::now()));
        self.0.timer.replace(wait.map(|wait| self.later(wait, Input::Time)));
    }

    fn act(&self, act: Act) {
        match act {
            Act::Open => self.dial(),
            Act::Greet => self.tell(Happened::Open),
            Act::Ping => self.send(PING),
            Act::Ask => self.tell(Happened::Ask),
            Act::Close => drop(self.0.open.take()),
            Act::Live => self.tell(Happened::Live),
            Act::Lost => self.tell(Happened::Lost),
        }
    }

    fn tell(&self, happened: Happened) {
        (self.0.tell)(self, happened);
    }

    fn dial(&self) {
        // A refusal that comes at once is reported later, because the link is just being handled.
        let Ok(socket) = WebSocket::new(&self.0.url) else { return drop(self.later(0, Input::Closed).forget()) };
        let listeners = [
            self.on(&socket, "open", |here, _| here.turn(Input::Opened)),
            self.on(&socket, "message", |here, event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                // The greeting's answer is taken before what waits is sent, so that nothing is sent twice.
                if let Some(text) = text.filter(|text| text != PONG) {
                    here.tell(Happened::Frame(text));
                }
                here.turn(Input::Heard);
            }),
            self.on(&socket, "close", |here, _| here.turn(Input::Closed)),
        ];
        self.0.open.replace(Some(Open { socket, _listeners: listeners }));
    }

    /// Listens without keeping the connection alive: only its handles do.
    fn on(&self, socket: &WebSocket, event: &'static str, then: fn(&Self, &web_sys::Event)) -> EventListener {
        let connection = Rc::downgrade(&self.0);
        EventListener::new(socket, event, move |event| {
            if let Some(connection) = connection.upgrade() {
                then(&Self(connection), event);
            }
        })
    }

    fn later(&self, wait: Millis, input: Input) -> Timeout {
        let connection = Rc::downgrade(&self.0);
        browser::later(wait, move || {
            if let Some(connection) = connection.upgrade() {
                Self(connection).turn(input);
            }
        })
    }
}
