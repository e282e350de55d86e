//! Browsers in which an agent has signed in before. Each has a cookie that the workspace has signed, and a count of its own of
//! wrong passwords: guesses from elsewhere do not use it up. The cookie opens nothing.

use super::secrets;
use crate::failure::Failure;
use crate::platform::random_base64url;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use shared::ids::base64url;
use shared::ids::{AgentId, from_base64url};
use worker::Storage;

/// What stands before the name of a browser where a network stands otherwise; no network's name has a colon.
const SOURCE: &str = "browser:";

/// A new cookie for a browser of this agent: `agent.name.signature`.
pub(super) fn issue(storage: &Storage, agent: &AgentId) -> Result<String, Failure> {
    let signed = [agent.as_str(), ".", &random_base64url(16)?].concat();
    let mac = sign(&secrets::device_key(storage)?, &signed)?;
    Ok([&signed, ".", &base64url(&mac.finalize().into_bytes())].concat())
}

/// Under which name guesses from this browser count, if its cookie is this agent's.
pub(super) fn source(storage: &Storage, agent: &AgentId, cookie: &str) -> Result<Option<String>, Failure> {
    let Some((signed, signature)) = cookie.rsplit_once('.') else { return Ok(None) };
    let Some((of, name)) = signed.split_once('.').filter(|(of, _)| *of == agent.as_str()) else { return Ok(None) };
    let Some(signature) = from_base64url(signature) else { return Ok(None) };
    let is_ours = sign(&secrets::device_key(storage)?, signed)?.verify_slice(&signature).is_ok();
    Ok(is_ours.then(|| [SOURCE, of, ".", name].concat()))
}

fn sign(key: &str, text: &str) -> Result<Hmac<Sha256>, Failure> {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|error| Failure::broken(error.to_string()))?;
    Ok(mac.chain_update(text))
}
