//! One visitor: the list of their threads, as each conversation last told it.

mod erase;
mod profile;

use super::allowance;
use super::shell::{Object, durable};
use crate::calls::Draw;
use crate::calls::reply::Answer;
use crate::calls::visitor::{self, Asked, Begin, Erase, Export, Forget, History, Know, Remember, Spend, Take};
use crate::failure::Failure;
use crate::platform::stored;
use crate::sql;
use crate::tables::{Layout, Tables};
use serde::Deserialize;
use shared::conversation::{Held, SiteProfile, is_newer};
use shared::ids::ConversationId;
use shared::limits::{Kind, Scope};
use shared::protocol::{ErrorCode, Thread, Threads};
use shared::routing::Helped;
use worker::{Env, State, durable_object};

const LAYOUT: Layout = Layout { steps: &[&[FIRST, allowance::FIRST]], mend: |_| Ok(()) };

/// The tables of version 1.
const FIRST: &str = "
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
    tables: Tables,
}

#[derive(Deserialize)]
struct ThreadRow {
    revision: u32,
    json: String,
}

durable!(Visitor);

impl Object for Visitor {
    type Class = visitor::Visitor;

    fn open(state: State, env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, env, tables }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        match asked {
            Asked::Take(Take { revision, thread, helped, draw }, reply) => {
                let taken = self.take(revision, &thread, helped.as_ref());
                reply.with(taken.and_then(|held| self.spend(draw.as_slice()).map(|()| held)))
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
        self.tables.ensure()?;
        allowance::take(&self.state.storage(), Scope::Visitor, draws)
    }

    /// Notes a conversation, once. Not while everything is being erased: what began then would be half of it.
    fn begin(&self, conversation: &ConversationId, said: Option<&SiteProfile>) -> Result<(), Failure> {
        if self.is_erasing()? {
            return Err(ErrorCode::Internal.into());
        }
        let storage = self.state.storage();
        let values = vec![conversation.as_str().into()];
        if !sql::exists(&storage, "SELECT 1 FROM conversations WHERE id = ?", values.clone())? {
            allowance::take(&storage, Scope::Visitor, &[Draw::one(Kind::Conversation)])?;
            sql::run(&storage, "INSERT INTO conversations (id) VALUES (?)", values)?;
        }
        said.map_or(Ok(()), |said| self.know(said))
    }

    /// Takes a thread's line unless a newer one is here, or the thread is just being erased: it tells its lists to its end.
    fn take(&self, revision: u32, thread: &Thread, helped: Option<&Helped>) -> Result<Held, Failure> {
        self.tables.ensure()?;
        let json = serde_json::to_string(thread)?;
        let id = vec![thread.id.as_str().into()];
        let query = "SELECT revision, json FROM threads WHERE id = ?";
        let row: Option<ThreadRow> = sql::one(&self.state.storage(), query, id)?;
        if let Some(row) = row.filter(|row| !is_newer(Some(row.revision), revision)) {
            return Ok(Held { revision: row.revision, agrees: row.revision != revision || row.json == json });
        }
        let values = vec![
            thread.id.as_str().into(),
            i64::from(revision).into(),
            stored(thread.updated_at),
            json.into(),
            helped.map(serde_json::to_string).transpose()?.into(),
        ];
        let statement = "INSERT INTO threads (id, revision, updated_at, json, helped) \
                         SELECT ?1, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM erasing WHERE id = ?1) \
                         ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, updated_at = excluded.updated_at, \
                         json = excluded.json, helped = excluded.helped WHERE excluded.revision > revision";
        sql::run(&self.state.storage(), statement, values)?;
        // A visitor's object that was restored from an older copy learns of what began since: else it could not be erased.
        let known =
            "INSERT OR IGNORE INTO conversations (id) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM erasing WHERE id = ?1)";
        sql::run(&self.state.storage(), known, vec![thread.id.as_str().into()])?;
        Ok(Held::taken(revision))
    }

    /// What other conversations, and the site, tell of the visitor.
    fn history(&self, but: &ConversationId) -> Result<History, Failure> {
        self.tables.ensure()?;
        let storage = self.state.storage();
        let helped = "SELECT helped FROM threads WHERE id <> ? AND helped IS NOT NULL ORDER BY updated_at DESC LIMIT ?";
        let others = "SELECT COUNT(*) AS count FROM conversations WHERE id <> ?";
        let questions = sql::count(&storage, others, vec![but.as_str().into()])?;
        Ok(History {
            questions: u32::try_from(questions).unwrap_or(u32::MAX),
            helped_by: sql::documents(&storage, helped, vec![but.as_str().into(), HELPERS.into()])?,
            profile: self.profile()?,
        })
    }

    fn list(&self) -> Result<Threads, Failure> {
        if !self.tables.exist()? {
            return Ok(Threads { threads: Vec::new() });
        }
        let query = "SELECT json FROM threads ORDER BY updated_at DESC, id LIMIT ?";
        let most = vec![i64::from(MAX_THREADS).into()];
        Ok(Threads { threads: sql::documents(&self.state.storage(), query, most)? })
    }
}
