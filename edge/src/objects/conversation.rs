//! One conversation: it numbers and stores what happens, sends it to everybody who looks, asks the assistant, and tells
//! the visitor's and the agents' lists.
//!
//! **Invariant:** storage is written before anything is acknowledged or sent; the runtime holds both back until the
//! write is durable.

mod after;
mod allow;
mod bell;
mod know;
mod live;
mod look;
mod privacy;
mod soon;
mod store;
mod terms;

use super::shell::{Object, durable};
use super::sockets::{self, Listeners};
use crate::calls::Caller;
use crate::calls::conversation::{self, AsAgent, AsVisitor, Asked, EndSession, Erase, Export, Look};
use crate::calls::reply::Answer;
use crate::failure::Failure;
use crate::identity::SiteProfile;
use crate::names::{AddressName, SessionDigest};
use crate::platform::{self, now};
use crate::proof::{self, digest, same_secret};
use after::Lists;
use bell::Bell;
use shared::conversation::{Machine, Meta, Output, RETRY_MS, Store, for_visitor};
use shared::ids::{ConversationId, VisitorToken, WorkspaceId};
use shared::limits::Bucket;
use shared::protocol::{AgentCommand, Author, ErrorCode, Events, Millis, Seq, VisitorAction, VisitorCommand};
use std::cell::{Cell, RefCell};
use store::ConversationStore;
use worker::{Env, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// An end that could not be found out about, or not be made, can wait this long.
const KEEP_RETRY_MS: Millis = 60_000;

/// The object.
#[durable_object]
pub struct Conversation {
    state: State,
    env: Env,
    log: ConversationStore,
    /// Never borrowed over an await: its calls are synchronous.
    machine: RefCell<Machine>,
    listeners: Listeners,
    /// How fast frames come, over all sockets.
    frames: RefCell<Bucket>,
    /// What the visitor's object was told last of what the site says.
    known: RefCell<Option<SiteProfile>>,
    /// How many are telling other objects something just now.
    settling: Cell<u32>,
    /// Whether the conversation is being ended: nothing is taken any more.
    ending: Cell<bool>,
    /// Rings when anything has changed.
    bell: Bell,
    /// For how many days the site keeps conversations, and when that and the rest of its terms were asked for.
    agreed: Cell<Option<(u32, Millis)>>,
    /// How often in a row the terms were asked for in vain.
    missed: Cell<u32>,
    /// Whether another grant of messages is being asked for.
    drawing: Cell<bool>,
    /// Whether the visitor's object has given one that the address's has not yet.
    visitor_paid: Cell<bool>,
    /// How many messages the address's object has given ahead of the visitor's.
    address_paid: Cell<u32>,
    /// For measurements: whether one side may go faster than people do.
    unpaced: bool,
}

durable!(Conversation);

impl Object for Conversation {
    type Class = conversation::Conversation;

    fn open(state: State, env: Env) -> Self {
        let log = ConversationStore::new(&state);
        let unpaced = platform::text(&env, "UNPACED").is_some();
        Self {
            state,
            env,
            log,
            machine: RefCell::new(new_machine(unpaced)),
            listeners: Listeners::default(),
            frames: RefCell::new(live::FRAMES.full(now())),
            known: RefCell::default(),
            settling: Cell::new(0),
            ending: Cell::new(false),
            bell: Bell::default(),
            agreed: Cell::new(None),
            missed: Cell::new(0),
            drawing: Cell::new(false),
            visitor_paid: Cell::new(false),
            address_paid: Cell::new(0),
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
            Asked::Whose(_, reply) => reply.with(self.require_begun().map(|meta| meta.visitor)),
            Asked::Export(Export { visitor }, reply) => reply.with(self.export(&visitor)),
            Asked::Erase(Erase { visitor }, reply) => reply.with(self.erase_for(&visitor).await),
            Asked::EndSession(EndSession { session }, reply) => reply.with(self.end_session(&session)),
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        self.log.alarm().is_off();
        self.close_silent_sockets();
        let has_terms = self.agree_or_log().await;
        if has_terms {
            self.time_or_log();
        }
        self.settle_in_time().await;
        let ends_at = self.keep_or_end().await.unwrap_or_else(|failure| {
            failure.log();
            Some(now() + KEEP_RETRY_MS)
        });
        // Last, for whoever is asked above may have taken long; and all of it at once: what is set first and is due by now would
        // be taken for one that has rung.
        let rings_at = if has_terms {
            self.rings_next_or_soon()
        } else {
            self.log.meta().is_ok_and(|meta| meta.is_some()).then(|| now() + RETRY_MS)
        };
        // A socket that was refused stays until its other end has answered: that is no reason to ring without a pause.
        let greetings_end = Some(self.greetings_end()).filter(|end| *end < Millis::MAX);
        let closes_at = greetings_end.map(|end| end.max(now() + live::GREETING_MS));
        if let Some(first) = [ends_at, rings_at, closes_at].into_iter().flatten().min() {
            self.arm_or_log(first);
        }
        Ok(())
    }

    async fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        self.accept(caller).await
    }

    async fn take_frame(&self, socket: &WebSocket, message: WebSocketIncomingMessage) {
        self.log.alarm().recall_or_log().await;
        self.read_frame(socket, message).await;
    }

    async fn socket_gone(&self, socket: &WebSocket) {
        let by_visitor = self.is_visitors(socket);
        self.listeners.changed();
        if by_visitor {
            self.visitor_left().await;
        }
    }
}

impl Conversation {
    fn is_visitors(&self, socket: &WebSocket) -> bool {
        self.listeners.attachment(socket).is_some_and(|one| matches!(one.caller, Caller::Visitor { .. }))
    }

    /// On the next page they count by the list what is unread.
    async fn visitor_left(&self) {
        if self.log.untold().is_ok_and(|untold| !untold.is_empty()) {
            self.settle_or_log(Lists::All).await;
        }
    }

    fn end_session(&self, session: &SessionDigest) -> Result<(), Failure> {
        sockets::end_session(&self.state, session);
        self.listeners.changed();
        Ok(())
    }

    async fn as_visitor(&self, visit: AsVisitor) -> Result<Events, Failure> {
        let AsVisitor { workspace, conversation, token, address, look, command } = visit;
        if self.log.meta()?.is_none() {
            self.begin(workspace, conversation, &token, &address, command.as_ref()).await?;
        }
        let (meta, visitor) = self.require_visitor(&token)?;
        self.know_or_log(&meta, visitor.said).await;
        if let Some(command) = command {
            self.visitor_command(&command, &address).await?;
            self.settle_or_log(Lists::All).await;
        }
        Ok(as_visitors_see(self.look(look).await?))
    }

    async fn as_agent(&self, agent: &Author, look: Look, command: Option<&AgentCommand>) -> Result<Events, Failure> {
        self.require_begun()?;
        if let Some(command) = command {
            self.agent_command(command, agent).await?;
            self.settle_or_log(Lists::All).await;
        }
        self.look(look).await
    }

    /// Begins the conversation if the command is one that may, and could succeed.
    async fn begin(
        &self,
        workspace_id: WorkspaceId,
        conversation: ConversationId,
        token: &VisitorToken,
        address: &AddressName,
        command: Option<&VisitorCommand>,
    ) -> Result<(), Failure> {
        Machine::check_beginning(command, now())?;
        let visitor = proof::visitor(&self.env, &workspace_id, token)?;
        // A workspace that is not there has none.
        self.agree(&workspace_id).await?;
        self.allow_beginning(&workspace_id, &conversation, &visitor, address).await?;
        let meta = Meta {
            workspace: workspace_id,
            conversation,
            visitor: visitor.id,
            revision: 0,
            read: Default::default(),
            attended: None,
        };
        // Another request may have begun it while the others answered.
        self.machine.borrow_mut().begin(&self.log, meta)
    }

    fn require_begun(&self) -> Result<Meta, Failure> {
        self.log.meta()?.ok_or(ErrorCode::UnknownConversation.into())
    }

    /// A conversation of somebody else is answered like one that does not exist.
    fn require_visitor(&self, token: &VisitorToken) -> Result<(Meta, proof::Visitor), Failure> {
        let meta = self.require_begun()?;
        let visitor = proof::visitor(&self.env, &meta.workspace, token)?;
        if same_secret(visitor.id.as_str(), meta.visitor.as_str()) {
            Ok((meta, visitor))
        } else {
            Err(ErrorCode::UnknownConversation.into())
        }
    }

    fn events(&self, have: Seq) -> Result<Events, Failure> {
        self.machine.borrow().events(&self.log, have)
    }

    fn events_for_visitor(&self, have: Seq) -> Result<Events, Failure> {
        Ok(as_visitors_see(self.events(have)?))
    }

    /// Nothing is taken by a conversation that is being ended. It passes: afterwards there is nothing here, and the caller
    /// is told that.
    fn require_lasting(&self) -> Result<(), Failure> {
        if self.ending.get() { Err(ErrorCode::Internal.into()) } else { Ok(()) }
    }

    async fn visitor_command(&self, command: &VisitorCommand, address: &AddressName) -> Result<(), Failure> {
        self.require_lasting()?;
        if !matches!(command.action, VisitorAction::Read { .. }) {
            // Before the machine looks for it: between looking and storing nothing else may come.
            self.allow_message(address).await?;
            self.require_lasting()?;
        }
        let content = digest(&serde_json::to_string(command)?);
        let outputs = self.machine.borrow_mut().visitor(&self.log, command, &content, now())?;
        self.send(outputs);
        Ok(())
    }

    async fn agent_command(&self, command: &AgentCommand, agent: &Author) -> Result<(), Failure> {
        // Whether a promise is kept is told when the reply is stored.
        let _known = self.agree_or_log().await;
        self.require_lasting()?;
        let content = digest(&serde_json::to_string(command)?);
        let outputs = self.machine.borrow_mut().agent(&self.log, command, agent, &content, now())?;
        self.send(outputs);
        Ok(())
    }

    /// Sends what a call of the machine wants sent; the rest of what it wants is `settle`'s.
    fn send(&self, outputs: Vec<Output>) {
        for output in outputs {
            if let Output::Broadcast(events) = output {
                self.broadcast(events);
                self.bell.ring();
            }
        }
    }
}

fn new_machine(unpaced: bool) -> Machine {
    let machine = Machine::new(now());
    if unpaced { machine.unpaced() } else { machine }
}

fn as_visitors_see(events: Events) -> Events {
    Events { events: events.events.into_iter().map(for_visitor).collect(), read: events.read }
}
