//! The built files: the loader under its fixed name, everything else under a name that holds its hash.

use super::Answer;
use crate::failure::Failure;
use crate::http::accepted_encoding;
use shared::protocol::ErrorCode;
use worker::{EncodeBody, Env, Request, Response};

/// A file whose name holds its hash never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// The loader is the one file that a site owner cannot rename: a new one must reach visitors within minutes.
const LOADER_CACHE: &str = "public, max-age=300, stale-while-revalidate=86400";

/// `GET /beforehand.js`.
pub(super) async fn loader(request: &Request, env: &Env) -> Answer {
    let response = file(request, env, "beforehand.js").await?;
    response.headers().set("cache-control", LOADER_CACHE)?;
    // Host pages of any origin may run it, also those that isolate themselves from others.
    response.headers().set("cross-origin-resource-policy", "cross-origin")?;
    response.headers().set("access-control-allow-origin", "*")?;
    Ok(response)
}

/// `GET /a/{name}`.
pub(super) async fn immutable(request: &Request, env: &Env, name: &str) -> Answer {
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) || name.starts_with('.') {
        return Err(ErrorCode::UnknownDoor.into());
    }
    let response = file(request, env, &["a/", name].concat()).await?;
    response.headers().set("cache-control", IMMUTABLE)?;
    // Scripts are parts of the loader, too, which a host page of any origin imports.
    let is_script = name.ends_with(".js");
    response.headers().set("cross-origin-resource-policy", if is_script { "cross-origin" } else { "same-origin" })?;
    if is_script {
        response.headers().set("access-control-allow-origin", "*")?;
    }
    Ok(response)
}

/// A file in the best encoding that the caller takes. The encoded variants were made when it was built.
async fn file(request: &Request, env: &Env, path: &str) -> Answer {
    let encoding = accepted_encoding(request);
    let suffix = match encoding {
        Some("br") => ".br",
        Some(_) => ".gz",
        None => "",
    };
    let body = fetch(env, &[path, suffix].concat()).await?;
    let response = Response::from_bytes(body)?;
    response.headers().set("content-type", content_type(path))?;
    response.headers().set("vary", "accept-encoding")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    match encoding {
        Some(encoding) => {
            response.headers().set("content-encoding", encoding)?;
            Ok(response.with_encode_body(EncodeBody::Manual))
        }
        None => Ok(response),
    }
}

/// The bytes of a built file.
pub(super) async fn fetch(env: &Env, path: &str) -> Result<Vec<u8>, Failure> {
    read(env, "ASSETS", path).await
}

/// The bytes of a file that a binding serves.
pub(super) async fn read(env: &Env, binding: &str, path: &str) -> Result<Vec<u8>, Failure> {
    let url = ["http://assets.invalid/", path].concat();
    let mut response = env.service(binding)?.fetch(url, None).await?;
    match response.status_code() {
        200 => Ok(response.bytes().await?),
        404 => Err(ErrorCode::UnknownDoor.into()),
        status => Err(Failure::broken(["the assets answered ", &status.to_string(), " for ", path].concat())),
    }
}

/// The media type of a file, by its ending.
pub(super) fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
