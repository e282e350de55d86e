//! The secrets of a workspace, which are made with it.

use crate::ids::WorkspaceId;
use serde::{Deserialize, Serialize};

/// The shortest secret that somebody may bring along, in characters: what people think up is shorter.
pub const MIN_SECRET_CHARS: usize = 24;
/// The shortest key that may sign identities, in bytes: as long as what it signs (RFC 7518, section 3.2).
pub const MIN_IDENTITY_KEY_BYTES: usize = 32;
/// The longest secret, in bytes.
pub const MAX_SECRET_BYTES: usize = 200;

/// `PUT /api/w/{workspace}`, with the operator's token: makes the workspace. A secret that is left out is made at random. Those that
/// are given are for an operator who keeps them elsewhere already.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewWorkspace {
    /// Opens the door to the first agent, at least `MIN_SECRET_CHARS` characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setup_token: Option<String>,
    /// Publishes, at least `MIN_SECRET_CHARS` characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_token: Option<String>,
    /// Signs who a visitor is, at least `MIN_IDENTITY_KEY_BYTES` bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_key: Option<String>,
}

/// The answer to it: all secrets of the workspace, this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceSecrets {
    /// Whose they are.
    pub workspace: WorkspaceId,
    /// Makes the first agent, once: `/inbox?workspace={workspace}#setup={setup_token}`.
    pub setup_token: String,
    /// Publishes: `Authorization: Bearer {publish_token}`.
    pub publish_token: String,
    /// The key with which the site signs who a visitor is.
    pub identity_key: String,
}

/// The answer to `POST /api/w/{workspace}/secrets/{publish|identity}`: the new secret, this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewedSecret {
    /// The new one.
    pub secret: String,
}
