//! A second place for what an object must put aside for a moment. It is empty but for that moment.

use super::purge::Dump;
use super::{Incoming, incoming, outcome};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use shared::protocol::ErrorCode;
use worker::{DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// What a spare can be asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SpareOp {
    /// Keeps a part; the first one takes the place of what was there. Nothing is there until the last one is. Answers
    /// nothing.
    Keep { part: u32, dump: Dump, last: bool },
    /// A part of what is kept. Answers `Option<Dump>`.
    Get { part: u32 },
    /// It is not needed any more. Answers nothing.
    Clear,
}

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS texts (part INTEGER, at INTEGER, json TEXT NOT NULL, PRIMARY KEY (part, at));
CREATE TABLE IF NOT EXISTS whole (id INTEGER PRIMARY KEY CHECK (id = 1));
";
/// A row holds at most 2 MB; a character has at most four bytes.
const ROW_CHARS: usize = 400_000;

/// The object.
#[durable_object]
pub struct Spare {
    state: State,
}

#[derive(Deserialize)]
struct TextRow {
    json: String,
}

impl DurableObject for Spare {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(SpareOp::Keep { part, dump, last })) => outcome(self.keep(part, &dump, last)),
            Ok(Incoming::Operation(SpareOp::Get { part })) => outcome(self.get(part)),
            Ok(Incoming::Operation(SpareOp::Clear)) => {
                outcome(self.state.storage().delete_all().await.map_err(Failure::from))
            }
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

impl Spare {
    fn keep(&self, part: u32, dump: &Dump, last: bool) -> Result<(), Failure> {
        let storage = self.state.storage();
        let text: Vec<char> = serde_json::to_string(dump)?.chars().collect();
        crate::platform::transaction(&storage, || {
            let sql = storage.sql();
            sql.exec(SCHEMA, None)?;
            if part == 0 {
                sql.exec("DELETE FROM whole; DELETE FROM texts;", None)?;
            }
            for (at, row) in (0i64..).zip(text.chunks(ROW_CHARS)) {
                let values = vec![i64::from(part).into(), at.into(), row.iter().collect::<String>().into()];
                sql.exec("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", values)?;
            }
            if last {
                sql.exec("INSERT OR IGNORE INTO whole VALUES (1)", None)?;
            }
            Ok(())
        })
    }

    fn get(&self, part: u32) -> Result<Option<Dump>, Failure> {
        let sql = self.state.storage().sql();
        let tables: Vec<serde_json::Value> =
            sql.exec("SELECT 1 AS one FROM sqlite_master WHERE name = 'whole'", None)?.to_array()?;
        if tables.is_empty() {
            return Ok(None);
        }
        let query = "SELECT json FROM texts WHERE part = ? AND EXISTS (SELECT * FROM whole) ORDER BY at";
        let rows: Vec<TextRow> = sql.exec(query, vec![i64::from(part).into()])?.to_array()?;
        if rows.is_empty() {
            return Ok(None);
        }
        let text: String = rows.into_iter().map(|row| row.json).collect();
        Ok(Some(serde_json::from_str(&text)?))
    }
}
