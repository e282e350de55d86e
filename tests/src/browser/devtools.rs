//! The DevTools protocol over its WebSocket: commands to the browser and to each of its pages, frames and workers.

use crate::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::Duration;
use tungstenite::{Error, Message, WebSocket};

/// A connection to the browser's debugger.
pub(super) struct DevTools {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    /// Which session each awaited reply comes from.
    asked: BTreeMap<u64, String>,
}

/// How long a read waits before it lets others have a turn.
const TURN: Duration = Duration::from_millis(20);

impl DevTools {
    /// Connects, and holds every new page, frame and worker until it is taken on.
    pub(super) fn connect(debugger: &str) -> Self {
        let mut devtools = Self::open(debugger);
        devtools.attach_to_new(None);
        devtools
    }

    /// Connects to the browser alone.
    pub(super) fn open(debugger: &str) -> Self {
        let version: Value =
            serde_json::from_slice(&Client::new(&format!("http://{debugger}")).get("/json/version").send().body)
                .unwrap();
        let url = version["webSocketDebuggerUrl"].as_str().unwrap();
        let stream = TcpStream::connect(debugger).unwrap();
        let (socket, _) = tungstenite::client(url, stream).unwrap();
        socket.get_ref().set_read_timeout(Some(TURN)).unwrap();
        Self { socket, last_id: 0, asked: BTreeMap::new() }
    }

    /// The next message; none if nothing came for a turn. An error when the browser is gone.
    pub(super) fn next(&mut self) -> Result<Option<Value>, Error> {
        match self.socket.read() {
            Ok(Message::Text(text)) => Ok(serde_json::from_str(&text).ok()),
            Ok(_) => Ok(None),
            Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes a new page, frame or worker report all it does, and lets it begin.
    pub(super) fn take_on(&mut self, session: &str) {
        for command in ["Runtime.enable", "Log.enable", "Network.enable"] {
            self.send(Some(session), command, json!({}));
        }
        self.attach_to_new(Some(session));
        self.send(Some(session), "Runtime.runIfWaitingForDebugger", json!({}));
    }

    /// Asks every session for a sign of life; gives the numbers of the replies to wait for.
    pub(super) fn ask_all(&mut self, sessions: &BTreeSet<String>) -> BTreeSet<u64> {
        self.asked.clear();
        let mut awaited = BTreeSet::from([self.send(None, "Browser.getVersion", json!({}))]);
        for session in sessions {
            let id = self.send(Some(session), "Runtime.evaluate", json!({ "expression": "0" }));
            self.asked.insert(id, session.clone());
            awaited.insert(id);
        }
        awaited
    }

    /// The session that a reply comes from; none for the browser itself.
    pub(super) fn session_of(&self, reply: u64) -> Option<&String> {
        self.asked.get(&reply)
    }

    /// Holds every new frame and worker of a session until it is taken on.
    pub(super) fn attach_to_new(&mut self, session: Option<&str>) {
        let parameters = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        self.send(session, "Target.setAutoAttach", parameters);
    }

    /// Sends a command, to a session or to the browser itself, and gives the number that its reply has.
    pub(super) fn send(&mut self, session: Option<&str>, method: &str, params: Value) -> u64 {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(session) = session {
            command["sessionId"] = json!(session);
        }
        // A browser that is gone is noticed by the next read.
        let _ = self.socket.send(Message::text(command.to_string()));
        self.last_id
    }
}
