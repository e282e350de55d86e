//! From which network address a request comes, as far as the platform vouches for it.

use crate::calls::address::{Address, Spend};
use crate::calls::draw::Draw;
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform;
use crate::proof::digest;
use js_sys::Reflect;
use serde::Serialize;
use shared::address::{address_name, forwarded_name};
use shared::ids::WorkspaceId;
use std::cell::Cell;
use wasm_bindgen::JsValue;
use worker::{Env, Request, console_error};

/// The binding that names the header in which the platform, or the proxy in front of workerd, writes the address. A header
/// that nobody named is the caller's own invention and is never read.
const HEADER_BINDING: &str = "ADDRESS_HEADER";
/// The binding that says how many proxies add to that header, if more than one.
const PROXIES_BINDING: &str = "ADDRESS_PROXIES";
/// All whose address nobody tells share one name, which the log says: they are limited together rather than not at all.
const UNKNOWN: &str = "unknown";

thread_local! {
    /// Whether the log has a line on an address that could not be read. One is enough: who floods the edge floods no log.
    static TOLD: Cell<bool> = const { Cell::new(false) };
}

/// A line of the log.
#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    header: Option<&'a str>,
    detail: &'static str,
}

/// The name under which the caller's address is counted, from which the address cannot be found.
pub(crate) fn of(request: &Request, env: &Env) -> Result<AddressName, Failure> {
    let header = platform::text(env, HEADER_BINDING);
    let told = match &header {
        Some(header) => {
            // A header that came twice is read as one list, in the order of its lines.
            let list = request.headers().get(header)?.unwrap_or_default();
            let proxies = platform::text(env, PROXIES_BINDING).map_or(Some(1), |count| count.trim().parse().ok());
            proxies.and_then(|proxies| forwarded_name(&list, proxies))
        }
        None => from_connection(request),
    };
    let name = told.unwrap_or_else(|| {
        tell(header.as_deref());
        // A request that comes past the proxy has an address of its own still.
        let from = header.as_ref().and_then(|_| from_connection(request)).unwrap_or_default();
        [UNKNOWN, " ", &from].concat()
    });
    // There are few enough addresses to try them all; with a secret before them, that finds nothing.
    let secret =
        platform::text(env, "OPERATOR_TOKEN").or_else(|| platform::text(env, "SETUP_TOKEN")).unwrap_or_default();
    Ok(AddressName::new(digest(&[&secret, "/", &name].concat())))
}

/// Takes from what the address may do.
pub(crate) async fn take(
    env: &Env,
    workspace: &WorkspaceId,
    name: &AddressName,
    draws: Vec<Draw>,
) -> Result<(), Failure> {
    Address::of(env, workspace, name)?.ask(Spend { draws }).await
}

/// workerd tells who is at the other end of the connection in `request.cf`, where no caller can write.
fn from_connection(request: &Request) -> Option<String> {
    let cf = Reflect::get(request.inner(), &JsValue::from_str("cf")).ok()?;
    address_name(&Reflect::get(&cf, &JsValue::from_str("clientIp")).ok()?.as_string()?)
}

/// Has the operator know that visitors cannot be told apart. The line says nothing of the caller.
fn tell(header: Option<&str>) {
    if TOLD.replace(true) {
        return;
    }
    let detail = match header {
        Some(_) => {
            "the header that ADDRESS_HEADER names is missing or holds no address; all such requests are counted as one address"
        }
        None => "the platform tells no address; all requests are counted as one. Set ADDRESS_HEADER",
    };
    let line = Line { event: "address_unknown", header, detail };
    console_error!("{}", serde_json::to_string(&line).unwrap_or_default());
}
