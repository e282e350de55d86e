//! Documents as they are stored, each under its name. The workspace has its settings and its team's operations; the library has a copy of
//! the settings, and a note of what was compiled.

use crate::failure::Failure;
use crate::sql;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::operations::Operations;
use shared::protocol::ErrorCode;
use shared::settings::{PanelSettings, Settings};
use worker::Storage;

const SETTINGS: &str = "settings";
const OPERATIONS: &str = "operations";

/// Settings to begin with, unless there are some: visitors see the workspace's name, and no page may hold the panel yet.
pub(super) fn begin(storage: &Storage, name: String) -> Result<(), Failure> {
    if read::<Settings>(storage, SETTINGS)?.is_some() {
        return Ok(());
    }
    let settings = Settings::new(PanelSettings::named(name), Vec::new(), String::from("en"));
    put_settings(storage, &settings)
}

/// The settings. Refuses a workspace that has none.
pub(super) fn settings(storage: &Storage) -> Result<Settings, Failure> {
    read(storage, SETTINGS)?.ok_or(ErrorCode::UnknownWorkspace.into())
}

/// How the team works; all is left out if nothing was published.
pub(super) fn operations(storage: &Storage) -> Result<Operations, Failure> {
    Ok(read(storage, OPERATIONS)?.unwrap_or_default())
}

/// Replaces the settings.
pub(super) fn put_settings(storage: &Storage, settings: &Settings) -> Result<(), Failure> {
    put(storage, SETTINGS, settings)
}

/// Replaces the operations.
pub(super) fn put_operations(storage: &Storage, operations: &Operations) -> Result<(), Failure> {
    put(storage, OPERATIONS, operations)
}

/// A document; none if it was never put.
pub(super) fn read<T: DeserializeOwned>(storage: &Storage, name: &str) -> Result<Option<T>, Failure> {
    sql::document(storage, "SELECT json FROM documents WHERE name = ?", vec![name.into()])
}

/// Replaces a document.
pub(super) fn put<T: Serialize>(storage: &Storage, name: &str, document: &T) -> Result<(), Failure> {
    let statement =
        "INSERT INTO documents (name, json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json";
    sql::run(storage, statement, vec![name.into(), serde_json::to_string(document)?.into()])?;
    Ok(())
}

/// Removes a document.
pub(super) fn remove(storage: &Storage, name: &str) -> Result<(), Failure> {
    sql::run(storage, "DELETE FROM documents WHERE name = ?", vec![name.into()]).map(drop)
}
