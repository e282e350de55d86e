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
    /// Keeps this in place of what was there. Answers nothing.
    Keep(Dump),
    /// What is kept. Answers `Option<Dump>`.
    Get,
    /// It is not needed any more. Answers nothing.
    Clear,
}

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS parts (at INTEGER PRIMARY KEY, json TEXT NOT NULL)";
/// A row holds at most 2 MB; a character has at most four bytes.
const PART_CHARS: usize = 400_000;

/// The object.
#[durable_object]
pub struct Spare {
    state: State,
}

#[derive(Deserialize)]
struct PartRow {
    json: String,
}

impl DurableObject for Spare {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(SpareOp::Keep(dump))) => outcome(self.keep(&dump)),
            Ok(Incoming::Operation(SpareOp::Get)) => outcome(self.get()),
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
    fn keep(&self, dump: &Dump) -> Result<(), Failure> {
        let storage = self.state.storage();
        let text: Vec<char> = serde_json::to_string(dump)?.chars().collect();
        crate::platform::transaction(&storage, || {
            storage.sql().exec(SCHEMA, None)?;
            storage.sql().exec("DELETE FROM parts", None)?;
            for (at, part) in (0i64..).zip(text.chunks(PART_CHARS)) {
                let values = vec![at.into(), part.iter().collect::<String>().into()];
                storage.sql().exec("INSERT INTO parts VALUES (?, ?)", values)?;
            }
            Ok(())
        })
    }

    fn get(&self) -> Result<Option<Dump>, Failure> {
        let sql = self.state.storage().sql();
        sql.exec(SCHEMA, None)?;
        let rows: Vec<PartRow> = sql.exec("SELECT json FROM parts ORDER BY at", None)?.to_array()?;
        if rows.is_empty() {
            return Ok(None);
        }
        let text: String = rows.into_iter().map(|row| row.json).collect();
        Ok(Some(serde_json::from_str(&text)?))
    }
}
