//! The end of a conversation: because its visitor wants it, or because it has been quiet for as long as the site keeps
//! conversations. And a copy of it, for its visitor.

use super::super::sockets;
use super::{Conversation, as_visitors_see, new_machine};
use crate::calls::{Inbox, Visitor, inbox, visitor};
use crate::failure::Failure;
use crate::platform::{day_ms, now};
use shared::conversation::Store;
use shared::ids::VisitorId;
use shared::protocol::{ApiError, ConversationExport, ErrorCode, Events, Millis};

/// How long an erasure waits for what this conversation is just telling the lists.
const QUIET_WITHIN_MS: Millis = 5_000;
/// Sleeping conversations learn within this many days that a site owner has shortened the time.
const ASK_AGAIN_DAYS: u64 = 30;

impl Conversation {
    /// A copy of everything; none if there is nothing of this visitor here.
    pub(super) fn export(&self, of: &VisitorId) -> Result<Option<ConversationExport>, Failure> {
        let Some(meta) = self.log.meta()?.filter(|meta| meta.visitor == *of) else { return Ok(None) };
        let Events { events, read } = as_visitors_see(self.events(0)?);
        Ok(Some(ConversationExport { id: meta.conversation, events, read }))
    }

    /// Ends the conversation for its visitor. One that is not there, or is somebody else's, has nothing to end.
    pub(super) async fn erase_for(&self, of: &VisitorId) -> Result<(), Failure> {
        match self.log.meta()? {
            Some(meta) if meta.visitor == *of => self.erase(false).await,
            _ => Ok(()),
        }
    }

    /// Keeps the conversation and says when to look again, or ends it if its time has come.
    pub(super) async fn keep_or_end(&self) -> Result<Option<Millis>, Failure> {
        let Some(meta) = self.log.meta()? else { return Ok(None) };
        let updated_at = self.machine.borrow_mut().state(&self.log)?.updated_at;
        let days = self.agree(&meta.workspace).await?;
        let day = day_ms(&self.env);
        let due = updated_at.saturating_add(u64::from(days) * day);
        let Some(left) = due.checked_sub(now()).filter(|left| *left > 0) else {
            return self.erase(true).await.map(|()| None);
        };
        Ok(Some(now() + left.min(ASK_AGAIN_DAYS * day)))
    }

    /// Takes the conversation out of the lists, then out of the world. Erasure that is cut short begins again: by the visitor's
    /// object that asked for it, or by this one's alarm.
    async fn erase(&self, tell_visitor: bool) -> Result<(), Failure> {
        let meta = self.require_begun()?;
        self.ending.set(true);
        let done = async {
            // A line that is on its way to a list would come to life again behind our back.
            let deadline = now() + QUIET_WITHIN_MS;
            while self.settling.get() > 0 {
                if !self.bell.wait(deadline).await {
                    return Err(Failure::broken("the conversation does not come to rest"));
                }
            }
            let forget = inbox::Forget { conversation: meta.conversation.clone() };
            Inbox::of(&self.env, &meta.workspace)?.ask(forget).await?;
            if tell_visitor {
                let forget = visitor::Forget { conversation: meta.conversation.clone() };
                Visitor::of(&self.env, &meta.workspace, &meta.visitor)?.ask(forget).await?;
            }
            self.state.storage().delete_alarm().await?;
            self.log.alarm().is_off();
            self.state.storage().delete_all().await?;
            Ok(())
        }
        .await;
        if done.is_ok() {
            self.log.forgotten();
            self.machine.replace(new_machine(self.unpaced));
            self.agreed.set(None);
            self.known.take();
            self.visitor_paid.set(false);
            self.address_paid.set(0);
            for socket in self.state.get_websockets() {
                sockets::refuse(&socket, ApiError::new(ErrorCode::UnknownConversation));
            }
            self.listeners.changed();
            self.bell.ring();
        }
        self.ending.set(false);
        done
    }
}
