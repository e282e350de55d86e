//! Invitations: each makes one agent, once, within a week.

use crate::failure::Failure;
use crate::platform::{now, random_base64url, stored};
use crate::proof::digest;
use serde::Deserialize;
use shared::protocol::{Invitation, Millis};
use worker::Storage;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS invitations (digest TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)";
/// Long enough for a holiday weekend; a link that lies in a mailbox for longer is a risk.
const VALID_DAYS: u64 = 7;

#[derive(Deserialize)]
struct DigestRow {}

/// Makes an invitation. Only its digest is stored.
pub(super) fn invite(storage: &Storage, day_ms: Millis) -> Result<Invitation, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    storage.sql().exec("DELETE FROM invitations WHERE expires_at <= ?", vec![stored(now())])?;
    let invitation = Invitation { token: random_base64url(32)?, expires_at: now() + VALID_DAYS * day_ms };
    let values = vec![digest(&invitation.token).into(), stored(invitation.expires_at)];
    storage.sql().exec("INSERT INTO invitations VALUES (?, ?)", values)?;
    Ok(invitation)
}

/// Whether an invitation is there and still good.
pub(super) fn is_good(storage: &Storage, token: &str) -> Result<bool, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let query = "SELECT 1 AS one FROM invitations WHERE digest = ? AND expires_at > ?";
    let rows: Vec<DigestRow> = storage.sql().exec(query, vec![digest(token).into(), stored(now())])?.to_array()?;
    Ok(!rows.is_empty())
}

/// Uses an invitation up. False if somebody was quicker.
pub(super) fn use_up(storage: &Storage, token: &str) -> Result<bool, Failure> {
    let query = "DELETE FROM invitations WHERE digest = ? AND expires_at > ?";
    Ok(storage.sql().exec(query, vec![digest(token).into(), stored(now())])?.rows_written() > 0)
}
