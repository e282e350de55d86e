//! The end of a long log, for a page that has none of it.

use super::Events;
use serde::{Deserialize, Serialize};

/// The frame before the events of a long log, for who has none of it and asks for that: its end, so that it can be read while the rest
/// comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glimpse {
    /// The last `GLIMPSED` events.
    pub glimpse: Events,
}

/// More than two screens show.
pub const GLIMPSED: u32 = 60;
