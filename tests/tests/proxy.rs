//! The edge behind a proxy that ends TLS: what a site needs works, a foreign page is refused as before, and headers that a
//! caller writes are worth nothing.

use serde_json::json;
use shared::protocol::*;
use tests::edge::SETUP_TOKEN;
use tests::http::Request;
use tests::people::{PASSWORD, conversation, id, say, secret};
use tests::proxy::{self, Rules};
use tests::{Client, Edge, Reply, Socket};

/// The public address of the edge.
const PUBLIC: &str = "https://help.example.com";
const HOST: &str = "help.example.com";

/// A browser on a page of `origin` that has reached the port by `host`.
struct Browser<'a> {
    port: u16,
    host: &'a str,
    origin: &'a str,
}

impl Browser<'_> {
    fn request(&self, method: &str, path: &str) -> Request {
        let client = Client::new(&format!("http://127.0.0.1:{}", self.port));
        client.request(method, path).header("Host", self.host).header("Origin", self.origin)
    }

    fn first_message(&self, visitor: u8) -> Request {
        let command = VisitorCommand { id: id(1), action: say("Hello") };
        let path = format!("/api/w/demo/conversations/{}/commands", conversation(visitor));
        self.request("POST", &path).bearer(secret(visitor).as_str()).json(&CommandRequest { have: 0, command })
    }

    fn socket(&self, visitor: u8) -> Result<Socket, u16> {
        let path = format!("/api/w/demo/conversations/{}/live", conversation(visitor));
        Socket::try_open(self.port, &path, &[("Host", self.host), ("Origin", self.origin)])
    }

    fn set_up(&self) -> Reply {
        let setup = Setup { token: SETUP_TOKEN.into(), name: "Ada".into(), password: PASSWORD.into() };
        self.request("POST", "/api/w/demo/setup").json(&setup).send()
    }

    fn sign_in(&self) -> Reply {
        self.request("POST", "/api/w/demo/session").json(&json!({ "name": "Ada", "password": PASSWORD })).send()
    }
}

fn check_everything(browser: &Browser) {
    browser.first_message(1).send().ok::<Events>();
    let mut socket = browser.socket(1).unwrap();
    socket.send(&VisitorFrame::Hello { token: secret(1), have: 0 });
    assert!(matches!(socket.receive(), ConversationFrame::Events(_)));
    let is_secure = browser.origin.starts_with("https:");
    for admitted in [browser.set_up(), browser.sign_in()] {
        assert_eq!(admitted.ok::<Me>().name, "Ada");
        let cookie = admitted.header("set-cookie").to_owned();
        assert_eq!(cookie.contains("; Secure"), is_secure, "{cookie}");
        let (cookie, _) = cookie.split_once(';').unwrap();
        let path = "/api/w/demo/inbox/live";
        let headers = [("Host", browser.host), ("Origin", browser.origin), ("Cookie", cookie)];
        Socket::open(browser.port, path, &headers).receive_text();
        let out = browser.request("DELETE", "/api/w/demo/session").header("Cookie", cookie).send();
        assert_eq!(out.status, 204, "{}", out.text());
        assert_eq!(out.header("set-cookie").contains("; Secure"), is_secure);
    }
}

fn check_foreign(browser: &Browser) -> String {
    let refused = browser.first_message(9).send();
    assert_eq!(refused.refusal(), (403, ErrorCode::ForeignOrigin));
    assert_eq!(browser.socket(9).err(), Some(403));
    for reply in [browser.set_up(), browser.sign_in()] {
        assert_eq!(reply.refusal(), (403, ErrorCode::ForeignOrigin));
        assert_eq!(reply.header("set-cookie"), "");
    }
    serde_json::from_str::<ErrorBody>(refused.text()).unwrap().error.message
}

#[test]
fn behind_a_proxy_that_ends_tls_everything_works_and_foreign_pages_stay_out() {
    let edge = Edge::start();
    let port = proxy::start(edge.port(), Rules::of_tls());
    for origin in ["https://evil.example", "null", "http://help.example.com", "https://help.example.com.evil.example"] {
        check_foreign(&Browser { port, host: HOST, origin });
    }
    check_everything(&Browser { port, host: HOST, origin: PUBLIC });
    // The same at an address with a port.
    let (host, origin) = ("help.example.com:8443", "https://help.example.com:8443");
    Browser { port, host, origin }.first_message(2).send().ok::<Events>();
}

