//! A workspace's inbox: every conversation in one line, live for the agents who look.

mod forget;

use super::sockets::{self, Caller, broadcast, send};
use super::{Incoming, incoming, outcome};
use crate::failure::Failure;
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::ids::ConversationId;
use shared::protocol::{ErrorCode, InboxFrame, Resolution, Summary};
use std::cell::Cell;
use worker::{
    DurableObject, Env, Request, Response, SqlStorageValue, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

/// What an inbox can be asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InboxOp {
    /// A conversation tells its line. Answers nothing.
    Take(Box<Summary>),
    /// Every conversation. Answers `Vec<Summary>`.
    List,
    /// Whether an agent looks at the inbox now. Answers `bool`.
    Online,
    /// An article did or did not help before anything was sent. Answers nothing.
    Resolution(Resolution),
    /// A conversation has ended: it is taken out of every list, and nothing of it stays. Answers nothing.
    Forget { conversation: ConversationId },
    /// A session has ended: its sockets are closed. Answers nothing.
    EndSession { session: String },
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, version INTEGER NOT NULL, updated_at INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS newest ON conversations (updated_at);
CREATE TABLE IF NOT EXISTS resolutions (id TEXT PRIMARY KEY, at INTEGER NOT NULL, article TEXT NOT NULL, locale TEXT NOT NULL, helped INTEGER NOT NULL);
";

/// More conversations than an agent can scroll through; older ones are still there for whoever has their address.
const MAX_LISTED: i64 = 1_000;

/// The object.
#[durable_object]
pub struct Inbox {
    state: State,
    env: Env,
    /// Whether the tables are there.
    ready: Cell<bool>,
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

impl DurableObject for Inbox {
    fn new(state: State, env: Env) -> Self {
        forget::recover_first(&state, &env);
        Self { state, env, ready: Cell::new(false) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(InboxOp::Take(summary))) => outcome(self.take(*summary)),
            Ok(Incoming::Operation(InboxOp::List)) => outcome(self.list()),
            Ok(Incoming::Operation(InboxOp::Online)) => outcome(Ok(!self.state.get_websockets().is_empty())),
            Ok(Incoming::Operation(InboxOp::Resolution(resolution))) => outcome(self.count(&resolution)),
            Ok(Incoming::Operation(InboxOp::Forget { conversation })) => outcome(self.forget(conversation).await),
            Ok(Incoming::Operation(InboxOp::EndSession { session })) => {
                sockets::end_session(&self.state, &session);
                outcome(Ok(()))
            }
            Ok(Incoming::Socket(caller)) => self.open_socket(caller).or_else(Failure::into_response),
            Ok(Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(failure) = self.purge_if_due().await {
            failure.log();
        }
        Response::empty()
    }

    async fn websocket_message(&self, _socket: WebSocket, _message: WebSocketIncomingMessage) -> worker::Result<()> {
        // Agents act on conversations, not on the list: there is nothing to say here but the ping.
        Ok(())
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        _code: usize,
        _reason: String,
        _was_clean: bool,
    ) -> worker::Result<()> {
        let _gone = socket.close::<&str>(None, None);
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        Ok(())
    }
}

impl Inbox {
    fn ensure_tables(&self) -> Result<(), Failure> {
        if !self.ready.get() {
            self.state.storage().sql().exec(SCHEMA, None)?;
            self.ready.set(true);
        }
        Ok(())
    }

    /// Takes a conversation's line and shows it to the agents, unless a newer one is here.
    fn take(&self, summary: Summary) -> Result<(), Failure> {
        let sql = self.state.storage().sql();
        self.ensure_tables()?;
        let values = vec![
            summary.id.as_str().into(),
            i64::from(summary.version).into(),
            millis(summary.updated_at),
            serde_json::to_string(&summary)?.into(),
        ];
        let query = "INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, \
                     updated_at = excluded.updated_at, json = excluded.json WHERE excluded.version > version";
        if sql.exec(query, values)?.rows_written() > 0 {
            broadcast(&self.state, &InboxFrame::Changed(Box::new(summary)));
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<Summary>, Failure> {
        let sql = self.state.storage().sql();
        self.ensure_tables()?;
        let query = "SELECT json FROM conversations ORDER BY updated_at DESC, id LIMIT ?";
        let rows: Vec<JsonRow> = sql.exec(query, vec![MAX_LISTED.into()])?.to_array()?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect()
    }

    /// Counts a resolution once, by its id.
    fn count(&self, resolution: &Resolution) -> Result<(), Failure> {
        let sql = self.state.storage().sql();
        self.ensure_tables()?;
        let values = vec![
            resolution.id.as_str().into(),
            millis(now()),
            resolution.article.as_str().into(),
            resolution.locale.as_str().into(),
            resolution.helped.into(),
        ];
        sql.exec("INSERT OR IGNORE INTO resolutions VALUES (?, ?, ?, ?, ?)", values)?;
        Ok(())
    }

    fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        let (response, socket) = sockets::accept(&self.state, caller, true)?;
        send(&socket, &InboxFrame::Snapshot(self.list()?));
        Ok(response)
    }
}

fn millis(at: u64) -> SqlStorageValue {
    i64::try_from(at).unwrap_or(i64::MAX).into()
}
