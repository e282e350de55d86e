//! A WebSocket to the edge, read with a deadline.

use crate::waiting::DEADLINE;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::{HeaderName, HeaderValue};
use tungstenite::{Error, Message, WebSocket};

/// An open socket.
pub struct Socket(WebSocket<TcpStream>);

impl Socket {
    /// Opens the door at `path`; panics if it does not open.
    pub fn open(port: u16, path: &str, headers: &[(&str, &str)]) -> Self {
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().unwrap();
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.set_nodelay(true).unwrap();
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => Self(socket),
            Err(error) => panic!("{path} does not open: {error}"),
        }
    }

    pub fn send(&mut self, frame: &impl Serialize) {
        self.send_text(&serde_json::to_string(frame).unwrap());
    }

    pub fn send_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).unwrap();
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.0.send(Message::binary(bytes.to_vec())).unwrap();
    }

    /// The next frame. Panics if none comes in time, or the socket is closed.
    pub fn receive<T: DeserializeOwned>(&mut self) -> T {
        let text = self.receive_text();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    pub fn receive_text(&mut self) -> String {
        match self.next() {
            Ok(text) => text,
            Err(error) => panic!("no frame came: {error}"),
        }
    }

    /// Waits until the edge has closed the socket; what it said before that.
    pub fn until_closed(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            match self.next() {
                Ok(text) => said.push(text),
                Err(Error::Io(error))
                    if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
                {
                    panic!("the socket stayed open");
                }
                Err(_) => return said,
            }
        }
    }

    fn next(&mut self) -> Result<String, Error> {
        loop {
            match self.0.read()? {
                Message::Text(text) => return Ok(text.to_string()),
                Message::Close(_) => {}
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("an unexpected frame: {other:?}"),
            }
        }
    }
}
