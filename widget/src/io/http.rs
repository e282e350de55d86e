//! The edge's doors.
//!
//! The browser's `fetch` itself: gloo's wrapper brings a second description of HTTP and of streams.

use super::json::{Json, written};
use super::wire;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use shared::ids::VisitorToken;
use shared::protocol::{ApiError, ErrorCode, Millis};
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

/// A request that takes longer is lost: on a phone between two networks it would else hang for minutes.
const TIMEOUT_MS: u32 = 15_000;
/// How long the edge may hold a request that waits for something new. Many proxies give up after 30 seconds.
pub(crate) const HELD_MS: u32 = 25_000;
/// How long to wait for an edge that has no time and does not say for how long.
const SOME_TIME_MS: Millis = 5_000;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The network, the edge or something between them failed: it may work later.
    Away,
    /// The edge has no time for it before so many milliseconds have passed.
    TooMany(Millis),
    /// The edge understood and refuses.
    Refused(ApiError),
}

/// What will come of a request, which is on its way. Boxed, so that who waits for it is compiled without it.
pub(crate) type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Trouble>>>>;

/// Gets JSON.
pub(crate) fn get(address: &str, token: Option<&VisitorToken>) -> Answer<Json> {
    json(fetch(TIMEOUT_MS, address, token, None))
}

/// Gets JSON that the edge gives when there is something new, or after `HELD_MS`.
pub(crate) fn held(address: &str, token: &VisitorToken) -> Answer<Json> {
    json(fetch(TIMEOUT_MS + HELD_MS, address, Some(token), None))
}

/// Posts a value as JSON, and gets JSON.
pub(crate) fn post(address: &str, token: Option<&VisitorToken>, body: &impl Serialize) -> Answer<Json> {
    json(fetch(TIMEOUT_MS, address, token, Some(written(body))))
}

/// Gets bytes.
pub(crate) fn bytes(address: &str) -> Answer<Vec<u8>> {
    let promise = fetch(TIMEOUT_MS, address, None, None);
    Box::pin(async move {
        let response = accepted(promise).await?;
        Ok(Uint8Array::new(&settled(response.array_buffer().ok()).await?).to_vec())
    })
}

/// Begins a request; none if there is no window.
fn fetch(timeout_ms: u32, address: &str, token: Option<&VisitorToken>, body: Option<String>) -> Option<Promise> {
    let headers = Object::new();
    let header = |name: &str, value: &str| Reflect::set(&headers, &name.into(), &value.into());
    let init = RequestInit::new();
    init.set_signal(Some(&AbortSignal::timeout_with_u32(timeout_ms)));
    if let Some(token) = token {
        let _ = header("authorization", &["Bearer ", token.as_str()].concat());
    }
    if let Some(body) = body {
        let _ = header("content-type", "application/json");
        init.set_method("POST");
        init.set_body(&body.into());
    }
    init.set_headers(&headers);
    Some(super::window()?.fetch_with_str_and_init(address, &init))
}

fn json(promise: Option<Promise>) -> Answer<Json> {
    Box::pin(async move { read(&accepted(promise).await?).await })
}

/// The response, if it is one of success.
async fn accepted(promise: Option<Promise>) -> Result<Response, Trouble> {
    let response: Response = settled(promise).await?.unchecked_into();
    if response.ok() {
        return Ok(response);
    }
    let error = wire::api_error(&read(&response).await?.get("error")).ok_or(Trouble::Away)?;
    // Its own fault and too much at once pass; the rest will be refused again.
    Err(match error.code {
        ErrorCode::Internal => Trouble::Away,
        ErrorCode::TooMany => Trouble::TooMany(error.retry_after_ms.unwrap_or(SOME_TIME_MS)),
        _ => Trouble::Refused(error),
    })
}

async fn read(response: &Response) -> Result<Json, Trouble> {
    Ok(Json::of(settled(response.json().ok()).await?))
}

async fn settled(promise: Option<Promise>) -> Result<JsValue, Trouble> {
    JsFuture::from(promise.ok_or(Trouble::Away)?).await.map_err(|_| Trouble::Away)
}
