//! A visitor's rights over the data kept about them: a copy of everything, and erasure.

use super::{Event, Millis, Profile, ReadMarks, Thread};
use crate::ids::{ConversationId, VisitorId};
use serde::{Deserialize, Serialize};

/// `GET /api/w/{workspace}/visitors/me/export`, with the visitor's token, and `GET .../visitors/{id}/export` for agents:
/// everything that is kept about one visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorExport {
    /// Whose it is.
    pub visitor: VisitorId,
    /// When it was made.
    pub exported_at: Millis,
    /// What the site has said of them; none if it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// The list that the panel shows.
    pub threads: Vec<Thread>,
    /// The conversations, oldest first.
    pub conversations: Vec<ConversationExport>,
}

/// One conversation as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationExport {
    /// Which.
    pub id: ConversationId,
    /// All of it, in order.
    pub events: Vec<Event>,
    /// How far each side has read.
    pub read: ReadMarks,
}

/// The answer to `DELETE /api/w/{workspace}/visitors/me`, with the visitor's token, and to `DELETE .../visitors/{id}` for
/// agents. The edge goes on erasing until nothing is left; asking again does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// How many conversations could not be reached yet.
    pub left: u32,
}

/// `GET /api/w/{workspace}/conversations/{id}/visitor`, for agents: whose conversation it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorOf {
    /// Who.
    pub visitor: VisitorId,
    /// What the site has said of them; none if it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}
