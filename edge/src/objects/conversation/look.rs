//! Looking at what is new: at once, or held open until there is something. The second carries the same events as a socket
//! where networks let no socket through.

use super::Conversation;
use crate::calls::conversation::Look;
use crate::failure::Failure;
use crate::platform::now;
use shared::protocol::{ApiError, Events, Millis};

/// A held request ends after this time, before the proxies on the way give up on it: many do after 30 seconds.
const LONGEST_WAIT_MS: Millis = 25_000;
/// The tabs of one person behind a network without sockets; each request that is held keeps the object awake.
const MAX_WAITING: usize = 16;
/// By then one of those that wait has ended.
const TRY_AGAIN_MS: Millis = 5_000;

impl Look {
    fn misses(&self, events: &Events) -> bool {
        !events.events.is_empty() || self.read.is_some_and(|read| read != events.read)
    }
}

impl Conversation {
    /// What the caller does not have, as soon as there is something or the time is up.
    pub(super) async fn look(&self, look: Look) -> Result<Events, Failure> {
        let deadline = now() + look.wait_ms.min(LONGEST_WAIT_MS);
        loop {
            let events = self.events(look.have)?;
            if look.wait_ms == 0 || look.misses(&events) || now() >= deadline {
                return Ok(events);
            }
            if self.bell.waiting() >= MAX_WAITING {
                return Err(ApiError::too_many(TRY_AGAIN_MS).into());
            }
            if !self.bell.wait(deadline).await {
                return self.events(look.have);
            }
        }
    }
}
