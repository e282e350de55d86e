//! The edge's doors.
//!
//! The browser's `fetch` itself: gloo's wrapper brings a second description of HTTP and of streams.

use super::json::{Json, written};
use super::wire;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use shared::ids::VisitorToken;
use shared::protocol::{ApiError, ErrorCode, Millis};
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

/// Gets JSON.
pub(crate) async fn get(address: &str, token: Option<&VisitorToken>) -> Result<Json, Trouble> {
    json(asked(address, token, None).await?).await
}

/// Gets JSON that the edge gives when there is something new, or after `HELD_MS`.
pub(crate) async fn held(address: &str, token: &VisitorToken) -> Result<Json, Trouble> {
    json(asked_within(TIMEOUT_MS + HELD_MS, address, Some(token), None).await?).await
}

/// Posts a value as JSON, and gets JSON.
pub(crate) async fn post(address: &str, token: &VisitorToken, body: &impl Serialize) -> Result<Json, Trouble> {
    json(asked(address, Some(token), Some(written(body))).await?).await
}

/// Posts a value as JSON, and does not wait for what comes of it.
pub(crate) async fn tell(address: &str, body: &impl Serialize) {
    let _ = asked(address, None, Some(written(body))).await;
}

/// Gets bytes.
pub(crate) async fn bytes(address: &str) -> Result<Vec<u8>, Trouble> {
    let response = asked(address, None, None).await?;
    Ok(Uint8Array::new(&settled(response.array_buffer()).await?).to_vec())
}

async fn asked(address: &str, token: Option<&VisitorToken>, body: Option<String>) -> Result<Response, Trouble> {
    asked_within(TIMEOUT_MS, address, token, body).await
}

async fn asked_within(
    timeout_ms: u32,
    address: &str,
    token: Option<&VisitorToken>,
    body: Option<String>,
) -> Result<Response, Trouble> {
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
    let window = super::window().ok_or(Trouble::Away)?;
    let response: Response = settled(Ok(window.fetch_with_str_and_init(address, &init))).await?.unchecked_into();
    if response.ok() {
        return Ok(response);
    }
    let error = wire::api_error(&json(response).await?.get("error")).ok_or(Trouble::Away)?;
    // Its own fault and too much at once pass; the rest will be refused again.
    Err(match error.code {
        ErrorCode::Internal => Trouble::Away,
        ErrorCode::TooMany => Trouble::TooMany(error.retry_after_ms.unwrap_or(SOME_TIME_MS)),
        _ => Trouble::Refused(error),
    })
}

async fn json(response: Response) -> Result<Json, Trouble> {
    Ok(Json::of(settled(response.json()).await?))
}

async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, Trouble> {
    JsFuture::from(promise.map_err(|_| Trouble::Away)?).await.map_err(|_| Trouble::Away)
}
