//! How pages and files are served: policies, caching, encodings, and the agents' cookie.

use serde_json::json;
use shared::matching::{ENGINE, Index, Query};
use shared::protocol::*;
use std::collections::BTreeMap;
use std::io::Read;
use tests::people::PASSWORD;
use tests::{Agent, Edge, Reply};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The directives of a page's Content-Security-Policy.
fn policy(reply: &Reply) -> BTreeMap<String, String> {
    let directive = |text: &str| text.trim().split_once(' ').map(|(name, value)| (name.into(), value.into()));
    reply.header("content-security-policy").split(';').filter_map(directive).collect()
}

/// The addresses of built files that a page names.
fn assets(html: &str) -> Vec<&str> {
    html.split('"').filter(|part| part.starts_with("/a/")).collect()
}

#[test]
fn the_panel_and_the_inbox_allow_nothing_that_they_do_not_need() {
    let edge = Edge::start();
    for (path, ancestors) in [("/panel?workspace=demo", edge.site()), ("/inbox?workspace=demo", "'none'".into())] {
        let page = edge.client().get(path).send();
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("cache-control"), "no-cache");
        assert!(page.header("set-cookie").is_empty(), "nobody has asked for a cookie");
        let policy = policy(&page);
        for (directive, value) in [
            ("default-src", "'none'"),
            ("script-src", "'self' 'wasm-unsafe-eval'"),
            ("style-src", "'self'"),
            ("connect-src", "'self'"),
            ("base-uri", "'none'"),
            ("form-action", "'none'"),
            ("frame-ancestors", &ancestors),
        ] {
            assert_eq!(policy.get(directive).map(String::as_str), Some(value), "{directive} of {path}");
        }
        // Such a policy stops them, so they would be dead anyway.
        let html = page.text();
        assert!(!html.contains("<style") && !html.contains("style=") && !html.contains("onload="), "{html}");
        assert!(!html.contains("{{"), "a placeholder is left: {html}");
    }
}

#[test]
fn the_strict_page_is_strict() {
    let edge = Edge::start();
    let page = tests::Client::new(&edge.site()).get("/strict/").send();
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'"), "{policy:?}");
    for word in ["unsafe-inline", "unsafe-eval", "wasm-unsafe-eval", "*", "strict-dynamic"] {
        assert!(!policy.contains(word), "{policy}");
    }
}

#[test]
fn built_files_are_kept_for_ever_and_come_in_every_encoding() {
    let edge = Edge::start();
    let client = edge.client();
    let panel = client.get("/panel?workspace=demo").send();
    let inbox = client.get("/inbox").send();
    let mut paths: Vec<&str> = [assets(panel.text()), assets(inbox.text())].concat();
    assert!(paths.len() >= 6, "JS, WASM and CSS of both: {paths:?}");
    paths.push("/beforehand.js");
    for path in paths {
        let plain = client.get(path).send();
        assert_eq!(plain.status, 200, "{path}");
        let kind = match path.rsplit('.').next() {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            other => panic!("{other:?}"),
        };
        for (accepted, encoding) in [("br, gzip", "br"), ("gzip, deflate", "gzip"), ("", ""), ("identity", "")] {
            let reply = client.get(path).header("Accept-Encoding", accepted).send();
            assert_eq!((reply.status, reply.header("content-encoding")), (200, encoding), "{path} as {accepted:?}");
            assert_eq!(reply.header("content-type"), kind);
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert!(reply.header("vary").to_ascii_lowercase().contains("accept-encoding"), "{:?}", reply.headers);
            if path.starts_with("/a/") {
                assert_eq!(reply.header("cache-control"), IMMUTABLE, "{path}");
            } else {
                assert!(reply.header("cache-control").contains("max-age=300"), "{path}: {:?}", reply.headers);
            }
            assert!(decoded(&reply) == plain.body, "{path} as {accepted:?} is not the same file");
            if !encoding.is_empty() {
                assert!(reply.body.len() < plain.body.len(), "{path} as {encoding} is not smaller");
            }
        }
    }
}

fn decoded(reply: &Reply) -> Vec<u8> {
    let mut bytes = Vec::new();
    match reply.header("content-encoding") {
        "br" => brotli::Decompressor::new(&reply.body[..], 4096).read_to_end(&mut bytes).unwrap(),
        "gzip" => flate2::read::GzDecoder::new(&reply.body[..]).read_to_end(&mut bytes).unwrap(),
        _ => (&reply.body[..]).read_to_end(&mut bytes).unwrap(),
    };
    bytes
}

