//! Behind the real nginx and Caddy with the configurations of `docs/proxy.md`: TLS, both sockets, large and slow bodies, and each visitor
//! counted by the address that the proxy has written. And what is said where a line of those is missing.

use serde_json::Value;
use shared::limits::{Kind as Limited, Scope};
use shared::protocol::*;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use tests::caller::Caller;
use tests::edge::PUBLISH_TOKEN;
use tests::front::{Front, HOST, Kind, Told};
use tests::people::{id, say, secret};
use tests::{Client, Reply, eventually};

/// More than may begin conversations from one address.
const VISITORS: u32 = 130;
/// Close to the 8 MB that are published at once.
const LARGE: usize = 7 << 20;
/// The bytes of a body that is sent one by one.
const SLOW_BODY: usize = 1_000;
/// What the log says if something is missing.
const FAULTS: [&str; 4] = ["address_unknown", "origin_unknown", "upgrade_lost", "a proxy stands before"];

/// Lines of the document's nginx that are left out, and one that is written in another way.
const HOST_LINE: (&str, &str) = ("proxy_set_header Host $http_host;", "");
const PORTLESS_LINE: (&str, &str) = ("Host $http_host", "Host $host");
const SCHEME_LINE: (&str, &str) = ("proxy_set_header X-Forwarded-Proto $scheme;", "");
const ADDRESS_LINE: (&str, &str) = ("proxy_set_header X-Forwarded-For $remote_addr;", "");
const UPGRADE_LINE: (&str, &str) = ("proxy_set_header Upgrade $http_upgrade;", "");
const CONNECTION_LINE: (&str, &str) = ("proxy_set_header Connection \"upgrade\";", "");
const VERSION_LINE: (&str, &str) = ("proxy_http_version 1.1;", "");

#[test]
fn nginx_as_the_document_has_it_serves_everybody() {
    let mut front = Front::start(Kind::Nginx, Told::All);
    serves_everybody(&front);
    // With the setting ORIGIN, the edge needs neither of these lines.
    front.otherwise(&[HOST_LINE, SCHEME_LINE]);
    Page::of(&front).caller().first_message(7).send().ok::<Events>();
    waits_longer_for_a_socket_than_it_is_ever_silent(&mut front);
}

#[test]
fn caddy_as_the_document_has_it_serves_everybody() {
    serves_everybody(&Front::start(Kind::Caddy, Told::All));
}

/// What a browser on a page of the edge's own needs to know.
struct Page {
    port: u16,
    host: String,
    origin: String,
}

impl Page {
    fn of(front: &Front) -> Self {
        Self { port: front.tunnel(vec![Ipv4Addr::LOCALHOST]), host: front.host(), origin: front.origin() }
    }

    fn caller(&self) -> Caller<'_> {
        self.from(&self.origin)
    }

    /// A page of another origin, in a browser that has reached the edge.
    fn from<'a>(&'a self, origin: &'a str) -> Caller<'a> {
        Caller { port: self.port, host: &self.host, origin }
    }
}

fn serves_everybody(front: &Front) {
    let page = Page::of(front);
    page.caller().expect_everything();
    speaks_http_2(front);
    counts_each_visitor_by_the_proxys_own_entry(front);
    publishes_seven_megabytes(front, &page);
    is_in_nobodys_way_by_who_sends_slowly(&page);
    // The porter asks a workspace how it is, and has no proxy to write an address for it.
    assert_eq!(page.caller().request("GET", "/health").send().status, 200);
    for fault in FAULTS {
        assert!(!front.edge.said().contains(fault), "{}", front.edge.said());
    }
    for origin in
        ["https://evil.example".into(), "null".into(), format!("https://{HOST}"), format!("http://{}", page.host)]
    {
        let said = page.from(&origin).expect_refused();
        assert!(said.contains(&page.origin) && said.contains(&origin), "{said}");
    }
}

