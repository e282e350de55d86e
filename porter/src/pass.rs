//! One request: whether there is room for it, and its way to workerd and back.

use crate::answers::{Body, broken_address, health, invalid, unavailable, upgrade_lost, wrong_method};
use crate::checkup;
use crate::files::Claim;
use crate::house::House;
use crate::inside::{ADDRESS, connect, send};
use crate::log::say;
use crate::places::Place;
use crate::said::Said;
use crate::socket;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderName, HeaderValue, SEC_WEBSOCKET_EXTENSIONS, UPGRADE};
use hyper::{Method, Request, Response, StatusCode, Version};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UnixStream;

/// The longest answer: a held request ends after 25 seconds, a large help centre is compiled in some ten.
const ANSWERS: Duration = Duration::from_secs(120);
/// When to come back where there is no room. Databases are given back after ten seconds.
const FULL_MS: u64 = 4_000;
/// When to come back to one that starts or stops.
const STARTS_MS: u64 = 1_000;

/// Answers a request.
pub(crate) async fn answer(
    mut request: Request<Incoming>,
    peer: IpAddr,
    place: &Arc<Place>,
    house: &Arc<House>,
) -> Response<Body> {
    if *request.method() == Method::CONNECT {
        return wrong_method();
    }
    let Some(path) = plain(request.uri().path()) else { return broken_address() };
    let counted = path.trim_end_matches('/');
    if counted == "/health" {
        let status = how_it_is(house).await;
        let troubles = if status == "ok" || status == "full" { checkup::troubles(house).await } else { Vec::new() };
        let fails = status == "ok" && troubles.iter().any(|trouble| trouble.is_now);
        return health(if fails { "failing" } else { status }, &troubles);
    }
    // workerd is told what was counted, and nothing that it could read in another way.
    let query = request.uri().query().map(|query| ["?", query].concat()).unwrap_or_default();
    let Ok(uri) = [&path, &query[..]].concat().parse() else { return broken_address() };
    *request.uri_mut() = uri;
    if house.is_stopping() {
        return unavailable(STARTS_MS);
    }
    if !house.address_is_told {
        house.told.of_address(request.headers(), peer);
    }
    if house.told.of_upgrade(&request) {
        return upgrade_lost();
    }
    // A proxy may speak the older version, which workerd does not.
    *request.version_mut() = Version::HTTP_11;
    let conversation = conversation(counted).map(str::to_owned);
    let claim = claim(request.method(), counted, conversation.as_deref(), house);
    let Some(promised) = house.gauge.admits(claim) else { return unavailable(FULL_MS) };
    if !house.address_is_told {
        let Ok(address) = HeaderValue::from_str(&peer.to_string()) else { return invalid() };
        request.headers_mut().insert(HeaderName::from_static(ADDRESS), address);
    }
    let wants_socket =
        request.headers().get(UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"));
    // Packed frames could become a thousand times as long behind the door as they are before it.
    request.headers_mut().remove(SEC_WEBSOCKET_EXTENSIONS);
    let outside = wants_socket.then(|| hyper::upgrade::on(&mut request));
    if outside.is_none() {
        request.headers_mut().remove(CONNECTION);
    }
    let Some(inside) = connect(house).await else { return unavailable(STARTS_MS) };
    let mut response =
        match tokio::time::timeout(ANSWERS, send(inside, request.map(|body| Said::new(body, Arc::clone(place))))).await
        {
            Ok(Ok(response)) => response,
            // It has ended, or is about to. Whether the request was done is known by its id when it comes again.
            Ok(Err(error)) => {
                say(&format!("workerd has not answered {path}: {error}"));
                return unavailable(STARTS_MS);
            }
            Err(_late) => {
                say(&format!("workerd has not answered {path} in {} seconds", ANSWERS.as_secs()));
                return unavailable(FULL_MS);
            }
        };
    if response.status().is_client_error() {
        house.gauge.give_back(claim, promised);
    }
    if let (Some(name), true) = (workspace(counted), is_taken(response.status())) {
        let _known = house.workspace.set(name.to_owned());
    }
    if let (Some(conversation), true) = (&conversation, is_taken(response.status())) {
        house.known.add(conversation);
    }
    if let (Some(outside), StatusCode::SWITCHING_PROTOCOLS) = (outside, response.status()) {
        let inside = hyper::upgrade::on(&mut response);
        drop(tokio::spawn(socket::carry(outside, inside, Arc::clone(place), Arc::clone(house))));
    }
    response.map(|body| body.boxed())
}

/// A path with one slash between its segments, and at most one at its end: the doors do not mind it, and a folder of the demo has it. None if a segment leads elsewhere (`.` and
/// `..`, written in any way) or a backslash would be read as a slash (WHATWG URL, section 4.4).
fn plain(path: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let leads_elsewhere = |segment: &&str| matches!(&segment.to_ascii_lowercase().replace("%2e", ".")[..], "." | "..");
    let is_odd = path.contains('\\') || segments.iter().any(leads_elsewhere);
    let end = if path.ends_with('/') && !segments.is_empty() { "/" } else { "" };
    (!is_odd).then(|| ["/", &segments.join("/"), end].concat())
}

/// The state that a watcher is told.
async fn how_it_is(house: &House) -> &'static str {
    if house.is_stopping() {
        "stopping"
    } else if UnixStream::connect(&house.inside).await.is_err() {
        "starting"
    } else if let Some(promised) = house.gauge.admits(Claim::New) {
        // To be asked takes nobody's room.
        house.gauge.give_back(Claim::New, promised);
        "ok"
    } else {
        "full"
    }
}

