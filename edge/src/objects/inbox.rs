//! A workspace's inbox: every conversation in one line, live for the agents who look.

mod forget;
mod ledger;
mod queue;
mod seats;

use super::alarm::Alarm;
use super::sockets::{self, AGENTS, Caller, Listeners, send};
use super::{Incoming, incoming, outcome};
use crate::failure::Failure;
use crate::platform::{now, stored, transaction};
use seats::Desk;
use serde::{Deserialize, Serialize};
use shared::conversation::{Counted, is_newer};
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{ErrorCode, InboxFrame, Millis, Resolution, Summary};
use shared::report::OTHER;
use shared::routing::{Assignment, Member};
use std::cell::Cell;
use std::collections::BTreeSet;
use worker::{DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// What an inbox can be asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InboxOp {
    /// A conversation tells its line, what has happened since the last one, and its object's name. Answers nothing.
    Take { summary: Box<Summary>, facts: Vec<Counted>, object: String },
    /// Every conversation. Answers `Vec<Summary>`.
    List,
    /// Who looks at the inbox now, and how long the last first replies took. Answers `Presence`.
    Presence,
    /// Chooses who of a team gets a conversation. Answers `Option<AgentId>`.
    Seat { conversation: ConversationId, assignment: Assignment, members: Vec<Member> },
    /// What is counted of the last days. Answers `Report`.
    Report { days: u32 },
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

/// When to try again what has failed.
const RETRY_MS: Millis = 10_000;
/// More conversations than an agent can scroll through; older ones are still there for whoever has their address.
const MAX_LISTED: i64 = 1_000;

/// Who is there.
#[derive(Serialize, Deserialize)]
pub(crate) struct Presence {
    pub(crate) present: BTreeSet<AgentId>,
    pub(crate) desks: Vec<Desk>,
    /// The working times of the last first replies, the newest first.
    pub(crate) replies: Vec<Millis>,
}

/// The object.
#[durable_object]
pub struct Inbox {
    state: State,
    env: Env,
    alarm: Alarm,
    listeners: Listeners,
    /// Whether the tables are there.
    ready: Cell<bool>,
}

#[derive(Deserialize)]
struct VersionRow {
    version: u32,
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

impl DurableObject for Inbox {
    fn new(state: State, env: Env) -> Self {
        forget::recover_first(&state, &env);
        let alarm = Alarm::new(state.storage());
        Self { state, env, alarm, listeners: Listeners::default(), ready: Cell::new(false) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        self.alarm.recall_or_log().await;
        match incoming(request).await {
            Ok(Incoming::Operation(operation)) => self.operate(operation).await,
            Ok(Incoming::Socket(caller)) => self.open_socket(caller).or_else(Failure::into_response),
            Ok(Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        self.alarm.is_off();
        let again = [self.give_out().await, self.purge_if_due().await].map(|next| {
            next.unwrap_or_else(|failure| {
                failure.log();
                Some(now() + RETRY_MS)
            })
        });
        if let Some(Err(failure)) = again.into_iter().flatten().min().map(|at| self.alarm.ring_by(at)) {
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
        self.listeners.changed();
        let _gone = socket.close::<&str>(None, None);
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        self.listeners.changed();
        Ok(())
    }
}

impl Inbox {
    async fn operate(&self, operation: InboxOp) -> worker::Result<Response> {
        match operation {
            InboxOp::Take { summary, facts, object } => outcome(self.take(*summary, facts, &object)),
            InboxOp::List => outcome(self.list()),
            InboxOp::Presence => outcome(self.presence()),
            InboxOp::Seat { conversation, assignment, members } => {
                outcome(self.seat(&conversation, &assignment, &members))
            }
            InboxOp::Report { days } => outcome(self.report(days)),
            InboxOp::Resolution(resolution) => outcome(self.resolve(&resolution)),
            InboxOp::Forget { conversation } => outcome(self.forget(conversation)),
            InboxOp::EndSession { session } => {
                sockets::end_session(&self.state, &session);
                self.listeners.changed();
                outcome(Ok(()))
            }
        }
    }

    fn ensure_tables(&self) -> Result<(), Failure> {
        if !self.ready.get() {
            for schema in [SCHEMA, seats::SCHEMA, queue::SCHEMA, ledger::SCHEMA] {
                self.state.storage().sql().exec(schema, None)?;
            }
            self.ready.set(true);
        }
        Ok(())
    }

    /// Takes a conversation's line and shows it to the agents, unless a newer one is here. With the line comes what has
    /// happened up to it: whoever has the line has counted that.
    fn take(&self, summary: Summary, facts: Vec<Counted>, object: &str) -> Result<(), Failure> {
        self.ensure_tables()?;
        let taken = transaction(&self.state.storage(), || {
            let known = self.version(&summary.id)?;
            if !is_newer(known, summary.version) {
                return Ok(None);
            }
            let values = vec![
                summary.id.as_str().into(),
                i64::from(summary.version).into(),
                stored(summary.updated_at),
                serde_json::to_string(&summary)?.into(),
            ];
            self.state.storage().sql().exec("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?)", values)?;
            self.count(facts.into_iter().filter(|counted| is_newer(known, counted.revision)));
            let held = self.hold(&summary)?;
            self.count_now(OTHER, held.facts);
            self.line_up(&summary, object)?;
            Ok(Some(held.makes_room))
        })?;
        if let Some(makes_room) = taken {
            if makes_room {
                self.give_out_soon()?;
            } else {
                self.give_out_when_quiet()?;
            }
            self.listeners.broadcast(&self.state, AGENTS, &InboxFrame::Changed(Box::new(summary)));
        }
        Ok(())
    }

    fn version(&self, id: &ConversationId) -> Result<Option<u32>, Failure> {
        let query = "SELECT version FROM conversations WHERE id = ?";
        let rows: Vec<VersionRow> = self.state.storage().sql().exec(query, vec![id.as_str().into()])?.to_array()?;
        Ok(rows.first().map(|row| row.version))
    }

    fn presence(&self) -> Result<Presence, Failure> {
        Ok(Presence { present: self.present(), desks: self.desks()?, replies: self.replies()? })
    }

    fn list(&self) -> Result<Vec<Summary>, Failure> {
        let sql = self.state.storage().sql();
        self.ensure_tables()?;
        let query = "SELECT json FROM conversations ORDER BY updated_at DESC, id LIMIT ?";
        let rows: Vec<JsonRow> = sql.exec(query, vec![MAX_LISTED.into()])?.to_array()?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect()
    }

    fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        let (response, socket) = sockets::accept(&self.state, caller, true)?;
        self.listeners.changed();
        send(&socket, &InboxFrame::Snapshot(self.list()?));
        self.give_out_soon()?;
        Ok(response)
    }
}
