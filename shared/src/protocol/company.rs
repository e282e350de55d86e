//! Who else is at a conversation just now. It is told to agents alone, over the conversation's sockets; it is stored nowhere, and is
//! no part of the log.

use super::{Author, Me, Millis};
use serde::{Deserialize, Serialize};

/// A frame to the agents who look at a conversation, beside the `ConversationFrame`s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanyFrame {
    /// The agents who look at it now, the receiver included, each once.
    Looking(Vec<Me>),
    /// Somebody writes just now. What they write is not told.
    Typing(Author),
}

/// A page that writes says so once in this time, in milliseconds.
pub const TYPING_EVERY_MS: Millis = 3_000;
/// A page that has not said it again for this long, in milliseconds, is taken to write no more.
pub const TYPING_ENDS_MS: Millis = 6_000;
