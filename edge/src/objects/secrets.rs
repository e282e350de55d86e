//! The secrets of a workspace, made when it is made. Those that are only compared are stored as digests.
//!
//! A workspace of an earlier build has none. What opens it are the secrets in the environment, which that build knew, until the
//! operator makes it secrets of its own. To a workspace that has its own they say nothing.

use crate::failure::Failure;
use crate::platform::{now, random_base64url, stored, transaction};
use crate::proof::{digest, same_secret};
use crate::sql;
use serde::Deserialize;
use shared::ids::WorkspaceId;
use shared::protocol::{
    ApiError, ErrorCode, MAX_SECRET_BYTES, MIN_IDENTITY_KEY_BYTES, MIN_SECRET_CHARS, Millis, NewWorkspace,
    RenewedSecret, WorkspaceSecrets,
};
use worker::Storage;

/// One row a secret. `until` is when it ends, if it does.
pub(super) const TABLE: &str = "CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL, until INTEGER)";

/// The digest of what makes the first agent.
const SETUP: &str = "setup";
/// The digest of what publishes.
const PUBLISH: &str = "publish";
/// The key of identities.
const IDENTITY: &str = "identity";
/// The key of identities before this one.
const IDENTITY_BEFORE: &str = "identity_before";
/// The key that signs the cookies of agents' browsers.
const DEVICES: &str = "devices";

/// 256 bits: nobody guesses them, and a key is as long as what it signs.
const SECRET_BYTES: u32 = 32;
/// No identity lives longer, so none of the former key is out any more.
const KEY_OVERLAP_MS: Millis = 31 * 24 * 60 * 60 * 1_000;

#[derive(Deserialize)]
struct SecretRow {
    value: String,
}

/// The secrets of a new workspace: those that are given, and random ones.
pub(super) fn choose(workspace: WorkspaceId, given: NewWorkspace) -> Result<WorkspaceSecrets, Failure> {
    Ok(WorkspaceSecrets {
        workspace,
        setup_token: given_or_random("setup_token", given.setup_token, MIN_SECRET_CHARS)?,
        publish_token: given_or_random("publish_token", given.publish_token, MIN_SECRET_CHARS)?,
        identity_key: given_or_random("identity_key", given.identity_key, MIN_IDENTITY_KEY_BYTES)?,
    })
}

/// Gives a workspace its secrets, once. `found` is what it begins with, or keeps if it has something already.
pub(super) fn keep(
    storage: &Storage,
    secrets: &WorkspaceSecrets,
    found: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    transaction(storage, || {
        if has_own(storage)? {
            return Err(ErrorCode::WorkspaceExists.into());
        }
        put(storage, SETUP, &digest(&secrets.setup_token), None)?;
        put(storage, PUBLISH, &digest(&secrets.publish_token), None)?;
        put(storage, IDENTITY, &secrets.identity_key, None)?;
        found()
    })
}

/// Whether a token makes the first agent. `is_shared` says that it is the one of the environment.
pub(super) fn sets_up(storage: &Storage, token: &str, is_shared: bool) -> Result<bool, Failure> {
    is_own(storage, SETUP, &digest(token), is_shared)
}

/// Whether a token of this digest publishes here. `is_shared` says that it is the one of the environment.
pub(super) fn require_publisher(storage: &Storage, digest: &str, is_shared: bool) -> Result<(), Failure> {
    if is_own(storage, PUBLISH, digest, is_shared)? { Ok(()) } else { Err(ErrorCode::WrongToken.into()) }
}

/// Makes another token for publishing; the former one is worth nothing from here on.
pub(super) fn renew_publish(storage: &Storage) -> Result<RenewedSecret, Failure> {
    let secret = random_base64url(SECRET_BYTES)?;
    put(storage, PUBLISH, &digest(&secret), None)?;
    Ok(RenewedSecret { secret })
}

/// Makes another key for identities. Tokens of the former one are taken until they expire.
pub(super) fn renew_identity(storage: &Storage) -> Result<RenewedSecret, Failure> {
    let secret = random_base64url(SECRET_BYTES)?;
    transaction(storage, || {
        if let Some(former) = get(storage, IDENTITY)? {
            put(storage, IDENTITY_BEFORE, &former, Some(now() + KEY_OVERLAP_MS))?;
        }
        put(storage, IDENTITY, &secret, None)
    })?;
    Ok(RenewedSecret { secret })
}

/// The keys with which this workspace's site may have signed an identity.
pub(super) fn identity_keys(storage: &Storage) -> Result<Vec<String>, Failure> {
    let names = [IDENTITY, IDENTITY_BEFORE].into_iter();
    let keys: Result<Vec<Option<String>>, Failure> = names.map(|name| get(storage, name)).collect();
    Ok(keys?.into_iter().flatten().collect())
}

/// The key that signs the cookies of agents' browsers. It is made when it is needed first.
pub(super) fn device_key(storage: &Storage) -> Result<String, Failure> {
    if let Some(key) = get(storage, DEVICES)? {
        return Ok(key);
    }
    let key = random_base64url(SECRET_BYTES)?;
    put(storage, DEVICES, &key, None)?;
    Ok(key)
}

fn has_own(storage: &Storage) -> Result<bool, Failure> {
    Ok(get(storage, PUBLISH)?.is_some())
}

fn is_own(storage: &Storage, name: &str, digest: &str, is_shared: bool) -> Result<bool, Failure> {
    match get(storage, name)? {
        Some(own) => Ok(same_secret(&own, digest)),
        None => Ok(is_shared && !has_own(storage)?),
    }
}

fn get(storage: &Storage, name: &str) -> Result<Option<String>, Failure> {
    let query = "SELECT value FROM secrets WHERE name = ? AND (until IS NULL OR until > ?)";
    let row: Option<SecretRow> = sql::one(storage, query, vec![name.into(), stored(now())])?;
    Ok(row.map(|row| row.value))
}

fn put(storage: &Storage, name: &str, value: &str, until: Option<Millis>) -> Result<(), Failure> {
    let until = until.map_or(worker::SqlStorageValue::Null, stored);
    let statement = "INSERT OR REPLACE INTO secrets (name, value, until) VALUES (?, ?, ?)";
    sql::run(storage, statement, vec![name.into(), value.into(), until]).map(drop)
}

fn given_or_random(field: &str, given: Option<String>, shortest: usize) -> Result<String, Failure> {
    let Some(secret) = given else { return random_base64url(SECRET_BYTES) };
    let fits = (shortest..=MAX_SECRET_BYTES).contains(&secret.len());
    // A space or a control character would not come through a header, or through a copied line.
    if fits && secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(secret);
    }
    let limits = [&shortest.to_string(), " to ", &MAX_SECRET_BYTES.to_string()].concat();
    let why = [field, " needs ", &limits, " visible ASCII characters without spaces. Nothing was stored."].concat();
    Err(ApiError::with(ErrorCode::InvalidRequest, why).into())
}
