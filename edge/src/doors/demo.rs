//! The demo's host pages, served from another host name than the edge, as they will be in life. They exist only where
//! the setting `DEMO_HOST` does: `cargo xtask up` sets it on a developer's machine, and nothing else does.

use super::Answer;
use super::assets::{content_type, read};
use crate::failure::Failure;
use crate::{origin, platform};
use shared::protocol::ErrorCode;
use worker::{Env, Method, Request, Response, Url};

/// The setting that names the host of the demo's pages, such as `localhost`.
const HOST_BINDING: &str = "DEMO_HOST";
/// Where the edge is, which is another origin to a browser.
const EDGE_HOST: &str = "127.0.0.1";
/// What proxies add to a request. Behind a proxy `Host` may be whatever the proxy likes, and there are visitors.
const OF_PROXIES: [&str; 5] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip"];
/// Replaced by the edge's origin in every page.
const EDGE_MARK: &str = "{{edge}}";
/// The folder whose pages are served under a policy as strict as any site's.
const STRICT: &str = "strict/";

/// Whether a request is for the demo's host pages and not for the edge. `Host` alone does not say so: the demo has to be set up,
/// the edge has no public address, and nobody has passed the request on.
pub(super) fn is_host_page(request: &Request, url: &Url, env: &Env) -> Result<bool, Failure> {
    let Some(host) = host(env) else { return Ok(false) };
    if url.host_str() != Some(host.as_str()) {
        return Ok(false);
    }
    for header in OF_PROXIES {
        if request.headers().has(header)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The host of the demo's pages, if there is a demo.
fn host(env: &Env) -> Option<String> {
    platform::text(env, HOST_BINDING).filter(|_| !origin::is_configured(env))
}

/// Leads from the edge's own address to the demo, where there is one.
pub(super) fn home(url: &Url, env: &Env) -> Answer {
    let mut url = url.clone();
    let host = host(env).ok_or(ErrorCode::UnknownDoor)?;
    if url.host_str() != Some(EDGE_HOST) || url.set_host(Some(&host)).is_err() {
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
