//! A WebSocket to the edge, read with a deadline.

use crate::waiting::DEADLINE;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write;
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest;
use tungstenite::http::{HeaderName, HeaderValue};
use tungstenite::{Error, Message, WebSocket};

/// An open socket.
pub struct Socket(WebSocket<TcpStream>);

impl Socket {
    /// Opens the door at `path`; panics if it does not open.
    pub fn open(port: u16, path: &str, headers: &[(&str, &str)]) -> Self {
        Self::try_open(port, path, headers).unwrap_or_else(|status| panic!("{path} does not open: {status}"))
    }

    /// Opens the door at `path`, or gives the status with which it is refused; 0 if nobody is there, or not to the end.
    pub fn try_open(port: u16, path: &str, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().unwrap();
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) else { return Err(0) };
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.set_nodelay(true).unwrap();
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tungstenite::HandshakeError::Failure(Error::Http(reply))) => Err(reply.status().as_u16()),
            Err(_) => Err(0),
        }
    }

    pub fn send(&mut self, frame: &impl Serialize) {
        self.send_text(&serde_json::to_string(frame).unwrap());
    }

    pub fn send_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).unwrap();
    }

    /// False if the other side takes no more.
    pub fn try_send_text(&mut self, text: &str) -> bool {
        self.0.send(Message::text(text)).is_ok()
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

    /// The next frame, or none if the socket does not live any more.
    pub fn try_receive<T: DeserializeOwned>(&mut self) -> Option<T> {
        loop {
            let text = self.next().ok()?;
            if text != shared::protocol::PONG {
                return Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
            }
        }
    }

    /// Sends the first half of a frame and cuts the connection, as a network does.
    pub fn cut_in_a_frame(mut self, frame: &impl Serialize) {
        let text = serde_json::to_string(frame).unwrap();
        // A final text frame, masked by zeros (RFC 6455, section 5.2).
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        let mut bytes = vec![0x81, 0x80 | 126, length[0], length[1], 0, 0, 0, 0];
        bytes.extend(&text.as_bytes()[..text.len() / 2]);
        let stream = self.0.get_mut();
        let _cut_already = stream.write_all(&bytes);
        let _cut_already = stream.shutdown(std::net::Shutdown::Both);
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
