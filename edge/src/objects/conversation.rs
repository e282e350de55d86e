//! One conversation: it numbers and stores what happens, sends it to everybody who looks, asks the assistant, and tells
//! the visitor's and the agents' lists.
//!
//! **Invariant:** storage is written before anything is acknowledged or sent; the runtime holds both back until the
//! write is durable.

mod begin;
mod bell;
mod company;
mod drive;
mod live;
mod look;
mod perform;
mod place;
mod privacy;
mod store;

use super::shell::{Object, durable};
use super::sockets::{self, Attachment, Listeners};
use crate::arrivals;
use crate::calls::Caller;
use crate::calls::conversation::{self, AsAgent, AsVisitor, Asked, EndSession, Erase, Export, Look, Vacate};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::names::{AddressName, SessionDigest};
use crate::platform::{self, day_ms, now};
use crate::proof::{self, digest, same_secret};
use bell::Bell;
use shared::conversation::{Aim, Input, Machine, Meta, RETRY_MS, SiteProfile, Store, Tuning, for_visitor};
use shared::ids::VisitorToken;
use shared::limits::GREETING_MS;
use shared::protocol::{AgentCommand, Author, ErrorCode, Events, Millis, Seq, VisitorAction, VisitorCommand};
use std::cell::RefCell;
use std::convert::Infallible;
use store::ConversationStore;
use worker::{Env, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// A visitor's token, and the keys that their workspace has for identities.
#[derive(Clone, Copy)]
struct Proof<'a> {
    token: &'a VisitorToken,
    keys: &'a [String],
}

/// The object.
#[durable_object]
pub struct Conversation {
    state: State,
    env: Env,
    log: ConversationStore,
    /// Never borrowed over an await: its calls are synchronous.
    machine: RefCell<Machine<Infallible>>,
    listeners: Listeners,
    /// How fast frames come and the log is read, over all sockets.
    paces: RefCell<live::Paces>,
    /// Rings when anything has changed.
    bell: Bell,
    /// Rings when a call to another object has come back.
    landings: Bell,
    /// For measurements: whether one side may go faster than people do.
    unpaced: bool,
}

durable!(Conversation);

impl Object for Conversation {
    type Class = conversation::Conversation;

    fn open(state: State, env: Env) -> Self {
        let log = ConversationStore::new(&state);
        let unpaced = platform::text(&env, "UNPACED").is_some();
        let tuning = Tuning { unpaced, day_ms: day_ms(&env), ..Tuning::default() };
        Self {
            state,
            env,
            log,
            machine: RefCell::new(Machine::new(tuning, now())),
            listeners: Listeners::default(),
            paces: RefCell::new(live::Paces::full(now())),
            bell: Bell::default(),
            landings: Bell::default(),
            unpaced,
        }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        self.log.alarm().recall_or_log().await;
        match asked {
            Asked::AsVisitor(visit, reply) => reply.with(self.as_visitor(visit).await),
            Asked::AsAgent(AsAgent { agent, look, command }, reply) => {
                reply.with(self.as_agent(&agent, look, command.as_ref()).await)
            }
            Asked::Seek(_, reply) => reply.with(self.seek().await),
            Asked::Vacate(Vacate { agent }, reply) => reply.with(self.vacate(agent).await),
            Asked::Whose(_, reply) => reply.with(self.require_begun().map(|meta| meta.visitor)),
            Asked::Export(Export { visitor }, reply) => reply.with(self.export(&visitor)),
            Asked::Erase(Erase { visitor }, reply) => reply.with(self.erase_for(&visitor).await),
            Asked::EndSession(EndSession { session }, reply) => reply.with(self.end_session(&session)),
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        self.log.alarm().is_off();
        self.close_silent_sockets();
        if let Err(failure) = self.tell_machine(Input::Alarm) {
            failure.log();
        }
        self.drive_or_log(Aim::Clock).await;
        // Set the alarm last and only once: the calls above can be slow, and a time that has passed meanwhile looks like an alarm
        // that already fired.
        let due = self.machine.borrow_mut().deadline(&self.log, now()).unwrap_or_else(|failure| {
            failure.log();
            Some((now() + RETRY_MS, "what is left to do could not be read"))
        });
        // A socket that was refused stays until its other end has answered: that is no reason to ring without a pause.
        let closes_at = Some(self.greetings_end()).filter(|end| *end < Millis::MAX).map(|_| now() + GREETING_MS);
        let first = due.map(|(at, _)| at).into_iter().chain(closes_at).min();
        first.map_or(Ok(()), |at| self.log.arm(at))
    }

    async fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        self.accept(caller).await
    }

