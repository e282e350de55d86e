//! Who opens a socket.

use crate::names::{AddressName, SessionDigest};
use serde::{Deserialize, Serialize};
use shared::protocol::Author;

/// The header by which the worker tells an object who opens a socket.
pub(crate) const CALLER_HEADER: &str = "x-beforehand-caller";

/// Who opens a socket, as far as the worker could tell from the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Caller {
    /// A visitor, who proves it in the first frame, and the address that they come from.
    Visitor { address: AddressName },
    /// An agent, proven by the session cookie, and that session. `pages` says that lists are wanted in pages, and asked for.
    Agent {
        author: Author,
        session: SessionDigest,
        #[serde(default)]
        pages: bool,
    },
}
