//! Bytes by a short name that no other ones have.

use sha2::{Digest, Sha256};
use shared::ids::base64url;

/// Enough of a SHA-256 that nobody guesses it, and that no two are the same.
const HASH_CHARS: usize = 16;

/// The name of bytes, which may stand in an address.
pub(crate) fn hash(bytes: &[u8]) -> String {
    base64url(&Sha256::digest(bytes)).chars().take(HASH_CHARS).collect()
}
