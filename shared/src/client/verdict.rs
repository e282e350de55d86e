//! What a refusal means for the command that was refused.

use crate::protocol::{ApiError, ErrorCode, Millis};

/// How long the edge's own trouble is given to pass before a read mark is told again: a restart takes about as long.
const PASSES_MS: Millis = 2_000;

/// What becomes of a command that the edge refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The edge refuses it only for now. It stays in its place and is sent again by itself.
    Later,
    /// The edge will not take it as it is. It stays, with the reason, until its person tries again or takes it back.
    Kept,
    /// The edge will not take it, and nothing in it is worth keeping, such as the answer to a question that is closed.
    Dropped,
}

impl Verdict {
    /// The meaning of a refusal, for every client and every kind of command. `stays` is `Command::stays`.
    pub fn of(error: &ApiError, stays: bool) -> Self {
        // An agent whose session has ended signs in again, and goes on where the session ended.
        if error.passes() || error.code == ErrorCode::NotSignedIn {
            Self::Later
        } else if stays {
            Self::Kept
        } else {
            Self::Dropped
        }
    }
}

/// When a read mark that was refused is to be told again, in milliseconds from now; none if it is refused for good. Read marks
/// are in no outbox, for only the latest counts: `Transcript::report_again` gives it.
pub fn tell_read_again(error: &ApiError) -> Option<Millis> {
    error.passes().then(|| error.retry_after_ms.unwrap_or(PASSES_MS))
}
