//! The documents of a workspace as they are stored, each under its name: its settings, its team's operations, and a note of what
//! was compiled.

use crate::failure::Failure;
use crate::sql;
use crate::tables::Step;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::operations::Operations;
use shared::protocol::ErrorCode;
use shared::settings::{PanelSettings, Settings};
use std::collections::BTreeMap;
use worker::Storage;

/// The tables of the first layout. `settings` and `sources` had what `documents` and `article_sources` have since the second.
pub(in crate::objects) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (locale TEXT, id TEXT, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, restricted INTEGER NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS answers (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS indexes (locale TEXT, kind TEXT, part INTEGER, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (locale, kind, part));
CREATE TABLE IF NOT EXISTS sources (part INTEGER PRIMARY KEY, json BLOB NOT NULL);
";

/// From one row for all that holds, and one text of all that was published, to a row for each document and each article.
/// `spread` in `pieces` takes the text apart, for SQLite cannot: it may be longer than any value.
pub(in crate::objects) const SECOND: Step = &[
    "CREATE TABLE documents (name TEXT PRIMARY KEY, json TEXT NOT NULL)",
    "CREATE TABLE article_sources (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id))",
    "INSERT INTO documents (name, json) SELECT 'settings', json_object('panel', json_object('name', json ->> '$.name'), \
     'origins', json -> '$.origins', 'default_locale', json ->> '$.default_locale', 'assistant', json -> '$.assistant', \
     'retention_days', json -> '$.retention_days') FROM settings",
    "INSERT INTO documents (name, json) SELECT 'operations', json -> '$.operations' FROM settings \
     WHERE json_type(json, '$.operations') = 'object'",
    "INSERT INTO documents (name, json) SELECT 'compiled', json_object('indexes', json -> '$.indexes', \
     'engine', json -> '$.engine', 'renewals', json -> '$.renewals') FROM settings",
    "DROP TABLE settings",
];

/// For whom an article is. A build that bound a truth value stored the texts `true` and `false`. Of an article for some whose source was
/// not kept, or still lies in `sources`, nobody knows for whom: a name that no audience can have keeps it from everybody until it is known.
pub(in crate::objects) const THIRD: Step = &[
    "CREATE TABLE guarded (locale TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, \
     audience TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT",
    "INSERT INTO guarded (locale, id, title, url, blocks, audience) SELECT locale, id, title, url, blocks, COALESCE( \
     (SELECT json -> '$.audience' FROM article_sources AS written \
     WHERE written.locale = articles.locale AND written.id = articles.id), \
     CASE WHEN restricted IN (0, 'false') THEN '[]' ELSE '[\"\"]' END) FROM articles",
    "DROP TABLE articles",
    "ALTER TABLE guarded RENAME TO articles",
];

const SETTINGS: &str = "settings";
const OPERATIONS: &str = "operations";
const COMPILED: &str = "compiled";

/// What was compiled.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Compiled {
    /// The languages that have articles, in alphabetical order, each with the hash of its index.
    pub(super) indexes: BTreeMap<String, String>,
    /// Which engine has made all indexes; none if that was not noted yet.
    pub(super) engine: Option<u32>,
    /// Whether one of them was found to be damaged.
    #[serde(default)]
    pub(super) damaged: bool,
    /// What was tried to make them anew.
    pub(super) renewals: Option<Renewals>,
}

/// How often an engine has tried to make the indexes anew.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Renewals {
    pub(super) engine: u32,
    pub(super) times: u32,
}

/// Settings to begin with, unless there are some: visitors see the workspace's name, and no page may hold the panel yet.
pub(in crate::objects) fn begin(storage: &Storage, name: String) -> Result<(), Failure> {
    if read::<Settings>(storage, SETTINGS)?.is_some() {
        return Ok(());
    }
    let settings = Settings {
        panel: PanelSettings { name },
        origins: Vec::new(),
        default_locale: String::from("en"),
        assistant: None,
        retention_days: None,
    };
    put_settings(storage, &settings)
}

/// The settings. Refuses a workspace that has none.
pub(in crate::objects) fn settings(storage: &Storage) -> Result<Settings, Failure> {
    read(storage, SETTINGS)?.ok_or(ErrorCode::UnknownWorkspace.into())
}

/// How the team works; all is left out if nothing was published.
pub(in crate::objects) fn operations(storage: &Storage) -> Result<Operations, Failure> {
    Ok(read(storage, OPERATIONS)?.unwrap_or_default())
}

/// What was compiled; nothing if there was no article or answer yet.
pub(super) fn compiled(storage: &Storage) -> Result<Compiled, Failure> {
    Ok(read(storage, COMPILED)?.unwrap_or_default())
}

/// Replaces the settings.
pub(super) fn put_settings(storage: &Storage, settings: &Settings) -> Result<(), Failure> {
    put(storage, SETTINGS, settings)
}

/// Replaces the operations.
pub(super) fn put_operations(storage: &Storage, operations: &Operations) -> Result<(), Failure> {
    put(storage, OPERATIONS, operations)
}

/// Replaces the note of what was compiled.
pub(super) fn put_compiled(storage: &Storage, compiled: &Compiled) -> Result<(), Failure> {
    put(storage, COMPILED, compiled)
}

fn read<T: DeserializeOwned>(storage: &Storage, name: &str) -> Result<Option<T>, Failure> {
    sql::document(storage, "SELECT json FROM documents WHERE name = ?", vec![name.into()])
}

fn put<T: Serialize>(storage: &Storage, name: &str, document: &T) -> Result<(), Failure> {
    let statement =
        "INSERT INTO documents (name, json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json";
    sql::run(storage, statement, vec![name.into(), serde_json::to_string(document)?.into()])?;
    Ok(())
}
