//! The edge's doors.
//!
//! The browser's `fetch` itself: gloo's wrapper brings a second description of HTTP and of streams.

use super::json::Json;
use super::wire;
use js_sys::{Object, Promise, Reflect};
use shared::client::{HELD_MS, REQUEST_MS};
use shared::ids::VisitorToken;
use shared::protocol::ApiError;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The network or something between us and the edge failed: it may work later.
    Away,
    /// The edge understood and refuses, for now or for good.
    Refused(ApiError),
}

/// What will come of a request, which is on its way. Boxed, so that who waits for it is compiled without it.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<Json, Trouble>>>>;

/// Gets JSON.
pub(crate) fn get(address: &str, token: Option<&VisitorToken>) -> Answer {
    answer(fetch(REQUEST_MS, address, token, None), Response::json)
}

/// Gets JSON that the edge gives when there is something new, or after `HELD_MS`.
pub(crate) fn held(address: &str, token: &VisitorToken) -> Answer {
    answer(fetch(REQUEST_MS + HELD_MS, address, Some(token), None), Response::json)
}

/// Posts what is written as JSON, and gets JSON.
pub(crate) fn post(address: &str, token: Option<&VisitorToken>, body: String) -> Answer {
    answer(fetch(REQUEST_MS, address, token, Some(body)), Response::json)
}

/// Has something deleted; whatever is answered.
pub(crate) fn delete(address: &str, token: &VisitorToken) -> Answer {
    let promise = fetch_as("DELETE", REQUEST_MS, address, Some(token), None);
    answer(promise, Response::text)
}

/// Gets a buffer of bytes.
pub(crate) fn buffer(address: &str, token: Option<&VisitorToken>) -> Answer {
    answer(fetch(REQUEST_MS, address, token, None), Response::array_buffer)
}

/// Begins a request; none if there is no window.
fn fetch(timeout_ms: u32, address: &str, token: Option<&VisitorToken>, body: Option<String>) -> Option<Promise> {
    fetch_as(if body.is_some() { "POST" } else { "GET" }, timeout_ms, address, token, body)
}

fn fetch_as(
    method: &str,
    timeout_ms: u32,
    address: &str,
    token: Option<&VisitorToken>,
    body: Option<String>,
) -> Option<Promise> {
    let headers = Object::new();
    let header = |name: &str, value: &str| Reflect::set(&headers, &name.into(), &value.into());
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(timeout_ms)));
    if let Some(token) = token {
        let _ = header("authorization", &["Bearer ", token.as_str()].concat());
    }
    if let Some(body) = body {
        let _ = header("content-type", "application/json");
        init.set_body(&body.into());
    }
    init.set_headers(&headers);
    Some(super::window()?.fetch_with_str_and_init(address, &init))
}

fn answer(promise: Option<Promise>, read: fn(&Response) -> Result<Promise, JsValue>) -> Answer {
    Box::pin(async move {
        let response: Response = settled(promise).await?.unchecked_into();
        let accepted = response.ok();
        let read = if accepted { read } else { Response::json };
        let body = Json::of(settled(read(&response).ok()).await?);
        if accepted {
            return Ok(body);
        }
        Err(wire::api_error(&body.get("error")).map_or(Trouble::Away, Trouble::Refused))
    })
}

async fn settled(promise: Option<Promise>) -> Result<JsValue, Trouble> {
    JsFuture::from(promise.ok_or(Trouble::Away)?).await.map_err(|_| Trouble::Away)
}