/// The workspace that a path is about.
fn workspace(path: &str) -> Option<&str> {
    path.strip_prefix("/api/w/")?.split_once('/').map(|(name, _)| name)
}

/// The conversation that a path is about.
fn conversation(path: &str) -> Option<&str> {
    match path.strip_prefix("/api/w/")?.split('/').collect::<Vec<_>>()[..] {
        [_, "conversations", id, _] => Some(id),
        _ => None,
    }
}

/// The files that a request may have opened for it.
fn claim(method: &Method, path: &str, conversation: Option<&str>, house: &House) -> Claim {
    match conversation {
        Some(id) if house.known.has(id) => Claim::Known,
        Some(_) => Claim::New,
        // A visitor's list wakes the visitor's object; the objects of a workspace are awake.
        None if path.ends_with("/conversations") || path.contains("/visitors/") => Claim::New,
        None if path.starts_with("/api/") && method != Method::GET => Claim::Known,
        None => Claim::Nothing,
    }
}

fn is_taken(status: StatusCode) -> bool {
    status.is_success() || status == StatusCode::SWITCHING_PROTOCOLS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_in_one_way() {
        for (path, plainly) in [
            ("/", Some("/")),
            ("//", Some("/")),
            ("/plain/", Some("/plain/")),
            ("/plain//", Some("/plain/")),
            ("//api/w//demo/conversations/abc/live/", Some("/api/w/demo/conversations/abc/live/")),
            ("/a/panel.0.wasm", Some("/a/panel.0.wasm")),
            ("/a/...", Some("/a/...")),
            ("/./api", None),
            ("/x/../api", None),
            ("/x/%2E./api", None),
            ("/x/%2e", None),
            ("/\\api", None),
        ] {
            assert_eq!(plain(path).as_deref(), plainly, "{path}");
        }
    }

    #[test]
    fn a_path_tells_its_conversation() {
        for (path, id) in [
            ("/api/w/demo/conversations/abc/commands", Some("abc")),
            ("/api/w/demo/conversations/abc/live", Some("abc")),
            ("/api/w/demo/conversations", None),
            ("/api/w/demo/visitors/me/export", None),
            ("/api/w/demo/boot", None),
            ("/beforehand.js", None),
        ] {
            assert_eq!(conversation(path), id, "{path}");
        }
    }
}
