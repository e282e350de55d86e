//! A proxy before the edge, as nginx is one: it takes connections, writes the headers that it is told to, and hands on what
//! comes. Its other end of TLS is left out, since the edge cannot see that.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};

/// A head that is longer is no request of a test.
const MAX_HEAD: usize = 64 * 1024;

/// Which headers the proxy sets.
#[derive(Clone, Default)]
pub struct Rules {
    /// The host that it asks for in the place of the browser's, as nginx does unless it is told otherwise.
    pub host: Option<String>,
    /// What it sets, over whatever the caller has sent.
    pub set: Vec<(&'static str, String)>,
    /// The header to which it adds the caller's address, behind what the caller has sent.
    pub adds_address_to: Option<&'static str>,
}

impl Rules {
    /// As a proxy is set up that ends TLS.
    pub fn of_tls() -> Self {
        Self { set: vec![("X-Forwarded-Proto", "https".into())], ..Self::default() }
    }
}

/// Starts a proxy to this port, and gives its own. It ends with the test.
pub fn start(edge: u16, rules: Rules) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let rules = rules.clone();
            std::thread::spawn(move || {
                let _one_of_them_has_gone = serve(client, edge, &rules);
            });
        }
    });
    port
}

fn serve(mut client: TcpStream, edge: u16, rules: &Rules) -> std::io::Result<()> {
    let address = client.peer_addr()?.ip().to_string();
    let (head, rest) = read_head(&mut client)?;
    let mut edge = TcpStream::connect(("127.0.0.1", edge))?;
    edge.write_all(rewritten(&head, rules, &address).as_bytes())?;
    edge.write_all(&rest)?;
    let (mut from_client, mut to_edge) = (client.try_clone()?, edge.try_clone()?);
    let back = std::thread::spawn(move || {
        let _one_of_them_has_gone = std::io::copy(&mut edge, &mut client);
        let _closed = client.shutdown(Shutdown::Both);
    });
    let _one_of_them_has_gone = std::io::copy(&mut from_client, &mut to_edge);
    let _closed = to_edge.shutdown(Shutdown::Write);
    back.join().map_err(|_| std::io::Error::other("the way back"))
}

/// The head of a request, and what has come of its body.
fn read_head(client: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut read = Vec::new();
    let mut part = [0; 4_096];
    loop {
        if let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = read.split_off(end + 2);
            return Ok((String::from_utf8_lossy(&read).into_owned(), rest[2..].to_vec()));
        }
        match client.read(&mut part)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            _ if read.len() > MAX_HEAD => return Err(std::io::ErrorKind::InvalidData.into()),
            count => read.extend_from_slice(&part[..count]),
        }
    }
}

fn rewritten(head: &str, rules: &Rules, address: &str) -> String {
    let mut lines = head.split("\r\n").filter(|line| !line.is_empty());
    let mut out = vec![lines.next().unwrap_or_default().to_owned()];
    let mut addresses = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if rules.adds_address_to.is_some_and(is) {
            addresses.push(value.trim().to_owned());
        } else if rules.set.iter().any(|(set, _)| is(set)) || (rules.host.is_some() && is("host")) {
            // It is written below.
        } else {
            out.push(line.to_owned());
        }
    }
    out.extend(rules.host.iter().map(|host| format!("Host: {host}")));
    out.extend(rules.set.iter().map(|(name, value)| format!("{name}: {value}")));
    if let Some(name) = rules.adds_address_to {
        addresses.push(address.to_owned());
        out.push(format!("{name}: {}", addresses.join(", ")));
    }
    out.join("\r\n") + "\r\n\r\n"
}
