//! Who is calling: visitors by their secret or by what the site has signed, agents by the session cookie, publishers and the
//! first agent by a secret.

use crate::failure::Failure;
use crate::identity::{self, Identity};
use crate::names::{SessionDigest, SessionToken};
use crate::platform;
use sha2::{Digest, Sha256};
use shared::conversation::SiteProfile;
use shared::ids::{VisitorId, VisitorToken, WorkspaceId, base64url};
use shared::protocol::ErrorCode;
use subtle::ConstantTimeEq;
use worker::{Env, Request};

/// The SHA-256 of a text, in base64url.
pub(crate) fn digest(text: &str) -> String {
    base64url(&Sha256::digest(text.as_bytes()))
}

/// A visitor, as far as the token proves who they are.
pub(crate) struct Visitor {
    /// The public name.
    pub(crate) id: VisitorId,
    /// What the site says of them, if the token is the site's.
    pub(crate) said: Option<SiteProfile>,
}

/// Who has this token. An identity is checked with the workspace's keys, which are its own and those that the environment has for
/// it; without a key none is taken.
pub(crate) fn visitor(
    env: &Env,
    workspace: &WorkspaceId,
    token: &VisitorToken,
    own: &[String],
) -> Result<Visitor, Failure> {
    if !token.is_identity() {
        return Ok(Visitor { id: named(token.as_str())?, said: None });
    }
    let shared = platform::text(env, "IDENTITY_SECRET").unwrap_or_default();
    let mut keys = identity::keys(&shared, workspace).chain(own.iter().map(String::as_str)).peekable();
    if keys.peek().is_none() {
        return Err(ErrorCode::NoIdentityKey.into());
    }
    let Identity { subject, said } = identity::check(token, keys, platform::now())?;
    // No secret and no workspace has a zero in it, so no other text is read as this one.
    let id = named(&["identity", workspace.as_str(), &subject].join("\0"))?;
    Ok(Visitor { id, said: Some(said) })
}

fn named(text: &str) -> Result<VisitorId, Failure> {
    VisitorId::parse(&digest(text)).map_err(|error| Failure::broken(error.to_string()))
}

/// Whether two secrets are equal, in a time that does not tell where they differ. Their digests are compared, so that it does not
/// tell how long the wanted one is either.
pub(crate) fn same_secret(given: &str, wanted: &str) -> bool {
    let (given, wanted) = (Sha256::digest(given.as_bytes()), Sha256::digest(wanted.as_bytes()));
    given.ct_eq(&wanted).into()
}

/// The token of `Authorization: Bearer`.
pub(crate) fn bearer(request: &Request) -> Result<String, Failure> {
    let header = request.headers().get("authorization")?.ok_or(ErrorCode::NotSignedIn)?;
    let (scheme, token) = header.trim().split_once(' ').ok_or(ErrorCode::NotSignedIn)?;
    // The name of a scheme has no case (RFC 9110, section 11.1).
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(String::from(token.trim()))
    } else {
        Err(ErrorCode::NotSignedIn.into())
    }
}

/// Whether the request shows a token of any kind.
pub(crate) fn has_bearer(request: &Request) -> bool {
    bearer(request).is_ok()
}

/// The visitor's token, if it has the right shape; whether it opens anything is for the object to say.
pub(crate) fn visitor_token(request: &Request) -> Result<VisitorToken, Failure> {
    VisitorToken::parse(&bearer(request)?).map_err(|_| ErrorCode::WrongToken.into())
}

/// The name of a session, which opens nothing.
pub(crate) fn session_digest(session: &SessionToken) -> SessionDigest {
    SessionDigest::new(digest(session.as_str()))
}
