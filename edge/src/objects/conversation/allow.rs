//! What a visitor may still do. The visitor's object and the address's count; a conversation asks them for several messages
//! at once, so that most messages ask nobody.

use super::super::{AddressOp, Draw, VisitorOp, address, call, visitor};
use super::Conversation;
use crate::failure::Failure;
use crate::proof;
use shared::ids::{ConversationId, WorkspaceId};
use shared::limits::{GRANT, GRANT_AHEAD, INCLUDED, Kind};

impl Conversation {
    /// Takes one message from the grant, and asks for another grant when it is used up. Refused if there is none.
    pub(super) async fn allow_message(&self, from: &str) -> Result<(), Failure> {
        if self.log.granted() == 0 {
            match self.draw(from).await {
                Err(Failure::Refused(_)) if self.unpaced => self.log.grant(GRANT),
                drawn => drawn?,
            }
        }
        self.log.grant(self.log.granted().saturating_sub(1));
        Ok(())
    }

    /// Asks once for another grant when this one is nearly used up, so that no message waits for that. If there is none, the
    /// message that needs it asks again.
    pub(super) async fn allow_ahead(&self, from: &str) {
        if self.log.granted() != GRANT_AHEAD || self.drawing.replace(true) {
            return;
        }
        if let Err(failure) = self.draw(from).await {
            failure.log();
        }
        self.drawing.set(false);
    }

    async fn draw(&self, from: &str) -> Result<(), Failure> {
        let meta = self.require_begun()?;
        // The visitor first: whoever writes too much takes nothing from their neighbours. Once, however often the address refuses
        // then; and taken at once, so that what was paid counts for one of those who ask at the same time.
        if !self.visitor_paid.take() {
            let of_visitor = VisitorOp::Draw(vec![Draw { kind: Kind::Message, count: GRANT }]);
            let _drawn: () = call(&visitor(&self.env, &meta.workspace, &meta.visitor)?, &of_visitor).await?;
        }
        if let Err(failure) = self.draw_of_address(&meta.workspace, from).await {
            self.visitor_paid.set(true);
            return Err(failure);
        }
        self.log.grant(self.log.granted().saturating_add(GRANT));
        Ok(())
    }

    /// Twice as much, every second time: to wake an object and have it write costs as much as six messages.
    async fn draw_of_address(&self, workspace: &WorkspaceId, from: &str) -> Result<(), Failure> {
        if let Some(left) = self.address_paid.get().checked_sub(GRANT) {
            self.address_paid.set(left);
            return Ok(());
        }
        let take = AddressOp::Take(vec![Draw { kind: Kind::Message, count: 2 * GRANT }]);
        let _taken: () = call(&address(&self.env, workspace, from)?, &take).await?;
        self.address_paid.set(self.address_paid.get().saturating_add(GRANT));
        Ok(())
    }

    /// Asks whether one more conversation may begin, and notes with the visitor that it does: before it exists, so that no
    /// conversation is ever unknown to the visitor's object.
    pub(super) async fn allow_beginning(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        of: &proof::Visitor,
        from: &str,
    ) -> Result<(), Failure> {
        let begin = VisitorOp::Begin { conversation: conversation.clone(), said: of.said.clone() };
        let take = AddressOp::Take(vec![Draw::one(Kind::Conversation)]);
        // The address first: what it refuses leaves nothing with the visitor.
        let _taken: () = call(&address(&self.env, workspace, from)?, &take).await?;
        let _noted: () = call(&visitor(&self.env, workspace, &of.id)?, &begin).await?;
        self.log.grant(INCLUDED);
        self.address_paid.set(GRANT);
        self.known.replace(of.said.clone());
        Ok(())
    }
}