#[test]
fn a_proxy_that_does_not_keep_the_host_is_told_what_was_compared() {
    let edge = Edge::start();
    let host = format!("127.0.0.1:{}", edge.port());
    let port = proxy::start(edge.port(), Rules { host: Some(host.clone()), ..Rules::of_tls() });
    let said = check_foreign(&Browser { port, host: HOST, origin: PUBLIC });
    assert!(said.contains(PUBLIC) && said.contains(&format!("https://{host}")), "{said}");
    assert!(said.contains("Host") && said.contains("X-Forwarded-Proto") && said.contains("ORIGIN"), "{said}");
}

#[test]
fn where_the_origin_is_configured_it_alone_counts() {
    let edge = Edge::start_with(&[("ORIGIN", "https://Help.example.com/")]);
    // A proxy that says nothing of what the browser has asked for.
    let host = format!("127.0.0.1:{}", edge.port());
    let port = proxy::start(edge.port(), Rules { host: Some(host.clone()), ..Rules::default() });
    check_everything(&Browser { port, host: HOST, origin: PUBLIC });
    for (host, origin) in [
        (host.as_str(), format!("http://{host}")),
        ("evil.example", "http://evil.example".into()),
        ("evil.example", "https://evil.example".into()),
        (HOST, "http://help.example.com".into()),
    ] {
        let said = check_foreign(&Browser { port: edge.port(), host, origin: &origin });
        assert!(said.contains(PUBLIC) && said.contains(&origin), "{said}");
    }
}

#[test]
fn an_origin_that_is_no_address_is_nobodys_and_least_of_all_that_of_pages_without_one() {
    for configured in ["help.example.com:8443", "null", "data:text/html,x", "https://help.example.com, localhost:7814"]
    {
        let edge = Edge::start_with(&[("ORIGIN", configured)]);
        let said = check_foreign(&Browser { port: edge.port(), host: HOST, origin: "null" });
        assert!(said.contains("no address with https://"), "{said}");
    }
    let edge = Edge::start_with(&[("ORIGIN", "https://help.example.com, localhost:7814")]);
    check_everything(&Browser { port: edge.port(), host: HOST, origin: PUBLIC });
}

#[test]
fn a_caller_who_says_that_a_proxy_was_there_gains_nothing() {
    let edge = Edge::start();
    let own = edge.origin();
    let host = own.trim_start_matches("http://");
    let browser = Browser { port: edge.port(), host, origin: "https://evil.example" };
    for (name, value) in [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Proto", "https://evil.example"),
        ("X-Forwarded-Proto", "null"),
        ("X-Forwarded-Host", "evil.example"),
        ("Forwarded", "host=evil.example;proto=https"),
        ("X-Original-Host", "evil.example"),
    ] {
        let refused = browser.first_message(9).header(name, value).send();
        assert_eq!(refused.refusal(), (403, ErrorCode::ForeignOrigin), "{name}: {value}");
    }
    let nowhere = Browser { origin: "null", ..browser };
    for scheme in ["javascript", "data", "null", "", "ws", "https:"] {
        let refused = nowhere.first_message(9).header("X-Forwarded-Proto", scheme).send();
        assert_eq!(refused.refusal(), (403, ErrorCode::ForeignOrigin), "{scheme}");
    }
}

#[test]
fn a_host_that_a_proxy_makes_up_brings_no_demo() {
    let edge = Edge::start();
    let port = proxy::start(edge.port(), Rules { host: Some(format!("localhost:{}", edge.port())), ..Rules::of_tls() });
    let through = Browser { port, host: HOST, origin: PUBLIC };
    assert!(through.request("GET", "/panel?workspace=demo").send().text().contains("<!doctype html"), "the panel");
    assert_eq!(through.request("GET", "/plain/").send().refusal().1, ErrorCode::UnknownDoor);
    assert_eq!(through.request("GET", "/").send().refusal().1, ErrorCode::UnknownDoor);
    assert_eq!(Client::new(&edge.site()).get("/plain/").send().status, 200, "on the machine itself it is there");
    for bindings in [[("DEMO_HOST", "")], [("ORIGIN", PUBLIC)]] {
        let edge = Edge::start_with(&bindings);
        for host in ["localhost", "localhost:8787", "127.0.0.1", HOST] {
            let direct = Browser { port: edge.port(), host, origin: PUBLIC };
            assert_eq!(direct.request("GET", "/plain/").send().refusal().1, ErrorCode::UnknownDoor, "{host}");
            assert_eq!(direct.request("GET", "/").send().refusal().1, ErrorCode::UnknownDoor, "{host}");
        }
    }
}
