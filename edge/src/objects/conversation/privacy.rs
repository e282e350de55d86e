//! The end of a conversation, and a copy of it for its visitor.

use super::{Conversation, as_visitors_see, sockets};
use crate::failure::Failure;
use shared::conversation::{Aim, Input, Store};
use shared::ids::VisitorId;
use shared::protocol::{ApiError, ConversationExport, ErrorCode, Events};

impl Conversation {
    /// A copy of everything; none if there is nothing of this visitor here.
    pub(super) fn export(&self, of: &VisitorId) -> Result<Option<ConversationExport>, Failure> {
        let Some(meta) = self.log.meta()?.filter(|meta| meta.visitor == *of) else { return Ok(None) };
        let Events { events, read, .. } = as_visitors_see(self.events(0)?);
        Ok(Some(ConversationExport { id: meta.conversation, events, read }))
    }

    /// Ends the conversation for its visitor. One that is not there, or is somebody else's, has nothing to end.
    pub(super) async fn erase_for(&self, of: &VisitorId) -> Result<(), Failure> {
        if self.log.meta()?.is_none_or(|meta| meta.visitor != *of) {
            return Ok(());
        }
        self.tell_machine(Input::Erase)?;
        self.drive(Aim::End).await
    }

    /// Deletes all that is stored, and tells everybody who looks.
    pub(super) async fn wipe(&self) -> Result<(), Failure> {
        self.state.storage().delete_alarm().await?;
        self.log.alarm().is_off();
        self.state.storage().delete_all().await?;
        self.log.forgotten();
        for socket in self.state.get_websockets() {
            sockets::refuse(&socket, ApiError::new(ErrorCode::UnknownConversation));
        }
        self.listeners.changed();
        self.bell.ring();
        Ok(())
    }
}
