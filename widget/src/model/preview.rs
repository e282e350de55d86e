//! The glimpse of a reply, as it stands beside the launcher.

use shared::ids::ConversationId;

/// A reply that was not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Where it was said.
    pub thread: ConversationId,
    /// Who said it.
    pub from: String,
    /// What was said.
    pub text: String,
}
