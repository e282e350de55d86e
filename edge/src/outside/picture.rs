//! What the edge fetches from addresses that others have written: pictures of articles.
//!
//! workerd connects to public addresses alone, whatever a name or a redirect leads to (`internet` in workerd.capnp), and
//! Cloudflare's network has no other ones. Here an address is looked at before that, at each step, and an answer is bounded in bytes and time.

use super::{Missing, body};
use crate::platform;
use futures_util::future::{Either, select};
use shared::public_host::is_public_host;
use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;
use worker::{Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response, Url};

/// Addresses that lead to one another. Browsers go on to twenty.
const MOST_STEPS: usize = 5;
/// How long an answer may take, with all its bytes.
const PATIENCE: Duration = Duration::from_secs(10);
/// The binding by which a test allows servers on its own machine.
const LOCAL: &str = "LOCAL_SERVERS";

/// Fetches what is at an address, at most `limit` bytes. `steps` are the requests that are left, of which each step takes one.
pub(crate) async fn fetch(env: &Env, url: &str, limit: usize, steps: &Cell<u32>) -> Result<Vec<u8>, Missing> {
    match select(pin!(follow(env, url, limit, steps)), pin!(Delay::from(PATIENCE))).await {
        Either::Left((fetched, _)) => fetched,
        Either::Right(_) => Err(Missing::for_now(String::from("it did not come within 10 seconds"))),
    }
}

async fn follow(env: &Env, url: &str, limit: usize, steps: &Cell<u32>) -> Result<Vec<u8>, Missing> {
    let mut url = allowed(env, Url::parse(url).ok()).map_err(Missing::for_good)?;
    for _ in 0..MOST_STEPS {
        steps.set(steps.get().saturating_sub(1));
        let response = one(&url)
            .await
            // Why is not told: it would tell what is inside of a network, and what is not.
            .map_err(|_| Missing::for_now(String::from("its server cannot be reached")))?;
        let status = response.status_code();
        if (300..400).contains(&status) {
            let next = response.headers().get("location").ok().flatten();
            url = allowed(env, next.and_then(|next| url.join(&next).ok())).map_err(Missing::for_good)?;
            continue;
        }
        if status != 200 {
            let why = ["its server answers ", &status.to_string()].concat();
            // Too many at once, or a fault of its own.
            return Err(Missing { why, passes: status == 429 || status >= 500 });
        }
        return body(response, limit).await;
    }
    Err(Missing::for_good(String::from("its address leads from one to the next without end")))
}

async fn one(url: &Url) -> worker::Result<Response> {
    let headers = Headers::new();
    headers.set("accept", "image/png,image/jpeg,image/gif,image/webp")?;
    headers.set("user-agent", "Beforehand")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers).with_redirect(RequestRedirect::Manual);
    Fetch::Request(Request::new_with_init(url.as_str(), &init)?).send().await
}

/// The address, if it is one of a public server.
fn allowed(env: &Env, url: Option<Url>) -> Result<Url, String> {
    let url = url.ok_or("its address leads nowhere")?;
    if platform::text(env, LOCAL).is_some() {
        return Ok(url);
    }
    let host = url.host_str().unwrap_or_default();
    if !matches!(url.scheme(), "http" | "https")
        || !url.username().is_empty()
        || url.password().is_some()
        || !is_public_host(host)
    {
        return Err(["its address is on no public server: ", host].concat());
    }
    Ok(url)
}
