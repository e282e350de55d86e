//! One visitor: the list of their threads, as each conversation last told it.

mod erase;
mod profile;

use super::allowance::{self, Draw};
use super::{Incoming, incoming, outcome};
use crate::failure::Failure;
use crate::platform::stored;
use crate::proof::Said;
use serde::{Deserialize, Serialize};
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::limits::{Kind, Scope};
use shared::protocol::{ErrorCode, Profile, Thread, Threads};
use shared::routing::Helped;
use std::cell::Cell;
use worker::{DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// What a visitor's object can be asked. Its name is the visitor's id, so whoever reaches it has shown the token.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VisitorOp {
    /// A conversation tells its line, and may draw with the same call. Answers nothing, or refuses what is drawn: the line
    /// is kept all the same.
    Take { revision: u32, thread: Thread, helped: Option<Helped>, draw: Option<Draw> },
    /// What is known of the visitor from other conversations. Answers `History`.
    History { but: ConversationId },
    /// The threads, newest first. Answers `Threads`.
    List,
    /// A conversation is about to begin. Answers nothing, or refuses.
    Begin { conversation: ConversationId, said: Option<Said> },
    /// The site says this of the visitor by now. Answers nothing.
    Know(Said),
    /// Takes all of it, or refuses and says when to come back. Answers nothing.
    Draw(Vec<Draw>),
    /// A copy of everything. Answers `VisitorExport`.
    Export { workspace: WorkspaceId, visitor: VisitorId },
    /// Ends everything. Answers `Erasure`.
    Erase { workspace: WorkspaceId, visitor: VisitorId },
    /// A conversation has ended by itself. Answers nothing.
    Forget { conversation: ConversationId },
}

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

/// What is known of a visitor from other conversations.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct History {
    /// How many they began.
    pub(crate) questions: u32,
    /// Who helped, the latest first.
    pub(crate) helped_by: Vec<Helped>,
    /// What the site has said of them last.
    pub(crate) profile: Option<Profile>,
}

/// The object.
#[durable_object]
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

impl DurableObject for Visitor {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, ready: Cell::new(false) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(operation)) => self.operate(operation).await,
            Ok(Incoming::Socket(_) | Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(failure) = self.go_on_erasing().await {
            failure.log();
        }
        Response::empty()
    }

    async fn websocket_message(&self, _socket: WebSocket, _message: WebSocketIncomingMessage) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_close(
        &self,
        _socket: WebSocket,
        _code: usize,
        _reason: String,
        _was_clean: bool,
    ) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        Ok(())
    }
}

impl Visitor {
    async fn operate(&self, operation: VisitorOp) -> worker::Result<Response> {
        match operation {
            VisitorOp::Take { revision, thread, helped, draw } => {
                let taken = self.take(revision, &thread, helped.as_ref());
                outcome(taken.and_then(|()| self.draw(draw.as_slice())))
            }
            VisitorOp::History { but } => outcome(self.history(&but)),
            VisitorOp::List => outcome(self.list()),
            VisitorOp::Begin { conversation, said } => outcome(self.begin(&conversation, said.as_ref())),
            VisitorOp::Know(said) => outcome(self.know(&said)),
            VisitorOp::Draw(draws) => outcome(self.draw(&draws)),
            VisitorOp::Export { workspace, visitor } => outcome(self.export(&workspace, visitor).await),
            VisitorOp::Erase { workspace, visitor } => outcome(self.erase(&workspace, &visitor).await),
            VisitorOp::Forget { conversation } => outcome(self.forget(&conversation).await),
        }
    }

    fn draw(&self, draws: &[Draw]) -> Result<(), Failure> {
        if draws.is_empty() {
            return Ok(());
        }
        self.ensure_tables()?;
        allowance::take(&self.state.storage(), Scope::Visitor, draws)
    }

    /// Notes a conversation, once. Not while everything is being erased: what began then would be half of it.
    fn begin(&self, conversation: &ConversationId, said: Option<&Said>) -> Result<(), Failure> {
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
