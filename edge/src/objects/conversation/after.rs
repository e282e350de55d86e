//! What follows from a change: the assistant's look at new messages, and telling the lists.

use super::super::log::{Meta, Target};
use super::super::{InboxOp, VisitorOp, WorkspaceOp, call, inbox, sockets, visitor, workspace};
use super::{Conversation, RETRY};
use crate::failure::Failure;
use shared::assistant::{Found, decide};
use shared::conversation::{one_line, summary, unread_by_visitor};
use shared::protocol::Thread;

/// After so many failures to search, the assistant says that it found nothing, which offers a person.
const MAX_TRIES: u32 = 3;

impl Conversation {
    /// Does all that is owed: the assistant's look at new messages, and telling the lists. Whatever fails is tried
    /// again by the alarm.
    async fn settle(&self) -> Result<(), Failure> {
        let Some(meta) = self.log.meta()? else { return Ok(()) };
        let assisted = self.assist(&meta).await;
        let told = self.tell().await;
        let waiting = self
            .state
            .get_websockets()
            .iter()
            .any(|socket| sockets::attachment(socket).is_some_and(|one| !one.greeted));
        if assisted.is_err() || told.is_err() || waiting {
            self.state.storage().set_alarm(RETRY).await?;
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
            let draft = decide(&self.folded()?, &event, &found);
            if let Some(draft) = draft.filter(|draft| !matches!(self.log.has(&draft.id), Ok(true))) {
                self.append(vec![draft], None, false).await?;
            }
            self.log.owed_done(&event)?;
        }
        Ok(())
    }

    async fn tell(&self) -> Result<(), Failure> {
        for (target, revision) in self.log.outbox()? {
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
                        unread: unread_by_visitor(&self.log.events_after(meta.read.visitor)?, meta.read.visitor),
                    };
                    let operation = VisitorOp::Take { revision: meta.revision, thread };
                    let _taken: () = call(&visitor(&self.env, &meta.workspace, &meta.visitor)?, &operation).await?;
                }
            }
            self.log.confirmed(target, revision)?;
        }
        Ok(())
    }
}
