//! How long a message may be.

use crate::protocol::MAX_MESSAGE_CHARS;

/// By how many characters a text is longer than the edge takes.
pub fn excess(text: &str) -> usize {
    // A character has at least one byte: the usual text is not counted at all.
    if text.len() <= MAX_MESSAGE_CHARS {
        return 0;
    }
    text.trim().chars().count().saturating_sub(MAX_MESSAGE_CHARS)
}
