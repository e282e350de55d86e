//! One visitor: the list of their threads, as each conversation last told it.

use super::{Incoming, incoming, outcome};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use shared::protocol::{ErrorCode, Thread, Threads};
use worker::{DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// What a visitor's object can be asked. Its name is the visitor's id, so whoever reaches it has shown the token.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VisitorOp {
    /// A conversation tells its line. Answers nothing.
    Take { revision: u32, thread: Thread },
    /// The threads, newest first. Answers `Threads`.
    List,
}

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS threads (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, updated_at INTEGER NOT NULL, json TEXT NOT NULL)";

/// The panel shows a few and scrolls; nobody looks further back than this.
const MAX_THREADS: u32 = 100;

/// The object.
#[durable_object]
pub struct Visitor {
    state: State,
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

impl DurableObject for Visitor {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(VisitorOp::Take { revision, thread })) => outcome(self.take(revision, &thread)),
            Ok(Incoming::Operation(VisitorOp::List)) => outcome(self.list()),
            Ok(Incoming::Socket(_) | Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
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
    /// Takes a thread's line unless a newer one is here.
    fn take(&self, revision: u32, thread: &Thread) -> Result<(), Failure> {
        let sql = self.state.storage().sql();
        sql.exec(SCHEMA, None)?;
        let values = vec![
            thread.id.as_str().into(),
            i64::from(revision).into(),
            i64::try_from(thread.updated_at).unwrap_or(i64::MAX).into(),
            serde_json::to_string(thread)?.into(),
        ];
        let query = "INSERT INTO threads VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, \
                     updated_at = excluded.updated_at, json = excluded.json WHERE excluded.revision > revision";
        sql.exec(query, values)?;
        Ok(())
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
