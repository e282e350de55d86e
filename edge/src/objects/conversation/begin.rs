//! The beginning of a conversation.

use super::{Conversation, Proof};
use crate::calls::address::Spend;
use crate::calls::visitor::Begin;
use crate::calls::{Address, Draw, Visitor};
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform::now;
use crate::proof;
use shared::conversation::{Input, Meta, check_beginning};
use shared::ids::{ConversationId, WorkspaceId};
use shared::limits::Kind;
use shared::protocol::VisitorCommand;

impl Conversation {
    /// Begins the conversation if the command is one that may, and could succeed. The visitor's object notes it before it exists,
    /// so that no conversation is ever unknown there.
    pub(super) async fn begin(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        proof: Proof<'_>,
        from: &AddressName,
        command: Option<&VisitorCommand>,
    ) -> Result<(), Failure> {
        check_beginning(command, now())?;
        let visitor = proof::visitor(&self.env, &workspace, proof.token, proof.keys)?;
        let agreement = self.terms_of(&workspace).await?;
        // The address first: what it refuses leaves nothing with the visitor.
        let draws = vec![Draw::one(Kind::Conversation)];
        Address::of(&self.env, &workspace, from)?.ask(Spend { draws }).await?;
        let note = Begin { conversation: conversation.clone(), said: visitor.said.clone() };
        Visitor::of(&self.env, &workspace, &visitor.id)?.ask(note).await?;
        let meta = Meta {
            workspace,
            conversation,
            visitor: visitor.id,
            revision: 0,
            read: Default::default(),
            attended: None,
            granted: 0,
        };
        // Another request may have begun it while the others answered.
        self.tell_machine(Input::Begin { meta, agreement, introduction: visitor.said })
    }
}
