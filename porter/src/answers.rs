//! What the porter answers itself.

use crate::trouble::Trouble;
use http_body_util::Full;
use http_body_util::{BodyExt, combinators::BoxBody};
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use shared::protocol::{ApiError, ErrorBody, ErrorCode, Millis};

/// The body of any answer.
pub(crate) type Body = BoxBody<Bytes, hyper::Error>;

/// There is no room, or nobody to answer, just now.
pub(crate) fn unavailable(retry_after_ms: Millis) -> Response<Body> {
    let mut response = refusal(ApiError::unavailable(retry_after_ms));
    let seconds = HeaderValue::from(retry_after_ms.div_ceil(1_000));
    response.headers_mut().insert(RETRY_AFTER, seconds);
    // Another connection may find another moment; this one is room for somebody else.
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A request that no client of ours makes.
pub(crate) fn invalid() -> Response<Body> {
    refusal(ApiError::new(ErrorCode::InvalidRequest))
}

/// A path that can be read in more than one way.
pub(crate) fn broken_address() -> Response<Body> {
    refusal(ApiError::new(ErrorCode::BrokenAddress))
}

/// A request for a tunnel: this is no proxy.
pub(crate) fn wrong_method() -> Response<Body> {
    refusal(ApiError::new(ErrorCode::WrongMethod))
}

/// A request for a WebSocket that a proxy has made another one of.
pub(crate) fn upgrade_lost() -> Response<Body> {
    refusal(ApiError::upgrade_lost())
}

/// How the product is: for a proxy or a watcher, which need no more than the status. Beside it stands what is wrong, and what soon may
/// be.
pub(crate) fn health(status: &'static str, troubles: &[Trouble]) -> Response<Body> {
    let mut said = json!({ "status": status });
    for (name, is_now) in [("problems", true), ("soon", false)] {
        let these = troubles.iter().filter(|trouble| trouble.is_now == is_now);
        let all: Vec<Value> = these.map(|trouble| json!({ "part": trouble.part, "what": trouble.what })).collect();
        if let Some(said) = said.as_object_mut().filter(|_| !all.is_empty()) {
            said.insert(name.to_owned(), Value::from(all));
        }
    }
    let mut response = as_json(format!("{said}\n"));
    if status != "ok" {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}

/// The same refusal as bytes, for a connection whose request nobody reads.
pub(crate) fn unavailable_bytes(retry_after_ms: Millis) -> Vec<u8> {
    let body = written(ApiError::unavailable(retry_after_ms));
    let head = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\ncache-control: no-store\r\nretry-after: {}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        retry_after_ms.div_ceil(1_000),
        body.len()
    );
    [head, body].concat().into_bytes()
}

fn refusal(error: ApiError) -> Response<Body> {
    let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut response = as_json(written(error));
    *response.status_mut() = status;
    response
}

fn written(error: ApiError) -> String {
    serde_json::to_string(&ErrorBody::from(error)).unwrap_or_default()
}

fn as_json(text: String) -> Response<Body> {
    let mut response = Response::new(Full::from(text).map_err(|never| match never {}).boxed());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
