//! A workspace's inbox: every conversation in one line, live for the agents who look.

mod forget;
mod ledger;
mod queue;
mod seats;

use super::alarm::Alarm;
use super::pulse::Pulse;
use super::shell::{Object, durable};
use super::sockets::{self, AGENTS, Listeners, send};
use crate::calls::Caller;
use crate::calls::inbox::{self, Asked, CountDays, EndSession, Forget, Presence, Resolve, Seat, Take};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::names::{ObjectName, SessionDigest};
use crate::platform::{now, stored, transaction};
use crate::sql;
use crate::tables::{Layout, Tables};
use serde::Deserialize;
use shared::conversation::{Counted, is_newer};
use shared::ids::ConversationId;
use shared::protocol::{InboxFrame, Millis, Summary};
use shared::report::OTHER;
use worker::{Env, Response, State, WebSocket, durable_object};

const LAYOUT: Layout =
    Layout { steps: &[&[FIRST, seats::FIRST, queue::FIRST, ledger::FIRST, forget::FIRST]], mend: |_| Ok(()) };

/// The tables of version 1.
const FIRST: &str = "
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
    pulse: Pulse,
    tables: Tables,
}

#[derive(Deserialize)]
struct VersionRow {
    version: u32,
}

durable!(Inbox);

impl Object for Inbox {
    type Class = inbox::Inbox;

    fn open(state: State, env: Env) -> Self {
        let (state, pulse) = Pulse::of(state, &env);
        forget::recover_first(&state, &env);
        let (alarm, tables) = (Alarm::new(state.storage()), Tables::new(state.storage(), &LAYOUT));
        Self { state, env, alarm, listeners: Listeners::default(), pulse, tables }
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
    /// Takes a conversation's line and shows it to the agents, unless a newer one is here. With the line comes what has
    /// happened up to it, so what comes with a known line was counted already.
    fn take(&self, summary: Summary, facts: Vec<Counted>, object: &ObjectName) -> Result<(), Failure> {
        self.tables.ensure()?;
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
            let statement = "INSERT OR REPLACE INTO conversations (id, version, updated_at, json) VALUES (?, ?, ?, ?)";
            sql::run(&self.state.storage(), statement, values)?;
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
        let row = sql::one(&self.state.storage(), query, vec![id.as_str().into()])?;
        Ok(row.map(|row: VersionRow| row.version))
    }

    fn presence(&self) -> Result<Presence, Failure> {
        Ok(Presence { present: self.present(), loads: self.loads()?, replies: self.replies()? })
    }

    fn list(&self) -> Result<Vec<Summary>, Failure> {
        self.tables.ensure()?;
        let query = "SELECT json FROM conversations ORDER BY updated_at DESC, id LIMIT ?";
        sql::documents(&self.state.storage(), query, vec![MAX_LISTED.into()])
    }

    fn end_session(&self, session: &SessionDigest) -> Result<(), Failure> {
        sockets::end_session(&self.state, session);
        self.listeners.changed();
        Ok(())
    }
}