    async fn take_frame(&self, socket: &WebSocket, message: WebSocketIncomingMessage) {
        self.log.alarm().recall_or_log().await;
        self.read_frame(socket, message).await;
    }

    async fn socket_gone(&self, socket: &WebSocket) {
        let gone = self.listeners.attachment(socket);
        let by_visitor = matches!(gone.as_ref().map(|one| &one.caller), Some(Caller::Visitor { .. }));
        if let Some(Attachment { caller: Caller::Visitor { address, .. }, greeted: false, .. }) = &gone {
            arrivals::greeted(address);
        }
        self.listeners.changed();
        if !by_visitor {
            self.tell_looking();
        }
        if by_visitor {
            // On the next page the visitor counts by the list what is unread.
            self.drive_or_log(Aim::Soon).await;
        }
    }
}

impl Conversation {
    fn end_session(&self, session: &SessionDigest) -> Result<(), Failure> {
        sockets::end_session(&self.state, session);
        self.listeners.changed();
        Ok(())
    }

    async fn as_visitor(&self, visit: AsVisitor) -> Result<Events, Failure> {
        let AsVisitor { workspace, conversation, token, keys, address, look, command } = visit;
        let proof = Proof { token: &token, keys: &keys };
        if self.log.meta()?.is_none() {
            self.begin(workspace, conversation, proof, &address, command.as_ref()).await?;
        }
        let (_, visitor) = self.require_visitor(proof)?;
        self.introduce_or_log(visitor.said).await;
        let does = command.is_some();
        if let Some(command) = command {
            self.visitor_command(&command, &address).await?;
            self.drive_or_log(Aim::Everything).await;
        }
        let events = as_visitors_see(self.look(look).await?);
        // A command is answered in any case, and was counted by itself.
        if !does {
            self.count_read(&events)?;
        }
        Ok(events)
    }

    async fn as_agent(&self, agent: &Author, look: Look, command: Option<&AgentCommand>) -> Result<Events, Failure> {
        self.require_begun()?;
        if let Some(command) = command {
            self.agent_command(command, agent).await?;
            self.drive_or_log(Aim::Everything).await;
        }
        self.look(look).await
    }

    fn require_begun(&self) -> Result<Meta, Failure> {
        self.log.meta()?.ok_or(ErrorCode::UnknownConversation.into())
    }

    /// A conversation of somebody else is answered like one that does not exist.
    fn require_visitor(&self, proof: Proof<'_>) -> Result<(Meta, proof::Visitor), Failure> {
        let meta = self.require_begun()?;
        let visitor = proof::visitor(&self.env, &meta.workspace, proof.token, proof.keys)?;
        if same_secret(visitor.id.as_str(), meta.visitor.as_str()) {
            Ok((meta, visitor))
        } else {
            Err(ErrorCode::UnknownConversation.into())
        }
    }

    fn events(&self, have: Seq) -> Result<Events, Failure> {
        self.machine.borrow().events(&self.log, have)
    }

    /// Has the visitor's object know what the site says, if that is news. Should it fail, what was known before does for once.
    async fn introduce_or_log(&self, said: Option<SiteProfile>) {
        let Some(said) = said else { return };
        if let Err(failure) = self.tell_machine(Input::Introduction(said)) {
            failure.log();
        }
        self.drive_or_log(Aim::Introduction).await;
    }

    async fn visitor_command(&self, command: &VisitorCommand, address: &AddressName) -> Result<(), Failure> {
        let from = address.as_str();
        if !matches!(command.action, VisitorAction::Read { .. }) {
            self.drive(Aim::Message { from: String::from(from) }).await?;
        }
        let digest = digest(&serde_json::to_string(command)?);
        self.tell_machine(Input::Visitor { command, digest: &digest, from })
    }

    async fn agent_command(&self, command: &AgentCommand, agent: &Author) -> Result<(), Failure> {
        // Whether a promise is kept is told when the reply is stored.
        self.drive_or_log(Aim::Terms).await;
        let digest = digest(&serde_json::to_string(command)?);
        self.tell_machine(Input::Agent { command, agent, digest: &digest })
    }
}

fn as_visitors_see(events: Events) -> Events {
    Events { events: events.events.into_iter().map(for_visitor).collect(), ..events }
}
