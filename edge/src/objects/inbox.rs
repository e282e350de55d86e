//! A workspace's inbox: every conversation in one line, live for the agents who look.

mod away;
mod days;
mod forget;
mod ledger;
mod lines;
mod pages;
mod queue;
mod seats;
mod vanished;

use super::alarm::Alarm;
use super::pulse::Pulse;
use super::shell::{Object, durable};
use super::sockets::{self, AGENTS, Listeners, send};
use crate::calls::Caller;
use crate::calls::inbox::{self, Asked, CountDays, EndSession, Forget, Presence, Resolve, Seat, SetAway, Show, Take};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::names::{ObjectName, SessionDigest};
use crate::platform::{now, transaction};
use crate::tables::{Layout, Step, Tables};
use shared::conversation::{Counted, Held, is_newer};
use shared::protocol::{ConversationFrame, FirstWait, InboxFrame, Millis, Summary};
use shared::report::OTHER;
use std::cell::{Cell, RefCell};
use worker::{Env, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

const LAYOUT: Layout = Layout {
    steps: &[
        &[lines::FIRST, RESOLUTIONS, seats::FIRST, queue::FIRST, ledger::FIRST, forget::FIRST],
        lines::SECOND,
        &[away::TABLE],
        days::FOURTH,
        vanished::FIFTH,
        SIXTH,
    ],
    mend: |_| Ok(()),
};

/// Of version 1.
const RESOLUTIONS: &str = "
CREATE TABLE IF NOT EXISTS resolutions (id TEXT PRIMARY KEY, at INTEGER NOT NULL, article TEXT NOT NULL, locale TEXT NOT NULL, helped INTEGER NOT NULL);
";

/// Version 6: whether it was an answer and no article that helped; its id stands where that of an article does.
const SIXTH: Step = &["ALTER TABLE resolutions ADD COLUMN is_answer INTEGER NOT NULL DEFAULT 0"];

/// When to try again what has failed.
const RETRY_MS: Millis = 10_000;

/// The object.
#[durable_object]
pub struct Inbox {
    state: State,
    env: Env,
    alarm: Alarm,
    listeners: Listeners,
    pulse: Pulse,
    tables: Tables,
    /// Whether each line has a rank: those of an earlier layout get theirs when the object wakes.
    is_ranked: Cell<bool>,
    /// The zone that the days of the reports are in, once it was looked up.
    zone: RefCell<Option<days::Days>>,
    /// Who waits first, as those who look were told; none before anybody was.
    told_first: RefCell<Option<Vec<FirstWait>>>,
}

durable!(Inbox);

impl Object for Inbox {
    type Class = inbox::Inbox;

    fn open(state: State, env: Env) -> Self {
        let (state, pulse) = Pulse::of(state, &env);
        forget::recover_first(&state, &env);
        let (alarm, tables) = (Alarm::new(state.storage()), Tables::new(state.storage(), &LAYOUT));
        Self {
            state,
            env,
            alarm,
            listeners: Listeners::default(),
            pulse,
            tables,
            is_ranked: Cell::new(false),
            zone: RefCell::default(),
            told_first: RefCell::default(),
        }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        self.alarm.recall_or_log().await;
        match asked {
            Asked::Take(Take { summary, facts, object, zone }, reply) => {
                reply.with(self.learn_zone(zone).and_then(|()| self.take(*summary, facts, &object)))
            }
            Asked::List(_, reply) => reply.with(self.list()),
            Asked::Show(Show { ask, agent }, reply) => reply.with(self.pages(&ask, &agent)),
            Asked::WhoIsPresent(_, reply) => reply.with(self.presence()),
            Asked::Seat(Seat { conversation, assignment, members }, reply) => {
                reply.with(self.seat(&conversation, &assignment, &members))
            }
            Asked::CountDays(CountDays { days, zone }, reply) => {
                reply.with(self.learn_zone(zone).and_then(|()| self.report(days)))
            }
            Asked::Resolve(Resolve { resolution }, reply) => reply.with(self.resolve(&resolution)),
            Asked::Forget(Forget { conversation }, reply) => reply.with(self.forget(conversation)),
            Asked::SetAway(SetAway { agent, away }, reply) => reply.with(self.set_away(&agent, away)),
            Asked::EndSession(EndSession { session }, reply) => reply.with(self.end_session(&session)),
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        self.alarm.is_off();
        let again = [self.give_back().await, self.give_out().await, self.purge_if_due().await].map(|next| {
            next.unwrap_or_else(|failure| {
                failure.log();
                Some(now() + RETRY_MS)
            })
        });
        again.into_iter().flatten().min().map_or(Ok(()), |at| self.alarm.ring_by(at))
    }

    async fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        self.alarm.recall_or_log().await;
        let asks = matches!(caller, Caller::Agent { pages: true, .. });
        let (response, socket) = sockets::accept(&self.state, caller, !asks)?;
        self.listeners.changed();
        // A page of an earlier build asks for nothing.
        if !asks {
            send(&socket, &InboxFrame::Snapshot(self.list()?));
        }
        self.give_out_soon()?;
        Ok(response)
    }

    async fn take_frame(&self, socket: &WebSocket, message: WebSocketIncomingMessage) {
        if let Err(failure) = self.asked(socket, message) {
            send(socket, &ConversationFrame::Refused { id: None, error: failure.into_api_error() });
        }
    }

    async fn socket_gone(&self, _socket: &WebSocket) {
        self.listeners.changed();
        if let Err(failure) = self.look_for_vanished_soon() {
            failure.log();
        }
    }
}

impl Inbox {
    /// Takes a conversation's line and shows it to the agents, unless a newer one is here. With the line comes what has
    /// happened up to it, so what comes with a known line was counted already.
    fn take(&self, summary: Summary, facts: Vec<Counted>, object: &ObjectName) -> Result<Held, Failure> {
        self.ready()?;
        let taken = transaction(&self.state.storage(), || {
            let line = self.line(&summary.id)?;
            let known = line.as_ref().map(|line| line.version);
            if let Some(line) = line.as_ref().filter(|_| !is_newer(known, summary.version)) {
                let agrees = line.version != summary.version || self.is_here(&summary)?;
                return Ok(Err(Held { revision: line.version, agrees }));
            }
            let before = line.as_ref().and_then(|line| line.holder());
            let changed = self.put(&summary, line)?;
            self.count(facts.into_iter().filter(|counted| is_newer(known, counted.revision)));
            let held = self.hold(&summary, before.as_ref())?;
            self.count_now(OTHER, held.facts);
            self.line_up(&summary, object)?;
            let is_awaited = self.await_holder(&summary, object)?;
            Ok(Ok((held.makes_room, is_awaited, changed)))
        })?;
        let (makes_room, is_awaited, changed) = match taken {
            Ok(taken) => taken,
            Err(held) => return Ok(held),
        };
        if is_awaited {
            self.look_for_vanished()?;
        }
        if makes_room {
            self.give_out_soon()?;
        } else {
            self.give_out_when_quiet()?;
        }
        let taken = Held::taken(summary.version);
        self.listeners.broadcast(&self.state, AGENTS, &InboxFrame::Changed(Box::new(summary)));
        self.tell_counts(&changed)?;
        Ok(taken)
    }

    fn presence(&self) -> Result<Presence, Failure> {
        Ok(Presence { present: self.present()?, away: self.away()?, loads: self.loads()?, replies: self.replies()? })
    }

    fn end_session(&self, session: &SessionDigest) -> Result<(), Failure> {
        sockets::end_session(&self.state, session);
        self.listeners.changed();
        Ok(())
    }
}
