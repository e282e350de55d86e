//! What a visitor's object can be asked. Its name is made of the visitor's id, so a caller that reaches it has shown the token.

use super::draw::Draw;
use serde::{Deserialize, Serialize};
use shared::conversation::{Held, SiteProfile};
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::protocol::{Erasure, Profile, Thread, Threads, VisitorExport};
use shared::routing::Helped;

calls! {
    /// Holds the list of a visitor's threads.
    Visitor:
    /// A conversation tells its line, and may draw with the same call. The row is kept even where the draw is refused.
    Take { revision: u32, thread: Thread, helped: Option<Helped>, draw: Option<Draw> } -> Held;
    /// What is known of the visitor from other conversations.
    Remember { but: ConversationId } -> History;
    /// The threads, newest first.
    List -> Threads;
    /// A conversation is about to begin. Refused where the limits say so.
    Begin { conversation: ConversationId, said: Option<SiteProfile> } -> ();
    /// The site says this of the visitor by now.
    Know { said: SiteProfile } -> ();
    /// Takes all of it, or refuses and says when to come back.
    Spend { draws: Vec<Draw> } -> ();
    /// A copy of everything.
    Export { workspace: WorkspaceId, visitor: VisitorId } -> VisitorExport;
    /// Ends everything.
    Erase { workspace: WorkspaceId, visitor: VisitorId } -> Erasure;
    /// A conversation has ended by itself.
    Forget { conversation: ConversationId } -> ();
}

/// What is known of a visitor from other conversations.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct History {
    /// How many they began.
    pub(crate) questions: u32,
    /// Who helped, the latest first.
    pub(crate) helped_by: Vec<Helped>,
    /// What the site has said of them last.
    pub(crate) profile: Option<Profile>,
}
