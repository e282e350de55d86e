//! Invitations: each makes one agent, once, within a week.

use crate::failure::Failure;
use crate::platform::{now, random_base64url, stored};
use crate::proof::digest;
use crate::sql;
use shared::protocol::{Invitation, Millis};
use worker::Storage;

/// The tables of version 1.
pub(super) const FIRST: &str =
    "CREATE TABLE IF NOT EXISTS invitations (digest TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)";
/// Long enough for a holiday weekend; a link that lies in a mailbox for longer is a risk.
const VALID_DAYS: u64 = 7;

/// Makes an invitation. Only its digest is stored.
pub(super) fn invite(storage: &Storage, day_ms: Millis) -> Result<Invitation, Failure> {
    sql::run(storage, "DELETE FROM invitations WHERE expires_at <= ?", vec![stored(now())])?;
    let invitation = Invitation { token: random_base64url(32)?, expires_at: now() + VALID_DAYS * day_ms };
    let values = vec![digest(&invitation.token).into(), stored(invitation.expires_at)];
    sql::run(storage, "INSERT INTO invitations (digest, expires_at) VALUES (?, ?)", values)?;
    Ok(invitation)
}

/// Whether an invitation is there and still good.
pub(super) fn is_good(storage: &Storage, token: &str) -> Result<bool, Failure> {
    let query = "SELECT 1 FROM invitations WHERE digest = ? AND expires_at > ?";
    sql::exists(storage, query, vec![digest(token).into(), stored(now())])
}

/// Uses an invitation up. False if somebody was quicker.
pub(super) fn use_up(storage: &Storage, token: &str) -> Result<bool, Failure> {
    let statement = "DELETE FROM invitations WHERE digest = ? AND expires_at > ?";
    Ok(sql::run(storage, statement, vec![digest(token).into(), stored(now())])? > 0)
}
