//! One visitor: the list of their threads, as each conversation last told it.

mod erase;
mod profile;

use super::allowance;
use super::shell::{Object, durable};
use crate::calls::Draw;
use crate::calls::reply::Answer;
use crate::calls::visitor::{self, Asked, Begin, Erase, Export, Forget, History, Know, Remember, Spend, Take};
use crate::failure::Failure;
use crate::identity::SiteProfile;
use crate::platform::stored;
use serde::Deserialize;
use shared::ids::ConversationId;
use shared::limits::{Kind, Scope};
use shared::protocol::{ErrorCode, Thread, Threads};
use shared::routing::Helped;
use std::cell::Cell;
use worker::{Env, State, durable_object};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS threads (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, updated_at INTEGER NOT NULL, json TEXT NOT NULL, helped TEXT);
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS profile (id INTEGER PRIMARY KEY CHECK (id = 1), until INTEGER NOT NULL, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS erasing (id TEXT PRIMARY KEY, workspace TEXT NOT NULL, visitor TEXT NOT NULL);
";

/// The panel shows a few and scrolls; nobody looks further back than this.
const MAX_THREADS: u32 = 100;

/// Rules look for who has helped, the latest first; nobody remembers further back.
const HELPERS: i64 = 10;

/// The object.
#[durable_object(alarm)]
pub struct Visitor {
    state: State,
    env: Env,
    /// Whether the tables are there.
    ready: Cell<bool>,
}

#[derive(Deserialize)]
struct CountRow {
    count: u32,
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

durable!(Visitor);

impl Object for Visitor {
    type Class = visitor::Visitor;

    fn open(state: State, env: Env) -> Self {
        Self { state, env, ready: Cell::new(false) }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        match asked {
            Asked::Take(Take { revision, thread, helped, draw }, reply) => {
                let taken = self.take(revision, &thread, helped.as_ref());
                reply.with(taken.and_then(|()| self.spend(draw.as_slice())))
            }
            Asked::Remember(Remember { but }, reply) => reply.with(self.history(&but)),
            Asked::List(_, reply) => reply.with(self.list()),
            Asked::Begin(Begin { conversation, said }, reply) => reply.with(self.begin(&conversation, said.as_ref())),
            Asked::Know(Know { said }, reply) => reply.with(self.know(&said)),
            Asked::Spend(Spend { draws }, reply) => reply.with(self.spend(&draws)),
            Asked::Export(Export { workspace, visitor }, reply) => reply.with(self.export(&workspace, visitor).await),
            Asked::Erase(Erase { workspace, visitor }, reply) => reply.with(self.erase(&workspace, &visitor).await),
            Asked::Forget(Forget { conversation }, reply) => reply.with(self.forget(&conversation).await),
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        self.go_on_erasing().await.map(drop)
    }
}

impl Visitor {
    fn spend(&self, draws: &[Draw]) -> Result<(), Failure> {
        if draws.is_empty() {
            return Ok(());
        }
        self.ensure_tables()?;
        allowance::take(&self.state.storage(), Scope::Visitor, draws)
    }

    /// Notes a conversation, once. Not while everything is being erased: what began then would be half of it.
    fn begin(&self, conversation: &ConversationId, said: Option<&SiteProfile>) -> Result<(), Failure> {
        if self.is_erasing()? {
            return Err(ErrorCode::Internal.into());
        }
        let sql = self.state.storage().sql();
        let known: Vec<serde_json::Value> = sql
            .exec("SELECT 1 AS one FROM conversations WHERE id = ?", vec![conversation.as_str().into()])?
            .to_array()?;
        if known.is_empty() {
            allowance::take(&self.state.storage(), Scope::Visitor, &[Draw::one(Kind::Conversation)])?;
            sql.exec("INSERT INTO conversations VALUES (?)", vec![conversation.as_str().into()])?;
        }
        said.map_or(Ok(()), |said| self.know(said))
    }

    fn ensure_tables(&self) -> Result<(), Failure> {
        if !self.ready.get() {
            self.state.storage().sql().exec(SCHEMA, None)?;
            allowance::prepare(&self.state.storage())?;
            self.ready.set(true);
        }
        Ok(())
    }

    /// Takes a thread's line unless a newer one is here, or the thread is just being erased: it tells its lists to its end.
    fn take(&self, revision: u32, thread: &Thread, helped: Option<&Helped>) -> Result<(), Failure> {
        self.ensure_tables()?;
        let sql = self.state.storage().sql();
        let values = vec![
            thread.id.as_str().into(),
            i64::from(revision).into(),
            stored(thread.updated_at),
            serde_json::to_string(thread)?.into(),
            helped.map(serde_json::to_string).transpose()?.into(),
        ];
        let query = "INSERT INTO threads SELECT ?1, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM erasing WHERE id = ?1) \
                     ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, \
                     updated_at = excluded.updated_at, json = excluded.json, helped = excluded.helped WHERE excluded.revision > revision";
        sql.exec(query, values)?;
        Ok(())
    }

    /// What other conversations, and the site, tell of the visitor.
    fn history(&self, but: &ConversationId) -> Result<History, Failure> {
        self.ensure_tables()?;
        let sql = self.state.storage().sql();
        let query =
            "SELECT helped AS json FROM threads WHERE id <> ? AND helped IS NOT NULL ORDER BY updated_at DESC LIMIT ?";
        let values = vec![but.as_str().into(), HELPERS.into()];
        let helped: Vec<JsonRow> = sql.exec(query, values)?.to_array()?;
        let query = "SELECT COUNT(*) AS count FROM conversations WHERE id <> ?";
        let others: Vec<CountRow> = sql.exec(query, vec![but.as_str().into()])?.to_array()?;
        Ok(History {
            questions: others.first().map_or(0, |row| row.count),
            helped_by: helped.iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect::<Result<_, Failure>>()?,
            profile: self.profile()?,
        })
    }

    fn list(&self) -> Result<Threads, Failure> {
        let sql = self.state.storage().sql();
        let tables: Vec<serde_json::Value> =
            sql.exec("SELECT 1 AS one FROM sqlite_master WHERE name = 'threads'", None)?.to_array()?;
        if tables.is_empty() {
            return Ok(Threads { threads: Vec::new() });
        }
        let query = "SELECT json FROM threads ORDER BY updated_at DESC, id LIMIT ?";
        let rows: Vec<JsonRow> = sql.exec(query, vec![i64::from(MAX_THREADS).into()])?.to_array()?;
        let threads = rows.iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect::<Result<_, Failure>>()?;
        Ok(Threads { threads })
    }
}
