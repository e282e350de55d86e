//! What is taken from the limits of a visitor or of a network address.

use serde::{Deserialize, Serialize};
use shared::limits::Kind;

/// A number of things of one kind, such as messages.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Draw {
    pub(crate) kind: Kind,
    pub(crate) count: u32,
}

impl Draw {
    pub(crate) fn one(kind: Kind) -> Self {
        Self { kind, count: 1 }
    }
}
