//! Everything about a visitor: a copy, and its end. The end is noted before it is begun, and the alarm goes on with what an
//! object that was away has left.

use super::Visitor;
use crate::calls::conversation::{Conversation, Erase, Export};
use crate::failure::Failure;
use crate::platform::{now, transaction};
use crate::sql;
use serde::Deserialize;
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::protocol::{Erasure, VisitorExport};
use std::time::Duration;

/// When to try again what a conversation did not do.
const RETRY: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
struct IdRow {
    id: ConversationId,
}

#[derive(Deserialize)]
struct ErasingRow {
    id: ConversationId,
    workspace: WorkspaceId,
    visitor: VisitorId,
}

impl Visitor {
    pub(super) async fn export(&self, workspace: &WorkspaceId, visitor: VisitorId) -> Result<VisitorExport, Failure> {
        let mut conversations = Vec::new();
        for id in self.known()? {
            let conversation = Conversation::of(&self.env, workspace, &id)?;
            conversations.extend(conversation.ask(Export { visitor: visitor.clone() }).await?);
        }
        conversations.sort_by_key(|one| one.events.first().map(|event| event.at));
        let (profile, threads) = (self.profile()?, self.list()?.threads);
        Ok(VisitorExport { visitor, exported_at: now(), profile, threads, conversations })
    }

    pub(super) async fn erase(&self, workspace: &WorkspaceId, visitor: &VisitorId) -> Result<Erasure, Failure> {
        let known = self.known()?;
        let storage = self.state.storage();
        transaction(&storage, || {
            for id in &known {
                let values = [id.as_str(), workspace.as_str(), visitor.as_str()].map(Into::into).to_vec();
                let statement = "INSERT OR IGNORE INTO erasing (id, workspace, visitor) VALUES (?, ?, ?)";
                sql::run(&storage, statement, values)?;
            }
            sql::run(&storage, "DELETE FROM threads; DELETE FROM conversations; DELETE FROM profile;", None).map(drop)
        })?;
        self.go_on_erasing().await
    }

    /// Ends what is noted; what cannot be reached now is left to the alarm.
    pub(super) async fn go_on_erasing(&self) -> Result<Erasure, Failure> {
        let storage = self.state.storage();
        // Set first: should this be cut short, the alarm goes on.
        storage.set_alarm(RETRY).await?;
        let mut left = 0;
        for ErasingRow { id, workspace, visitor } in self.erasing()? {
            match Conversation::of(&self.env, &workspace, &id)?.ask(Erase { visitor }).await {
                Ok(()) => {
                    sql::run(&storage, "DELETE FROM erasing WHERE id = ?", vec![id.as_str().into()])?;
                }
                Err(failure) => {
                    failure.log();
                    left += 1;
                }
            }
        }
        if left == 0 {
            self.end_if_empty().await?;
        }
        Ok(Erasure { left })
    }

    /// One conversation has ended by itself.
    pub(super) async fn forget(&self, id: &ConversationId) -> Result<(), Failure> {
        self.tables.ensure()?;
        for table in ["threads", "conversations", "erasing"] {
            let statement = ["DELETE FROM ", table, " WHERE id = ?"].concat();
            sql::run(&self.state.storage(), &statement, vec![id.as_str().into()])?;
        }
        self.end_if_empty().await
    }

    /// Whether an erasure is not at its end yet.
    pub(super) fn is_erasing(&self) -> Result<bool, Failure> {
        Ok(!self.erasing()?.is_empty())
    }

    /// A visitor without conversations leaves nothing, not even the count of what they may do: the address's goes on.
    async fn end_if_empty(&self) -> Result<(), Failure> {
        if self.known()?.is_empty() && !self.is_erasing()? {
            let storage = self.state.storage();
            storage.delete_alarm().await?;
            storage.delete_all().await?;
            self.tables.look_again();
        }
        Ok(())
    }

    fn known(&self) -> Result<Vec<ConversationId>, Failure> {
        self.tables.ensure()?;
        let query = "SELECT id FROM conversations UNION SELECT id FROM threads ORDER BY id";
        let rows: Vec<IdRow> = sql::all(&self.state.storage(), query, None)?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    fn erasing(&self) -> Result<Vec<ErasingRow>, Failure> {
        self.tables.ensure()?;
        sql::all(&self.state.storage(), "SELECT id, workspace, visitor FROM erasing ORDER BY id", None)
    }
}
