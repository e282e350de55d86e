//! The note of what was compiled.

use super::pending::Pending;
use crate::failure::Failure;
use crate::objects::documents::{put, read};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use worker::Storage;

const COMPILED: &str = "compiled";

/// What was compiled.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Compiled {
    /// The languages that have articles for everybody, in alphabetical order, each with the hash of its index.
    pub(super) indexes: BTreeMap<String, String>,
    /// Which engine has made all indexes; none if that was not noted yet.
    pub(super) engine: Option<u32>,
    /// Whether one of them was found to be damaged.
    #[serde(default)]
    pub(super) damaged: bool,
    /// What was tried to make them anew.
    pub(super) renewals: Option<Renewals>,
    /// The languages that have articles for some, each with the audiences. None if a build has made the indexes that did not note it.
    #[serde(default)]
    pub(super) restricted: Option<BTreeMap<String, BTreeSet<String>>>,
    /// What is stored and in no index yet.
    #[serde(default)]
    pub(super) pending: Option<Pending>,
}

/// How often an engine has tried to make the indexes anew.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Renewals {
    pub(super) engine: u32,
    pub(super) times: u32,
}

impl Compiled {
    /// The languages whose articles are not all in their index yet.
    pub(super) fn pending_articles(&self) -> Vec<String> {
        self.pending.iter().flat_map(|pending| pending.articles.iter().cloned()).collect()
    }
}

/// What was compiled; nothing if there was no article or answer yet.
pub(super) fn compiled(storage: &Storage) -> Result<Compiled, Failure> {
    Ok(read(storage, COMPILED)?.unwrap_or_default())
}

/// Replaces the note.
pub(super) fn put_compiled(storage: &Storage, compiled: &Compiled) -> Result<(), Failure> {
    put(storage, COMPILED, compiled)
}
