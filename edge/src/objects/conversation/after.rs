//! What follows from a change: the assistant's look at new messages, and telling the lists.

use super::super::log::{Meta, Target};
use super::super::{InboxOp, VisitorOp, WorkspaceOp, call, inbox, sockets, visitor, workspace};
use super::Conversation;
use super::soon::Told;
use crate::failure::Failure;
use shared::assistant::{Found, decide};
use shared::conversation::{one_line, summary, unread_by_visitor};
use shared::protocol::{Seq, Thread};

/// After so many failures to search, the assistant says that it found nothing, which offers a person.
const MAX_TRIES: u32 = 3;

/// How much a visitor who has read so far has not seen, counted up to some event.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unread {
    read: Seq,
    up_to: Seq,
    count: u32,
}

/// Somebody who settles, for as long as that takes, whatever ends it.
struct Settling<'a>(&'a Conversation);

impl<'a> Settling<'a> {
    fn new(conversation: &'a Conversation) -> Self {
        conversation.settling.set(conversation.settling.get() + 1);
        Self(conversation)
    }
}

impl Drop for Settling<'_> {
    fn drop(&mut self) {
        self.0.settling.set(self.0.settling.get().saturating_sub(1));
        if self.0.ending.get() {
            self.0.bell.ring();
        }
    }
}

impl Conversation {
    /// Does all that is owed: the assistant's look at new messages, and telling the lists. Whatever fails is tried
    /// again by the alarm.
    async fn settle(&self) -> Result<(), Failure> {
        if self.ending.get() {
            return Ok(());
        }
        let _settling = Settling::new(self);
        let Some(meta) = self.log.meta()? else { return Ok(()) };
        let assisted = self.assist(&meta).await;
        let told = self.tell().await;
        let waiting = self
            .state
            .get_websockets()
            .iter()
            .any(|socket| sockets::attachment(socket).is_some_and(|one| !one.greeted));
        if assisted.is_err() || told.is_err() || waiting {
            self.ring_soon().await?;
        }
        assisted.and(told)
    }

    /// What was asked for is stored already: that something after it has failed is not the caller's business.
    pub(super) async fn settle_or_log(&self) {
        if let Err(failure) = self.settle().await {
            failure.log();
        }
    }

    async fn assist(&self, meta: &Meta) -> Result<(), Failure> {
        while let Some((event, tries)) = self.log.owed()? {
            let text = self.log.said(&event)?.unwrap_or_default();
            let folded = self.folded()?;
            let found: Result<Vec<Found>, Failure> = if folded.assistant_may_speak() {
                let operation = WorkspaceOp::Match { text, locale: folded.context.locale.clone() };
                call(&workspace(&self.env, &meta.workspace)?, &operation).await
            } else {
                Ok(Vec::new())
            };
            let found = match found {
                Ok(found) => found,
                Err(failure) if tries < MAX_TRIES => {
                    self.log.owed_failed(&event)?;
                    return Err(failure);
                }
                Err(_) => Vec::new(),
            };
            // The world may have changed while the workspace searched: decide on what is now.
            let folded = self.folded()?;
            let draft = decide(&folded, &event, &found);
            if let Some(draft) = draft.filter(|draft| !matches!(self.log.has(&draft.id), Ok(true))) {
                self.append(vec![draft], None, false).await?;
            }
            self.log.owed_done(&event)?;
        }
        Ok(())
    }

    /// Tells the lists, once at a time: whoever comes while that goes on is told of by the one who is at it.
    async fn tell(&self) -> Result<(), Failure> {
        if self.settling.get() > 1 {
            return Ok(());
        }
        loop {
            let outbox = self.log.outbox()?;
            if outbox.is_empty() {
                return Ok(());
            }
            let folded = self.folded()?;
            self.told.set(Told::of(&folded));
            self.tell_of(outbox).await?;
        }
    }

    async fn tell_of(&self, outbox: Vec<(Target, u32)>) -> Result<(), Failure> {
        for (target, revision) in outbox {
            let meta = self.require_begun()?;
            let folded = self.folded()?;
            match target {
                Target::Inbox => {
                    let mut summary = summary(&meta.conversation, &folded);
                    summary.version = meta.revision;
                    let _taken: () =
                        call(&inbox(&self.env, &meta.workspace)?, &InboxOp::Take(Box::new(summary))).await?;
                }
                Target::Visitor => {
                    let thread = Thread {
                        id: meta.conversation.clone(),
                        title: one_line(&folded.title),
                        last: one_line(&folded.last_line),
                        updated_at: folded.updated_at,
                        status: folded.status,
                        unread: self.unread(meta.read.visitor)?,
                    };
                    let operation = VisitorOp::Take { revision: meta.revision, thread };
                    let _taken: () = call(&visitor(&self.env, &meta.workspace, &meta.visitor)?, &operation).await?;
                }
            }
            self.log.confirmed(target, revision)?;
        }
        Ok(())
    }

    /// How much the visitor has not seen. Only what came since the last count is read.
    fn unread(&self, read: Seq) -> Result<u32, Failure> {
        let before = self.unread.get();
        let (from, count) = if before.read == read { (before.up_to.max(read), before.count) } else { (read, 0) };
        let events = self.log.events_after(from)?;
        let count = count.saturating_add(unread_by_visitor(&events, read));
        let up_to = events.last().map_or(from, |event| event.seq);
        self.unread.set(Unread { read, up_to, count });
        Ok(count)
    }
}