fn speaks_http_2(front: &Front) {
    let body = serde_json::to_string(&SignIn { name: "Ada".into(), password: "wrong password".into() }).unwrap();
    let said = Command::new("curl")
        .args(["--silent", "--show-error", "--http2", "--noproxy", "*", "--max-time", "20"])
        .arg("--cacert")
        .arg(front.certificate_file())
        .args(["--resolve", &format!("{}:127.0.0.1", front.host())])
        .args(["--header", &format!("Origin: {}", front.origin()), "--header", "Content-Type: application/json"])
        .args(["--data", &body, "--write-out", "\n%{http_version} %{http_code}"])
        .arg(format!("{}/api/w/demo/session", front.origin()))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&said.stdout);
    // The edge has looked at the password, so it has taken the page for its own.
    assert!(text.contains("wrong_password") && text.ends_with("\n2 401"), "{text} {said:?}");
}

/// A first message through a tunnel, with what the caller says of its own address.
fn begin(front: &Front, port: u16, number: u32, invented: Option<&str>) -> Reply {
    let client = Client::new(&format!("http://127.0.0.1:{port}"));
    let thread = shared::ids::base64url(&[&[7; 12][..], &number.to_be_bytes()].concat());
    let command = VisitorCommand { id: id(1), action: say("Hello") };
    let mut request = client
        .post(&format!("/api/w/demo/conversations/{thread}/commands"))
        .bearer(secret(u8::try_from(number % 250).unwrap()).as_str())
        .header("Host", &front.host())
        .header("Origin", &front.origin());
    for name in ["X-Forwarded-For", "X-Real-IP", "Forwarded", "x-beforehand-address"] {
        request = invented.into_iter().fold(request, |request, invented| request.header(name, invented));
    }
    request.json(&CommandRequest { have: 0, command }).send()
}

fn counts_each_visitor_by_the_proxys_own_entry(front: &Front) {
    let burst = Limited::Conversation.rate(Scope::Address).burst;
    let count = VISITORS.max(burst + 10);
    let first = u32::from(Ipv4Addr::new(127, 1, 0, 1));
    let crowd = front.tunnel((first..first + count).map(Ipv4Addr::from).collect());
    // Each of them says that it is the same one.
    for number in 0..count {
        let reply = begin(front, crowd, number, Some("203.0.113.9"));
        assert_eq!(reply.status, 200, "{number}: {}", reply.text());
    }
    // One of them says that it is always another one.
    let attacker = front.tunnel(vec![Ipv4Addr::new(127, 2, 0, 1)]);
    let is_refused =
        |number: &u32| begin(front, attacker, *number, Some(&format!("198.51.100.{}", number % 250))).status == 429;
    let refused = (1_000..1_000 + burst + 10).filter(is_refused).count();
    assert!(refused >= 5, "invented addresses were believed: {refused} were refused");
    assert_eq!(begin(front, crowd, count + 1, None).status, 200, "the crowd is not counted with the attacker");
}

fn publishes_seven_megabytes(front: &Front, page: &Page) {
    let mut content = front.edge.content();
    let article = content["articles"][0].clone();
    let room = LARGE - content.to_string().len();
    let text = "A lamp that flickers has a loose plug. ".repeat(4_000);
    let large = (0..room / text.len()).map(|number| {
        let mut article = article.clone();
        article["id"] = format!("large-{number}").into();
        article["markdown"] = text.clone().into();
        article
    });
    let large: Vec<Value> = large.collect();
    content["articles"].as_array_mut().unwrap().extend(large);
    let request = page.caller().request("PUT", "/api/w/demo/content").bearer(PUBLISH_TOKEN);
    let reply = request.json(&content).send();
    assert_eq!(reply.status, 200, "{}", reply.text());
}

