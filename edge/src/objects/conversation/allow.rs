//! What a visitor may still do. The visitor's object and the address's count; a conversation asks them for several messages
//! at once, so that most messages ask nobody.

use super::Conversation;
use super::after::Settling;
use crate::calls::visitor::{Begin, Take};
use crate::calls::{Address, Draw, Visitor, address, visitor};
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform::now;
use crate::proof;
use shared::conversation::{Line, Meta, Output, Target};
use shared::ids::{ConversationId, WorkspaceId};
use shared::limits::{GRANT, GRANT_AHEAD, INCLUDED, Kind};
use shared::protocol::Thread;
use shared::routing::Helped;

impl Conversation {
    /// Takes one message from the grant, and asks for another grant when it is used up. Refused if there is none.
    pub(super) async fn allow_message(&self, from: &AddressName) -> Result<(), Failure> {
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
    pub(super) async fn allow_ahead(&self, from: &AddressName) {
        if self.log.granted() != GRANT_AHEAD || self.drawing.replace(true) {
            return;
        }
        if let Err(failure) = self.draw(from).await {
            failure.log();
        }
        self.drawing.set(false);
        // Whoever wanted to tell the lists meanwhile has left it to this.
        self.settle_soon().await;
    }

    async fn draw(&self, from: &AddressName) -> Result<(), Failure> {
        let meta = self.require_begun()?;
        // The visitor first: whoever writes too much takes nothing from their neighbours. Once, however often the address refuses
        // then; and taken at once, so that what was paid counts for one of those who ask at the same time.
        if !self.visitor_paid.take() {
            self.draw_of_visitor(&meta).await?;
        }
        if let Err(failure) = self.draw_of_address(&meta.workspace, from).await {
            self.visitor_paid.set(true);
            return Err(failure);
        }
        self.log.grant(self.log.granted().saturating_add(GRANT));
        Ok(())
    }

    /// Tells the visitor's list with the same call, if it lacks something: its object has to wake for either.
    async fn draw_of_visitor(&self, meta: &Meta) -> Result<(), Failure> {
        let settling = Settling::new(self);
        let draw = Draw { kind: Kind::Message, count: GRANT };
        let line = if settling.is_alone() { self.visitors_line()? } else { None };
        let revision = line.as_ref().map(|(revision, ..)| *revision);
        let visitor = Visitor::of(&self.env, &meta.workspace, &meta.visitor)?;
        let drawn = match line {
            Some((revision, thread, helped)) => visitor.ask(Take { revision, thread, helped, draw: Some(draw) }).await,
            None => visitor.ask(visitor::Spend { draws: vec![draw] }).await,
        };
        if let Some(revision) = revision {
            self.note_told(revision, drawn.is_ok());
        }
        drawn
    }

    /// What the visitor's list lacks.
    fn visitors_line(&self) -> Result<Option<(u32, Thread, Option<Helped>)>, Failure> {
        let tells = self.machine.borrow_mut().tells(&self.log, &[Target::Visitor], now())?;
        Ok(tells.into_iter().find_map(|tell| match tell {
            Output::Tell { revision, line: Line::Visitor { thread, helped } } => Some((revision, thread, helped)),
            _ => None,
        }))
    }

    /// What cannot be noted is told again: that is not the business of who draws.
    fn note_told(&self, revision: u32, has_it: bool) {
        let mut machine = self.machine.borrow_mut();
        if !has_it {
            machine.not_told(Target::Visitor);
        } else if let Err(failure) = machine.told(&self.log, &[(Target::Visitor, revision)]) {
            failure.log();
        }
    }

    /// Twice as much, every second time: to wake an object and have it write costs as much as six messages.
    async fn draw_of_address(&self, workspace: &WorkspaceId, from: &AddressName) -> Result<(), Failure> {
        if let Some(left) = self.address_paid.get().checked_sub(GRANT) {
            self.address_paid.set(left);
            return Ok(());
        }
        let draws = vec![Draw { kind: Kind::Message, count: 2 * GRANT }];
        Address::of(&self.env, workspace, from)?.ask(address::Spend { draws }).await?;
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
        from: &AddressName,
    ) -> Result<(), Failure> {
        let begin = Begin { conversation: conversation.clone(), said: of.said.clone() };
        let draws = vec![Draw::one(Kind::Conversation)];
        // The address first: what it refuses leaves nothing with the visitor.
        Address::of(&self.env, workspace, from)?.ask(address::Spend { draws }).await?;
        Visitor::of(&self.env, workspace, &of.id)?.ask(begin).await?;
        self.log.grant(INCLUDED);
        self.address_paid.set(GRANT);
        self.known.replace(of.said.clone());
        Ok(())
    }
}
