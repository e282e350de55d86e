//! What HTTP asks of a server beside its answers: odd hosts, methods, encodings and cases.

use shared::protocol::*;
use std::io::{Read, Write};
use std::net::TcpStream;
use tests::edge::PUBLISH_TOKEN;
use tests::waiting::DEADLINE;
use tests::{Agent, Edge, World};

/// The status and body of a request that is written by hand.
fn raw(edge: &Edge, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", edge.port())).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = Vec::new();
    let _cut_off = stream.read_to_end(&mut reply);
    let reply = String::from_utf8_lossy(&reply).into_owned();
    let status = reply.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, reply)
}

#[test]
fn a_host_that_cannot_be_is_the_callers_mistake() {
    let edge = Edge::start();
    for hosts in
        ["Host: a\r\nHost: b\r\n", "Host: a b[:::\r\n", "Host: [::1\r\n", "Host: a:port\r\n", "Host: a/b?c#d@\r\n"]
    {
        let (status, reply) = raw(&edge, &format!("GET /api/w/demo/boot HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"));
        assert_eq!(status, 400, "{hosts:?}: {reply}");
    }
    let (status, reply) = raw(&edge, "GET /api/w/demo/boot HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n\r\n");
    assert_eq!(status, 200, "{reply}");
    assert!(!edge.said().contains("broken"), "{}", edge.said());
}

#[test]
fn a_method_that_nobody_knows_is_not_taken_for_another() {
    let world = World::new();
    for method in ["PROPFIND", "MKCOL", "LOCK", "SEARCH", "TRACE", "PURGE", "QUERY"] {
        for path in ["/api/w/demo/boot", "/api/w/demo/inbox", "/panel?workspace=demo", "/beforehand.js"] {
            let request = world.agent.request(method, path);
            let status = request.try_send().map_or(0, |reply| reply.status);
            assert!(matches!(status, 400 | 405 | 501), "{method} {path}: {status}");
        }
    }
}

#[test]
fn what_can_be_read_can_be_asked_for_without_its_body() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    for path in ["boot?locale=en", "articles/en/track-a-parcel", "setup", "session", "inbox", "team", "report?days=7"] {
        let ask = |method: &str| ada.request(method, &format!("/api/w/demo/{path}")).send();
        let (whole, head) = (ask("GET"), ask("HEAD"));
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        for name in ["content-type", "cache-control", "x-content-type-options"] {
            assert_eq!(head.header(name), whole.header(name), "{path}: {name}");
        }
    }
    for (path, status) in [("inbox", 401), ("nothing", 404), ("invitations", 405), ("inbox/live", 426)] {
        let head = edge.client().request("HEAD", &format!("/api/w/demo/{path}")).send();
        assert_eq!((head.status, head.body.len()), (status, 0), "{path}");
    }
    let head = edge.client().request("HEAD", "/api/w/demo/content").bearer(PUBLISH_TOKEN).send();
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn an_encoding_that_the_caller_refuses_is_not_sent() {
    let edge = Edge::start();
    for path in ["/beforehand.js", "/api/w/demo/boot?locale=en", "/inbox"] {
        for (accepted, encoding) in
            [("br;q=0, gzip", "gzip"), ("br;q=0", ""), ("gzip;q=0, br;q=0.000", ""), ("br", "br")]
        {
            let reply = edge.client().get(path).header("Accept-Encoding", accepted).send();
            assert_eq!(reply.header("content-encoding"), encoding, "{path} {accepted}");
        }
    }
}

#[test]
fn the_name_of_a_scheme_has_no_case() {
    let world = World::new();
    for scheme in ["bearer", "BEARER", "Bearer "] {
        let ask = |path: &str, token: &str| {
            let value = format!("{scheme} {token}");
            world.edge.client().get(&format!("/api/w/demo/{path}")).header("Authorization", &value).send()
        };
        assert_eq!(ask("conversations", world.visitor.token.as_str()).ok::<Threads>().threads.len(), 1, "{scheme}");
        assert_eq!(ask("content", PUBLISH_TOKEN).status, 200, "{scheme}");
    }
}
