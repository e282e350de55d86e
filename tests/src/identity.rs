//! A site's server that says who its visitors are.

use crate::edge::IDENTITY_KEY;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use shared::ids::{VisitorToken, base64url};
use std::time::{SystemTime, UNIX_EPOCH};

/// The seconds since 1970, as JWTs count.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// An hour for the site's user with this name, with these claims beside it. A `jti` makes each of them another token.
pub fn identity(subject: &str, jti: u32, more: Value) -> VisitorToken {
    let mut claims = json!({ "sub": subject, "exp": now() + 3_600, "iat": now(), "jti": jti.to_string() });
    for (name, value) in more.as_object().into_iter().flatten() {
        claims[name.as_str()] = value.clone();
    }
    signed(&json!({ "alg": "HS256", "typ": "JWT" }), &claims, IDENTITY_KEY)
}

/// A JWT with this header, these claims and a signature by HS256, whatever the header says.
pub fn signed(header: &Value, claims: &Value, key: &str) -> VisitorToken {
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    let signed = [part(header), part(claims)].join(".");
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap().chain_update(&signed);
    VisitorToken::parse(&[signed, base64url(&mac.finalize().into_bytes())].join(".")).unwrap()
}
