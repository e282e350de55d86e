//! The edge behind a proxy that ends TLS: what a site needs works, a foreign page is refused as before, and headers that a
//! caller writes are worth nothing.

use shared::protocol::*;
use tests::caller::Caller;
use tests::proxy::{self, Rules};
use tests::{Client, Edge};

/// The public address of the edge.
const PUBLIC: &str = "https://help.example.com";
const HOST: &str = "help.example.com";

#[test]
fn behind_a_proxy_that_ends_tls_everything_works_and_foreign_pages_stay_out() {
    let edge = Edge::start();
    let port = proxy::start(edge.port(), Rules::of_tls());
    for origin in ["https://evil.example", "null", "http://help.example.com", "https://help.example.com.evil.example"] {
        Caller { port, host: HOST, origin }.expect_refused();
    }
    Caller { port, host: HOST, origin: PUBLIC }.expect_everything();
    // The same at an address with a port.
    let (host, origin) = ("help.example.com:8443", "https://help.example.com:8443");
    Caller { port, host, origin }.first_message(2).send().ok::<Events>();
}

#[test]
fn a_proxy_that_does_not_keep_the_host_is_told_what_was_compared() {
    let edge = Edge::start();
    let host = format!("127.0.0.1:{}", edge.port());
    let port = proxy::start(edge.port(), Rules { host: Some(host.clone()), ..Rules::of_tls() });
    let said = Caller { port, host: HOST, origin: PUBLIC }.expect_refused();
    assert!(said.contains(PUBLIC) && said.contains(&format!("https://{host}")), "{said}");
    assert!(said.contains("Host") && said.contains("X-Forwarded-Proto") && said.contains("ORIGIN"), "{said}");
}

#[test]
fn where_the_origin_is_configured_it_alone_counts() {
    let edge = Edge::start_with(&[("ORIGIN", "https://Help.example.com/")]);
    // A proxy that says nothing of what the browser has asked for.
    let host = format!("127.0.0.1:{}", edge.port());
    let port = proxy::start(edge.port(), Rules { host: Some(host.clone()), ..Rules::default() });
    Caller { port, host: HOST, origin: PUBLIC }.expect_everything();
    for (host, origin) in [
        (host.as_str(), format!("http://{host}")),
        ("evil.example", "http://evil.example".into()),
        ("evil.example", "https://evil.example".into()),
        (HOST, "http://help.example.com".into()),
    ] {
        let said = Caller { port: edge.port(), host, origin: &origin }.expect_refused();
        assert!(said.contains(PUBLIC) && said.contains(&origin), "{said}");
    }
}

#[test]
fn an_origin_that_is_no_address_is_nobodys_and_least_of_all_that_of_pages_without_one() {
    for configured in ["help.example.com:8443", "null", "data:text/html,x", "https://help.example.com, localhost:7814"]
    {
        let edge = Edge::start_with(&[("ORIGIN", configured)]);
        let said = Caller { port: edge.port(), host: HOST, origin: "null" }.expect_refused();
        assert!(said.contains("no address with https://"), "{said}");
    }
    let edge = Edge::start_with(&[("ORIGIN", "https://help.example.com, localhost:7814")]);
    Caller { port: edge.port(), host: HOST, origin: PUBLIC }.expect_everything();
}

#[test]
fn a_caller_who_says_that_a_proxy_was_there_gains_nothing() {
    let edge = Edge::start();
    let own = edge.origin();
    let host = own.trim_start_matches("http://");
    let browser = Caller { port: edge.port(), host, origin: "https://evil.example" };
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
    let nowhere = Caller { origin: "null", ..browser };
    for scheme in ["javascript", "data", "null", "", "ws", "https:"] {
        let refused = nowhere.first_message(9).header("X-Forwarded-Proto", scheme).send();
        assert_eq!(refused.refusal(), (403, ErrorCode::ForeignOrigin), "{scheme}");
    }
}

#[test]
fn a_host_that_a_proxy_makes_up_brings_no_demo() {
    let edge = Edge::start();
    let port = proxy::start(edge.port(), Rules { host: Some(format!("localhost:{}", edge.port())), ..Rules::of_tls() });
    let through = Caller { port, host: HOST, origin: PUBLIC };
    assert!(through.request("GET", "/panel?workspace=demo").send().text().contains("<!doctype html"), "the panel");
    assert_eq!(through.request("GET", "/plain/").send().refusal().1, ErrorCode::UnknownDoor);
    assert_eq!(through.request("GET", "/").send().refusal().1, ErrorCode::UnknownDoor);
    assert_eq!(Client::new(&edge.site()).get("/plain/").send().status, 200, "on the machine itself it is there");
    for bindings in [[("DEMO_HOST", "")], [("ORIGIN", PUBLIC)]] {
        let edge = Edge::start_with(&bindings);
        for host in ["localhost", "localhost:8787", "127.0.0.1", HOST] {
            let direct = Caller { port: edge.port(), host, origin: PUBLIC };
            assert_eq!(direct.request("GET", "/plain/").send().refusal().1, ErrorCode::UnknownDoor, "{host}");
            assert_eq!(direct.request("GET", "/").send().refusal().1, ErrorCode::UnknownDoor, "{host}");
        }
    }
}
