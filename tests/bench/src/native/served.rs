//! A server for one page on this machine, as small as a measurement needs.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// What lies at each path, with its content type.
type Files = Arc<Mutex<BTreeMap<String, (&'static str, Vec<u8>)>>>;

/// Without these two, a browser's clock has steps of 100 microseconds, in which most keys would take no time.
const ISOLATED: &str = "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n";

/// Serves until the process ends.
pub struct Served {
    port: u16,
    files: Files,
}

impl Served {
    /// Listens on a free port.
    pub fn start() -> Result<Self, String> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let files = Files::default();
        let shared = files.clone();
        std::thread::spawn(move || {
            // A browser opens connections before it has something to ask, so each has a thread of its own.
            for stream in listener.incoming().map_while(Result::ok) {
                let files = shared.clone();
                std::thread::spawn(move || answer(stream, &files));
            }
        });
        Ok(Self { port, files })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Puts bytes at a path such as `/index`, in place of what was there.
    pub fn put(&self, path: &str, content_type: &'static str, bytes: Vec<u8>) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), (content_type, bytes));
    }
}

/// One request, one response. A browser that is gone needs none.
fn answer(stream: TcpStream, files: &Files) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    lines.map_while(Result::ok).find(String::is_empty)?;
    let path = request.split(' ').nth(1)?;
    let found = files.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
    let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
    let (content_type, bytes) = found.unwrap_or(("text/plain", Vec::new()));
    let mut stream = stream;
    let length = bytes.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n{ISOLATED}\r\n"
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_served_and_nothing_else() {
        let served = Served::start().unwrap();
        served.put("/a", "text/html", b"old".to_vec());
        served.put("/a", "text/html", b"new".to_vec());
        let client = ::tests::Client::new(&format!("http://127.0.0.1:{}", served.port()));
        let reply = client.get("/a").send();
        assert_eq!((reply.status, reply.body.as_slice()), (200, &b"new"[..]));
        assert_eq!(client.get("/b").send().status, 404);
    }
}
