//! Connections to an edge whose bytes a test writes itself.

use crate::Edge;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection whose bytes the test writes itself.
pub fn raw(edge: &Edge, patience: Duration) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", edge.port())).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    stream
}

/// Opens a WebSocket by hand; gives the status with which it is answered.
pub fn upgrade(edge: &Edge, stream: &mut TcpStream, path: &str, headers: &str) -> u16 {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n",
        edge.port(),
        edge.origin()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap_or_default().parse().unwrap_or(0);
    while line.trim_end() != "" {
        line.clear();
        reader.read_line(&mut line).unwrap();
    }
    status
}

/// Reads until the other end has ended the connection; what it said. None if it stays open.
pub fn to_the_end(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut said, mut part) = (Vec::new(), [0; 4_096]);
    loop {
        match stream.read(&mut part) {
            Ok(0) => return Some(said),
            Ok(read) => said.extend(&part[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return Some(said),
            Err(_) => return None,
        }
    }
}
