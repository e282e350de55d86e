//! A site of a test's own: pages at addresses, each with the headers that it wants, on two origins that a browser tells apart.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// A page that is served.
#[derive(Clone, Default)]
pub struct Page {
    /// The media type; HTML if it is empty.
    pub kind: &'static str,
    pub headers: Vec<(&'static str, &'static str)>,
    pub body: String,
}

impl Page {
    /// A page of HTML.
    pub fn html(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }
}

/// Serves pages by their paths until the test ends, and gives the port.
pub fn serve(pages: BTreeMap<String, Page>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let pages = Arc::new(pages);
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let pages = pages.clone();
            std::thread::spawn(move || {
                let _the_browser_has_gone = answer(client, &pages);
            });
        }
    });
    port
}

fn answer(client: TcpStream, pages: &BTreeMap<String, Page>) -> std::io::Result<()> {
    let mut lines = BufReader::new(client.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    for line in lines.by_ref() {
        if line?.is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default().split('?').next().unwrap_or_default();
    let (status, page) = match pages.get(path) {
        Some(page) => ("200 OK", page.clone()),
        None => ("404 Not Found", Page::html("<title>Nothing here</title><h1>The site's own page for nothing</h1>")),
    };
    let kind = if page.kind.is_empty() { "text/html; charset=utf-8" } else { page.kind };
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: no-store\r\n",
        page.body.len()
    );
    for (name, value) in &page.headers {
        head += &format!("{name}: {value}\r\n");
    }
    let mut client = client;
    client.write_all(head.as_bytes())?;
    client.write_all(b"\r\n")?;
    client.write_all(page.body.as_bytes())
}
