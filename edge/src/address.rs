//! From which network address a request comes, as far as the platform vouches for it.

use crate::calls::address::{Address, Spend};
use crate::calls::draw::Draw;
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform;
use crate::proof::digest;
use js_sys::Reflect;
use shared::ids::WorkspaceId;
use shared::limits::address_name;
use wasm_bindgen::JsValue;
use worker::{Env, Request};

/// The binding that names the header in which the platform, or the proxy in front of workerd, writes the address. A header
/// that nobody named is the caller's own invention and is never read.
const HEADER_BINDING: &str = "ADDRESS_HEADER";
/// All whose address the platform does not tell share one name: they are limited together rather than not at all.
const UNKNOWN: &str = "unknown";

/// The name under which the caller's address is counted, from which the address cannot be found.
pub(crate) fn of(request: &Request, env: &Env) -> Result<AddressName, Failure> {
    let told = match platform::text(env, HEADER_BINDING) {
        Some(header) => request.headers().get(&header)?,
        None => from_connection(request),
    };
    let name = told.as_deref().and_then(address_name).unwrap_or_else(|| String::from(UNKNOWN));
    // There are few enough addresses to try them all; with a secret before them, that finds nothing.
    let secret = platform::text(env, "SETUP_TOKEN").unwrap_or_default();
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
    Reflect::get(&cf, &JsValue::from_str("clientIp")).ok()?.as_string()
}