fn is_in_nobodys_way_by_who_sends_slowly(page: &Page) {
    let head = format!(
        "POST /api/w/demo/session HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {SLOW_BODY}\r\n\r\n{{",
        page.host, page.origin
    );
    let begun = || {
        let mut stream = TcpStream::connect(("127.0.0.1", page.port)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let slow: Vec<TcpStream> = (0..100).map(|_| begun()).collect();
    page.caller().first_message(3).send().ok::<Events>();
    // One of them says the rest after all, in small pieces, and is read to the end.
    let mut patient = begun();
    patient.set_nodelay(true).unwrap();
    for _ in 1..SLOW_BODY {
        patient.write_all(b" ").unwrap();
    }
    let mut answer = [0; 512];
    let read = patient.read(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    drop(slow);
}

/// By its `proxy_read_timeout` nginx ends a socket that was silent for so long, and without it after a minute.
fn waits_longer_for_a_socket_than_it_is_ever_silent(front: &mut Front) {
    front.otherwise(&[("proxy_read_timeout 1h;", "proxy_read_timeout 1s;")]);
    let mut socket = Page::of(front).caller().socket(7).unwrap();
    socket.send(&VisitorFrame::Hello { token: secret(7), have: 0 });
    assert!(matches!(socket.receive(), ConversationFrame::Events(_)));
    socket.until_closed();
    // The document's own hour is longer than a ping's 20 seconds and a held request's 25.
    let said = tests::document::block(tests::front::DOCUMENT, "nginx", "server_name");
    assert!(said.contains("proxy_read_timeout 1h;"), "{said}");
}

/// The line that the edge or the porter has written with these words.
fn told(front: &Front, words: &str) -> String {
    eventually(&format!("the operator to be told {words:?}"), || {
        front.edge.said().lines().find(|line| line.contains(words)).map(String::from)
    })
}

#[test]
fn without_the_origin_the_proxys_headers_tell_it_and_a_missing_one_is_named() {
    Page::of(&Front::start(Kind::Caddy, Told::Header)).caller().expect_everything();
    let mut front = Front::start(Kind::Nginx, Told::Header);
    let page = Page::of(&front);
    page.caller().expect_everything();
    for (line, own, advice) in [
        (HOST_LINE, "https://127.0.0.1:", "proxy_set_header Host $http_host"),
        (SCHEME_LINE, "http://help.example.com:", "X-Forwarded-Proto to https"),
        (PORTLESS_LINE, "this edge is https://help.example.com.", "without its port"),
    ] {
        front.otherwise(&[line]);
        let said = page.caller().expect_refused();
        for part in [&page.origin, own, advice, "ORIGIN"] {
            assert!(said.contains(part), "{line:?}: {part}: {said}");
        }
    }
    let logged = told(&front, "origin_unknown");
    assert!(logged.contains(&page.origin) && logged.contains("Host $http_host"), "{logged}");
    let lines = front.edge.said().lines().filter(|line| line.contains("origin_unknown")).count();
    assert_eq!(lines, 1, "it is said once");

    front.otherwise(&[ADDRESS_LINE]);
    page.caller().first_message(4).send().ok::<Events>();
    let logged = told(&front, "address_unknown");
    assert!(logged.contains("ADDRESS_HEADER names X-Forwarded-For, which the proxy has not set"), "{logged}");
}

#[test]
fn a_socket_or_an_address_that_is_lost_on_the_way_is_named() {
    let mut front = Front::start(Kind::Nginx, Told::Nothing);
    let page = Page::of(&front);
    page.caller().first_message(1).send().ok::<Events>();
    let logged = told(&front, "a proxy stands before this process");
    assert!(logged.contains("set ADDRESS_HEADER=x-forwarded-for"), "{logged}");
    for lost in [&[UPGRADE_LINE, CONNECTION_LINE][..], &[CONNECTION_LINE], &[VERSION_LINE]] {
        front.otherwise(lost);
        page.caller().first_message(1).send().ok::<Events>();
        assert_eq!(page.caller().socket(1).err(), Some(426), "{lost:?}");
        let asked = page.caller().request("GET", "/api/w/demo/inbox/live").header("Upgrade", "websocket");
        let asked =
            asked.header("Connection", "Upgrade").header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==").send();
        assert_eq!(asked.refusal(), (426, ErrorCode::UpgradeNeeded), "{lost:?}");
        assert!(
            asked.text().contains("Upgrade and Connection") && asked.text().contains("HTTP/1.1"),
            "{}",
            asked.text()
        );
    }
    told(&front, "upgrade_lost");
    told(&front, "came without Connection: upgrade");
    let lines = front.edge.said().lines().filter(|line| line.contains("a proxy stands before")).count();
    assert_eq!(lines, 1, "it is said once");
}
