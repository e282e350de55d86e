//! From which network address a request comes, as far as the platform vouches for it.

use crate::calls::address::{Address, Spend};
use crate::calls::draw::Draw;
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform;
use crate::proof::digest;
use crate::proxy::{self, Missing};
use js_sys::Reflect;
use shared::address::{Unread, address_name, forwarded_name};
use shared::ids::WorkspaceId;
use wasm_bindgen::JsValue;
use worker::{Env, Request};

/// The binding that names the header in which the platform, or the proxy in front of workerd, writes the address. A header
/// that nobody named is the caller's own invention and is never read.
const HEADER_BINDING: &str = "ADDRESS_HEADER";
/// The binding that says how many proxies add to that header, if more than one.
const PROXIES_BINDING: &str = "ADDRESS_PROXIES";
/// All whose address nobody tells share one name, which the log says: they are limited together rather than not at all.
const UNKNOWN: &str = "unknown";
/// How every sentence on that ends.
const ALL_ARE_ONE: &str = "; all such requests are counted as one address (docs/proxy.md)";
/// The sentence where there is no header to look at.
const CONNECTION_SILENT: &str = "the platform tells no address; all requests are counted as one. ADDRESS_HEADER has to name the header of the proxy";

/// An address's name, or the header that should have it and why it has none.
type Told = Result<String, (Option<String>, String)>;

/// The name under which the caller's address is counted, from which the address cannot be found.
pub(crate) fn of(request: &Request, env: &Env) -> Result<AddressName, Failure> {
    let told = match platform::text(env, HEADER_BINDING) {
        Some(header) => from_header(request, env, &header)?,
        None => from_connection(request).ok_or((None, CONNECTION_SILENT.into())),
    };
    let name = match told {
        Ok(name) => name,
        Err((header, detail)) => {
            proxy::tell(Missing::Address, header.as_deref(), &detail);
            // A request that comes past the proxy has an address of its own still.
            let from = header.and_then(|_| from_connection(request)).unwrap_or_default();
            [UNKNOWN, " ", &from].concat()
        }
    };
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

/// What the header says that the operator has named; where it says nothing, the header and why. A sentence holds no address.
fn from_header(request: &Request, env: &Env, header: &str) -> Result<Told, Failure> {
    let count = platform::text(env, PROXIES_BINDING).map_or_else(|| String::from("1"), |count| count.trim().into());
    let unread = |why: String| (Some(header.to_owned()), [&why, ALL_ARE_ONE].concat());
    let Some(proxies) = count.parse::<usize>().ok().filter(|count| *count > 0) else {
        return Ok(Err(unread(["ADDRESS_PROXIES is ", &count, ", which is no number of proxies"].concat())));
    };
    // A header that came twice is read as one list, in the order of its lines.
    // A name that no header can have is the name of none.
    let Some(list) = request.headers().get(header).ok().flatten() else {
        let others = proxy::usual_headers(request)?;
        let others = if others.is_empty() { String::from("none of the usual ones either") } else { others };
        let why = ["ADDRESS_HEADER names ", header, ", which the proxy has not set; what came is: ", &others].concat();
        return Ok(Err(unread(why)));
    };
    Ok(forwarded_name(&list, proxies).map_err(|why| {
        unread(match why {
            Unread::TooFew(entries) => {
                [header, " has ", &entries.to_string(), " entries, fewer than ADDRESS_PROXIES, which is ", &count]
                    .concat()
            }
            Unread::NoAddress => ["the entry of ", header, " that the proxy has written is no address"].concat(),
        })
    }))
}

/// workerd tells who is at the other end of the connection in `request.cf`, where no caller can write.
fn from_connection(request: &Request) -> Option<String> {
    let cf = Reflect::get(request.inner(), &JsValue::from_str("cf")).ok()?;
    address_name(&Reflect::get(&cf, &JsValue::from_str("clientIp")).ok()?.as_string()?)
}