#[test]
fn the_index_is_found_by_its_content_and_searched_as_it_is() {
    let edge = Edge::start();
    let client = edge.client();
    for (locale, text, wanted) in [
        ("en", "change my delivery addr", "change-delivery-address"),
        ("tr-TR", "teslimat adresi", "change-delivery-address"),
    ] {
        let boot: Boot = client.get(&format!("/api/w/demo/boot?locale={locale}")).send().ok();
        assert_eq!(boot.locale, locale.split('-').next().unwrap());
        let index = client.get(&boot.index.unwrap()).send();
        assert_eq!((index.status, index.header("cache-control")), (200, IMMUTABLE));
        let index = Index::open(index.body).unwrap();
        let hits = index.search(&Query { text, limit: 3, ..Query::default() });
        assert!(
            hits.iter().any(|hit| hit.id == wanted),
            "{text:?} in {locale}: {:?}",
            hits.iter().map(|hit| &hit.id).collect::<Vec<_>>()
        );
    }
}

#[test]
fn publishing_again_moves_the_index_only_if_the_content_is_another() {
    let edge = Edge::start();
    let client = edge.client();
    let index = || client.get("/api/w/demo/boot?locale=en").send().ok::<Boot>().index.unwrap();
    let first = index();
    edge.publish(&edge.content());
    assert_eq!(index(), first);

    let mut content = edge.content();
    content["articles"].as_array_mut().unwrap().push(json!({
        "id": "polish-the-glass", "locale": "en", "title": "Polish the glass", "markdown": "Use a soft cloth.",
        "url": format!("{}/help/en/polish-the-glass/", edge.site()),
    }));
    let published = edge.publish(&content);
    assert_ne!(index(), first);
    assert!(published.indexes.iter().any(|one| one.url == index() && one.locale == "en"));
    assert_eq!(client.get(&first).send().refusal(), (404, ErrorCode::UnknownDoor), "the old one is gone");
    let article: Article = client.get("/api/w/demo/articles/en/polish-the-glass").send().ok();
    assert_eq!(article.title, "Polish the glass");
}

#[test]
fn what_another_engine_has_made_of_the_content_is_made_anew() {
    let edge = Edge::start();
    let client = edge.client();
    // Until then none is named: a panel could not open it.
    let index = || {
        let address = client.get("/api/w/demo/boot?locale=en").send().ok::<Boot>().index?;
        Some((client.get(&address).send().body, address))
    };
    let made = index().unwrap();
    edge.stop();
    let engine = format!("\"engine\":{ENGINE}").into_bytes();
    let mut other = engine.clone();
    *other.last_mut().unwrap() ^= 1;
    assert!(edge.overwrite(&engine, &other) > 0);
    let magic = &made.0[..4];
    assert!(edge.overwrite(magic, b"????") > 0);
    edge.restart();
    tests::eventually("the index to be made anew", || (index()? == made).then_some(()));
    let found: Article = client.get("/api/w/demo/articles/en/track-a-parcel").send().ok();
    assert_eq!(found.id.as_str(), "track-a-parcel");
}

#[test]
fn the_agents_cookie_is_out_of_reach() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let body = SignIn { name: "ada".into(), password: PASSWORD.into() };
    let reply = edge.client().post("/api/w/demo/session").header("Origin", &edge.origin()).json(&body).send();
    let cookie = reply.header("set-cookie");
    let parts: Vec<&str> = cookie.split("; ").collect();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/api/w/demo"] {
        assert!(parts.contains(&part), "{cookie}");
    }
    assert!(!parts.contains(&"Secure"), "by http it would be thrown away");
    let value = parts[0].strip_prefix("bh_session=").unwrap();
    assert!(value.len() >= 43, "256 bits: {value}");
    assert_ne!(parts[0], agent.cookie, "each session has its own");

    let ended = agent.request("DELETE", "/api/w/demo/session").send();
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(agent.request("GET", "/api/w/demo/inbox").send().refusal().1, ErrorCode::NotSignedIn);
}

#[test]
fn visitors_get_no_cookies_and_the_edges_address_leads_to_the_demo() {
    let edge = Edge::start();
    for path in ["/api/w/demo/boot", "/beforehand.js", "/panel?workspace=demo", "/inbox"] {
        assert!(edge.client().get(path).send().header("set-cookie").is_empty(), "{path}");
    }
    let home = edge.client().get("/").send();
    assert_eq!((home.status, home.header("location")), (302, format!("{}/", edge.site()).as_str()));
}
