//! The demo's host pages, served from another host name than the edge, as they will be in life. They exist only where
//! the binding `DEMO` does, on your own machine.

use super::Answer;
use super::assets::{content_type, read};
use crate::failure::Failure;
use shared::protocol::ErrorCode;
use worker::{Env, Method, Request, Response, Url};

/// The host name of the demo's pages; the edge is at `127.0.0.1`, which is another origin to a browser.
const HOST: &str = "localhost";
const EDGE_HOST: &str = "127.0.0.1";
/// Replaced by the edge's origin in every page.
const EDGE_MARK: &str = "{{edge}}";
/// The folder whose pages are served under a policy as strict as any site's.
const STRICT: &str = "strict/";

/// Whether a request is for the demo's host pages and not for the edge.
pub(super) fn is_host_page(url: &Url, env: &Env) -> bool {
    url.host_str() == Some(HOST) && env.service("DEMO").is_ok()
}

/// Leads from the edge's own address to the demo, where there is one.
pub(super) fn home(request: &Request, env: &Env) -> Answer {
    let mut url = request.url()?;
    if env.service("DEMO").is_err() || url.set_host(Some(HOST)).is_err() {
        return Err(ErrorCode::UnknownDoor.into());
    }
    Ok(Response::redirect_with_status(url, 302)?)
}

/// A page or file of the demo.
pub(super) async fn serve(request: &Request, url: &Url, env: &Env) -> Answer {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(ErrorCode::WrongMethod.into());
    }
    let mut path = String::from(url.path().trim_start_matches('/'));
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    let mut body = match read(env, "DEMO", &path).await {
        Ok(body) => body,
        // The single-page app's own addresses all lead to it.
        Err(Failure::Refused(_)) if path.starts_with("app/") => {
            path = String::from("app/index.html");
            read(env, "DEMO", &path).await?
        }
        Err(failure) => return Err(failure),
    };
    let mut edge = url.clone();
    edge.set_host(Some(EDGE_HOST)).map_err(|error| Failure::broken(error.to_string()))?;
    let edge = edge.origin().ascii_serialization();
    if path.ends_with(".html") {
        body = String::from_utf8_lossy(&body).replace(EDGE_MARK, &edge).into_bytes();
    }
    let response = Response::from_bytes(body)?;
    response.headers().set("content-type", content_type(&path))?;
    response.headers().set("cache-control", "no-cache")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    if path.starts_with(STRICT) {
        response.headers().set("content-security-policy", &strict_policy(&edge))?;
    }
    Ok(response)
}

/// The policy that a strict site needs beside its own rules: the edge as a source of scripts and frames, nothing unsafe.
fn strict_policy(edge: &str) -> String {
    [
        "default-src 'none'; script-src 'self' ",
        edge,
        "; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; frame-src ",
        edge,
        "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ]
    .concat()
}
