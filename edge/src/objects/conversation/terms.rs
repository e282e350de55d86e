//! What holds for every conversation of a workspace: how long it is kept, when people are there and what they promise.

use super::Conversation;
use crate::calls::Workspace;
use crate::calls::workspace::ReadTerms;
use crate::failure::Failure;
use crate::platform::{day_ms, now};
use shared::conversation::Store;
use shared::ids::WorkspaceId;
use shared::protocol::Millis;

/// A conversation that is awake believes what it was told for so long.
const ASK_AGAIN_MS: Millis = 10 * 60 * 1_000;
/// A workspace that was asked so often in vain is away for longer; what waits goes by the usual terms then.
const MOST_TRIES: u32 = 10;

impl Conversation {
    /// Asks for the terms, now and then. Gives for how many days the site keeps conversations.
    pub(super) async fn agree(&self, of: &WorkspaceId) -> Result<u32, Failure> {
        if let Some((days, asked_at)) = self.agreed.get()
            && now().saturating_sub(asked_at) < ASK_AGAIN_MS.min(day_ms(&self.env))
        {
            return Ok(days);
        }
        let terms = Workspace::of(&self.env, of)?.ask(ReadTerms).await?;
        self.machine.borrow_mut().agree(terms.of_waiting());
        self.agreed.set(Some((terms.retention_days, now())));
        Ok(terms.retention_days)
    }

    /// The same, where the last terms, or the usual ones, do as well for once. False if there were none and another try is
    /// worth it: by the usual terms a promise would come back hours too late.
    pub(super) async fn agree_or_log(&self) -> bool {
        let asked = async {
            match self.log.meta()? {
                Some(meta) => self.agree(&meta.workspace).await.map(drop),
                None => Ok(()),
            }
        };
        let Err(failure) = asked.await else {
            self.missed.set(0);
            return true;
        };
        failure.log();
        self.missed.set(self.missed.get().saturating_add(1));
        self.agreed.get().is_some() || self.missed.get() > MOST_TRIES
    }
}
