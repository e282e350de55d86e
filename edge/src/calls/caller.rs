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
    /// A visitor, who proves it in the first frame, the address that they come from, and the keys of identities.
    Visitor {
        address: AddressName,
        #[serde(default)]
        keys: Vec<String>,
    },
    /// An agent, proven by the session cookie, and that session. `pages` says that lists are wanted in pages, and asked for.
    Agent {
        author: Author,
        session: SessionDigest,
        #[serde(default)]
        pages: bool,
    },
}
