//! A workspace's inbox: every conversation in one line, live for the agents who look.

mod forget;
mod ledger;
mod queue;
mod seats;

use super::alarm::Alarm;
use super::shell::{Object, durable};
use super::sockets::{self, AGENTS, Listeners, send};
use crate::calls::Caller;
use crate::calls::inbox::{self, Asked, CountDays, EndSession, Forget, Presence, Resolve, Seat, Take};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::names::{ObjectName, SessionDigest};
use crate::platform::{now, stored, transaction};
use serde::Deserialize;
use shared::conversation::{Counted, is_newer};
use shared::ids::ConversationId;
use shared::protocol::{InboxFrame, Millis, Summary};
use shared::report::OTHER;
use std::cell::Cell;
use worker::{Env, Response, State, WebSocket, durable_object};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS conversations (id TEXT PRIMARY KEY, version INTEGER NOT NULL, updated_at INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS newest ON conversations (updated_at);
CREATE TABLE IF NOT EXISTS resolutions (id TEXT PRIMARY KEY, at INTEGER NOT NULL, article TEXT NOT NULL, locale TEXT NOT NULL, helped INTEGER NOT NULL);
";

/// When to try again what has failed.
const RETRY_MS: Millis = 10_000;
/// More conversations than an agent can scroll through. Older ones open by their address.
const MAX_LISTED: i64 = 1_000;

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

durable!(Inbox);

impl Object for Inbox {
    type Class = inbox::Inbox;

    fn open(state: State, env: Env) -> Self {
        forget::recover_first(&state, &env);
        let alarm = Alarm::new(state.storage());
        Self { state, env, alarm, listeners: Listeners::default(), ready: Cell::new(false) }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        self.alarm.recall_or_log().await;
        match asked {
            Asked::Take(Take { summary, facts, object }, reply) => reply.with(self.take(*summary, facts, &object)),
            Asked::List(_, reply) => reply.with(self.list()),
            Asked::WhoIsPresent(_, reply) => reply.with(self.presence()),
            Asked::Seat(Seat { conversation, assignment, members }, reply) => {
                reply.with(self.seat(&conversation, &assignment, &members))
            }
            Asked::CountDays(CountDays { days }, reply) => reply.with(self.report(days)),
            Asked::Resolve(Resolve { resolution }, reply) => reply.with(self.resolve(&resolution)),
            Asked::Forget(Forget { conversation }, reply) => reply.with(self.forget(conversation)),
            Asked::EndSession(EndSession { session }, reply) => reply.with(self.end_session(&session)),
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        self.alarm.is_off();
        let again = [self.give_out().await, self.purge_if_due().await].map(|next| {
            next.unwrap_or_else(|failure| {
                failure.log();
                Some(now() + RETRY_MS)
            })
        });
        again.into_iter().flatten().min().map_or(Ok(()), |at| self.alarm.ring_by(at))
    }

    async fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        self.alarm.recall_or_log().await;
        let (response, socket) = sockets::accept(&self.state, caller, true)?;
        self.listeners.changed();
        send(&socket, &InboxFrame::Snapshot(self.list()?));
        self.give_out_soon()?;
        Ok(response)
    }

    async fn socket_gone(&self, _socket: &WebSocket) {
        self.listeners.changed();
    }
}

impl Inbox {
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
    /// happened up to it, so what comes with a known line was counted already.
    fn take(&self, summary: Summary, facts: Vec<Counted>, object: &ObjectName) -> Result<(), Failure> {
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
        Ok(Presence { present: self.present(), loads: self.loads()?, replies: self.replies()? })
    }

    fn list(&self) -> Result<Vec<Summary>, Failure> {
        let sql = self.state.storage().sql();
        self.ensure_tables()?;
        let query = "SELECT json FROM conversations ORDER BY updated_at DESC, id LIMIT ?";
        let rows: Vec<JsonRow> = sql.exec(query, vec![MAX_LISTED.into()])?.to_array()?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect()
    }

    fn end_session(&self, session: &SessionDigest) -> Result<(), Failure> {
        sockets::end_session(&self.state, session);
        self.listeners.changed();
        Ok(())
    }
}
