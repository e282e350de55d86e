//! Events that are about to happen.

use crate::ids::EventId;
use crate::protocol::{Author, HandOffReason, Placement, What};

/// An event before the edge has numbered and dated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: EventId,
    /// Who does it.
    pub by: Author,
    /// What happens.
    pub what: What,
}

/// A hand-off to the escalations, where each lies that no rule has placed: so every hand-off has a list.
pub fn hand_off_to_escalations(reason: HandOffReason) -> What {
    What::HandedOff { reason, place: Placement::default() }
}
