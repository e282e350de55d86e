//! What a visitor may still do. The visitor's object and the address's count; a conversation asks them for several messages
//! at once, so that most messages ask nobody.

use super::super::{AddressOp, Draw, VisitorOp, address, call, visitor};
use super::Conversation;
use crate::failure::Failure;
use crate::proof;
use shared::ids::{ConversationId, WorkspaceId};
use shared::limits::{GRANT, Kind};

const MESSAGES: Draw = Draw { kind: Kind::Message, count: GRANT };

impl Conversation {
    /// Takes one message from the grant, and asks for another grant when it is used up. Refused if there is none.
    pub(super) async fn allow_message(&self, from: &str) -> Result<(), Failure> {
        if self.log.granted() == 0 {
            match self.draw(from).await {
                Err(Failure::Refused(_)) if self.unpaced => {}
                drawn => drawn?,
            }
            self.log.grant(GRANT);
        }
        self.log.grant(self.log.granted().saturating_sub(1));
        Ok(())
    }

    async fn draw(&self, from: &str) -> Result<(), Failure> {
        let meta = self.require_begun()?;
        // The visitor first: whoever writes too much takes nothing from their neighbours.
        let of_visitor = VisitorOp::Draw(vec![MESSAGES]);
        let _drawn: () = call(&visitor(&self.env, &meta.workspace, &meta.visitor)?, &of_visitor).await?;
        call(&address(&self.env, &meta.workspace, from)?, &AddressOp::Take(vec![MESSAGES])).await
    }

    /// Asks whether one more conversation may begin, and notes with the visitor that it does: before it exists, so that no
    /// conversation is ever unknown to the visitor's object. With it comes the first grant.
    pub(super) async fn allow_beginning(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        of: &proof::Visitor,
        from: &str,
    ) -> Result<(), Failure> {
        let begin = VisitorOp::Begin { conversation: conversation.clone(), messages: GRANT, said: of.said.clone() };
        let take = AddressOp::Take(vec![Draw::one(Kind::Conversation), MESSAGES]);
        // The address first: what it refuses leaves nothing with the visitor.
        let _taken: () = call(&address(&self.env, workspace, from)?, &take).await?;
        let _noted: () = call(&visitor(&self.env, workspace, &of.id)?, &begin).await?;
        self.log.grant(GRANT);
        self.known.replace(of.said.clone());
        Ok(())
    }
}
