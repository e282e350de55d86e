//! What passes between the library and its workspace: what was published before there was a library moves over when it is asked first, and
//! settings that are published with articles are told to the workspace.
//!
//! A step is noted in the transaction that makes it due, and done again until it is done: an end of the process in between loses nothing
//! and leaves nothing half.

use super::Library;
use crate::calls::Workspace;
use crate::calls::library::Change;
use crate::calls::spare::Dump;
use crate::calls::workspace::{Adopt, HandOver, LetGo};
use crate::failure::Failure;
use crate::objects::documents::{put, put_settings, read, remove};
use crate::objects::dump::restore;
use crate::platform::{arm, now, transaction};
use serde::{Deserialize, Serialize};
use shared::ids::WorkspaceId;
use shared::operations::Operations;
use shared::protocol::Millis;
use shared::settings::Settings;
use worker::Storage;

/// Whether what the workspace had is here.
const ARRIVED: &str = "arrived";
/// What the workspace is still to be told.
const OWED: &str = "owed";
/// A workspace that is away is told again after this time.
const TELL_AGAIN_MS: Millis = 2_000;

/// What the workspace does not know yet.
#[derive(Serialize, Deserialize)]
enum Owed {
    /// All that it had is here.
    LetGo(WorkspaceId),
    /// These hold from now on.
    Adopt { workspace: WorkspaceId, settings: Option<Box<Settings>>, operations: Option<Box<Operations>> },
}

impl Library {
    /// Makes sure that all that was published is here. Refuses a workspace that is not there, and leaves nothing of it.
    pub(super) async fn arrive(&self, workspace: &WorkspaceId) -> Result<(), Failure> {
        if self.has_arrived()? {
            return Ok(());
        }
        let _taken = self.press.take().await;
        if self.has_arrived()? {
            return Ok(());
        }
        let parts = self.handed_over(workspace).await?;
        self.tables.ensure()?;
        let storage = self.state.storage();
        arm_for_debt(&storage)?;
        transaction(&storage, || {
            put(&storage, ARRIVED, &true)?;
            restore(&storage, parts)?;
            put(&storage, OWED, &Owed::LetGo(workspace.clone()))
        })?;
        self.settle_or_log().await;
        Ok(())
    }

    /// What the workspace has, in parts; nothing changes there by asking.
    async fn handed_over(&self, workspace: &WorkspaceId) -> Result<Vec<Dump>, Failure> {
        let object = Workspace::of(&self.env, workspace)?;
        let mut parts = Vec::new();
        while let Some(dump) = object.ask(HandOver { part: u32::try_from(parts.len()).unwrap_or(u32::MAX) }).await? {
            parts.push(dump);
        }
        Ok(parts)
    }

    fn has_arrived(&self) -> Result<bool, Failure> {
        Ok(self.tables.exist()? && read::<bool>(&self.state.storage(), ARRIVED)?.is_some())
    }

    /// Tells the workspace what it is owed; the alarm does it if the workspace is away. Who calls it has the press.
    pub(super) async fn settle_or_log(&self) {
        if let Err(failure) = self.settle_debt().await {
            failure.log();
        }
    }

    /// The same, where the caller waits for it.
    pub(super) async fn settle_debt(&self) -> Result<(), Failure> {
        let storage = self.state.storage();
        let Some(owed) = read::<Owed>(&storage, OWED)? else { return Ok(()) };
        arm_for_debt(&storage)?;
        match owed {
            Owed::LetGo(workspace) => Workspace::of(&self.env, &workspace)?.ask(LetGo).await?,
            Owed::Adopt { workspace, settings, operations } => {
                Workspace::of(&self.env, &workspace)?.ask(Adopt { settings, operations }).await?;
            }
        }
        remove(&storage, OWED)
    }
}

/// Stores the documents of a change that are no pieces: a copy of the settings, and what the workspace is to be told. It is run in the
/// transaction of the change.
pub(super) fn put_documents(storage: &Storage, workspace: &WorkspaceId, change: Change) -> Result<(), Failure> {
    let (settings, operations) = match change {
        Change::Everything(content) => {
            (Some(Box::new(content.settings)), Some(Box::new(content.operations.unwrap_or_default())))
        }
        Change::Settings(settings) => (Some(settings), None),
        Change::Operations(operations) => (None, Some(operations)),
        Change::Articles(_) | Change::Article(_) | Change::NoArticle(..) => return Ok(()),
        Change::Answers(_) | Change::Answer(_) | Change::NoAnswer(..) => return Ok(()),
    };
    if let Some(settings) = &settings {
        put_settings(storage, settings)?;
    }
    put(storage, OWED, &Owed::Adopt { workspace: workspace.clone(), settings, operations })
}

/// When the workspace is to be told what it is owed; none if that is nothing.
pub(super) fn due(storage: &Storage) -> Result<Option<Millis>, Failure> {
    Ok(read::<Owed>(storage, OWED)?.map(|_| now() + TELL_AGAIN_MS))
}

/// Sets the alarm by which what is about to be owed is told, should the process end before. It is set before the debt is stored.
pub(super) fn arm_for_debt(storage: &Storage) -> Result<(), Failure> {
    arm(storage, now() + TELL_AGAIN_MS)
}
