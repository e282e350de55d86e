//! The page in the panel's place where a host page can have no panel. It shows nothing. It tells the loader around it what to change,
//! since a frame that was refused tells nothing by itself.

use super::Answer;
use crate::platform::random_base64url;
use serde::Serialize;
use shared::protocol::ApiError;
use worker::Response;

/// Longer than anybody can guess before the page is read.
const NONCE_BYTES: u32 = 16;

/// What the loader hears, in the form of the panel's own messages.
#[derive(Serialize)]
struct Told<'a> {
    beforehand: u8,
    kind: &'static str,
    say: &'a str,
}

/// The page for a refusal that stays one. Every origin may hold it and hear it: it says nothing but what its address has asked.
pub(super) fn page(error: &ApiError) -> Answer {
    let told = Told { beforehand: 1, kind: "refused", say: &error.message };
    // A text must not end the script.
    let told = serde_json::to_string(&told)?.replace('<', "\\u003c");
    let nonce = random_base64url(NONCE_BYTES)?;
    let html = [
        "<!doctype html><html lang=\"en\"><title>No panel</title><script nonce=\"",
        &nonce,
        "\">parent.postMessage(",
        &told,
        ",\"*\")</script></html>",
    ];
    let response = Response::from_bytes(html.concat().into_bytes())?.with_status(error.code.status());
    let headers = response.headers();
    headers.set("content-security-policy", &["default-src 'none'; script-src 'nonce-", &nonce, "'"].concat())?;
    headers.set("content-type", "text/html; charset=utf-8")?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("cross-origin-embedder-policy", "require-corp")?;
    headers.set("cross-origin-resource-policy", "cross-origin")?;
    Ok(response)
}
