//! One conversation: it numbers and stores what happens, sends it to everybody who looks, asks the assistant, and tells
//! the visitor's and the agents' lists.
//!
//! **Invariant:** storage is written before anything is acknowledged or sent; the runtime holds both back until the
//! write is durable.

mod after;
mod allow;
mod bell;
mod live;
mod look;
mod privacy;
mod soon;

use super::log::{Log, Meta, Side};
use super::sockets::{self, broadcast};
use super::{Incoming, WorkspaceOp, call, incoming, outcome, workspace};
use crate::failure::Failure;
use crate::platform::{self, now};
use crate::proof::{digest, same_secret, visitor_id};
use bell::Bell;
pub(crate) use look::Look;
use serde::{Deserialize, Serialize};
use shared::conversation::{Draft, Pace, State as Folded, on_agent, on_visitor};
use shared::ids::{ConversationId, EventId, VisitorId, VisitorToken, WorkspaceId};
use shared::limits::Bucket;
use shared::protocol::{
    AgentAction, AgentCommand, ApiError, Author, ConversationFrame, ErrorCode, Events, Millis, Seq, VisitorAction,
    VisitorCommand,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use worker::{DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// What a conversation can be asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConversationOp {
    /// A visitor looks or does something; the first command begins the conversation. Answers `Events`.
    Visitor {
        workspace: WorkspaceId,
        conversation: ConversationId,
        token: VisitorToken,
        address: String,
        look: Look,
        command: Option<VisitorCommand>,
    },
    /// An agent, proven by the worker, looks or does something. Answers `Events`.
    Agent { agent: Author, look: Look, command: Option<AgentCommand> },
    /// Whose it is. Answers `VisitorId`.
    Whose,
    /// A copy of it, if it is this visitor's. Answers `Option<ConversationExport>`.
    Export { visitor: VisitorId },
    /// Ends it, if it is this visitor's. Answers nothing.
    Erase { visitor: VisitorId },
    /// A session has ended: its sockets are closed. Answers nothing.
    EndSession { session: String },
}

/// When to try again what another object did not take.
const RETRY: Duration = Duration::from_secs(2);
/// Whoever is too fast comes back when the pace has given a few commands back.
const PACE_RETRY_MS: Millis = 2_000;

/// The object.
#[durable_object]
pub struct Conversation {
    state: State,
    env: Env,
    log: Log,
    /// The fold over the stored events; none until they were read.
    folded: RefCell<Option<Rc<Folded>>>,
    /// How fast the visitor and the agents go. It need not outlive the object: an evicted one was not in a hurry.
    paces: RefCell<[Pace; 2]>,
    /// How fast frames come, over all sockets.
    frames: RefCell<Bucket>,
    /// How many messages the visitor may still send before the counting objects are asked again.
    granted: Cell<u32>,
    /// When the alarm rings, as far as this object has set it itself; 0 after it has rung.
    alarm_at: Cell<Millis>,
    /// How many are telling other objects something just now.
    settling: Cell<u32>,
    /// Whether the conversation is being ended: nothing is taken any more.
    ending: Cell<bool>,
    /// Rings when anything has changed.
    bell: Bell,
    /// For how many days the site keeps conversations, and when that was asked.
    kept_days: Cell<Option<(u32, Millis)>>,
    /// What the lists were told last.
    told: Cell<soon::Told>,
    /// How much the visitor has not seen, counted up to some event.
    unread: Cell<after::Unread>,
    /// For measurements: whether one side may go faster than people do.
    unpaced: bool,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        let log = Log::new(state.storage());
        let unpaced = platform::text(&env, "UNPACED").is_some();
        Self {
            state,
            env,
            log,
            folded: RefCell::new(None),
            paces: RefCell::new([Pace::new(now()); 2]),
            frames: RefCell::new(live::FRAMES.full(now())),
            granted: Cell::new(0),
            alarm_at: Cell::new(0),
            settling: Cell::new(0),
            ending: Cell::new(false),
            bell: Bell::default(),
            kept_days: Cell::new(None),
            told: Cell::default(),
            unread: Cell::default(),
            unpaced,
        }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(operation)) => self.operate(operation).await,
            Ok(Incoming::Socket(caller)) => self.open_socket(caller).await.or_else(Failure::into_response),
            Ok(Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        self.alarm_at.set(0);
        self.close_silent_sockets();
        self.settle_or_log().await;
        if let Err(failure) = self.keep_or_end().await {
            failure.log();
        }
        Response::empty()
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> worker::Result<()> {
        self.take_frame(&socket, message).await;
        Ok(())
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        _code: usize,
        _reason: String,
        _was_clean: bool,
    ) -> worker::Result<()> {
        // Answering a close that the peer has begun; a socket that is gone already needs none.
        let _gone = socket.close::<&str>(None, None);
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        Ok(())
    }
}

impl Conversation {
    async fn operate(&self, operation: ConversationOp) -> worker::Result<Response> {
        match operation {
            ConversationOp::Visitor { .. } | ConversationOp::Agent { .. } => outcome(self.converse(operation).await),
            ConversationOp::Whose => outcome(self.require_begun().map(|meta| meta.visitor)),
            ConversationOp::Export { visitor } => outcome(self.export(&visitor)),
            ConversationOp::Erase { visitor } => outcome(self.erase_for(&visitor).await),
            ConversationOp::EndSession { session } => {
                sockets::end_session(&self.state, &session);
                outcome(Ok(()))
            }
        }
    }

    async fn converse(&self, operation: ConversationOp) -> Result<Events, Failure> {
        match operation {
            ConversationOp::Visitor { workspace, conversation, token, address, look, command } => {
                if self.log.meta()?.is_none() {
                    self.begin(workspace, conversation, &token, &address, command.as_ref()).await?;
                }
                self.require_visitor(&token)?;
                if let Some(command) = command {
                    self.visitor_command(&command, &address).await?;
                    self.settle_or_log().await;
                }
                self.look(look).await
            }
            ConversationOp::Agent { agent, look, command } => {
                self.require_begun()?;
                if let Some(command) = command {
                    self.agent_command(&command, &agent).await?;
                    self.settle_or_log().await;
                }
                self.look(look).await
            }
            _ => Err(ErrorCode::UnknownDoor.into()),
        }
    }

    /// Begins the conversation if the command is one that may, and could succeed.
    async fn begin(
        &self,
        workspace_id: WorkspaceId,
        conversation: ConversationId,
        token: &VisitorToken,
        address: &str,
        command: Option<&VisitorCommand>,
    ) -> Result<(), Failure> {
        let opens =
            |action: &VisitorAction| matches!(action, VisitorAction::Say { .. } | VisitorAction::AskPerson { .. });
        let command = command.filter(|command| opens(&command.action)).ok_or(ErrorCode::UnknownConversation)?;
        require_original(&command.id)?;
        on_visitor(&Folded::default(), command)?;
        let _exists: () = call(&workspace(&self.env, &workspace_id)?, &WorkspaceOp::Exists).await?;
        self.allow_beginning(&workspace_id, &conversation, &visitor_id(token)?, address).await?;
        // Another request may have begun it while the workspace answered.
        if self.log.meta()?.is_none() {
            let meta = Meta {
                workspace: workspace_id,
                conversation,
                visitor: visitor_id(token)?,
                revision: 0,
                read: Default::default(),
            };
            self.log.create(&meta)?;
        }
        Ok(())
    }

    fn require_begun(&self) -> Result<Meta, Failure> {
        self.log.meta()?.ok_or(ErrorCode::UnknownConversation.into())
    }

    /// A conversation of somebody else is answered like one that does not exist.
    fn require_visitor(&self, token: &VisitorToken) -> Result<Meta, Failure> {
        let meta = self.require_begun()?;
        if same_secret(visitor_id(token)?.as_str(), meta.visitor.as_str()) {
            Ok(meta)
        } else {
            Err(ErrorCode::UnknownConversation.into())
        }
    }

    fn events(&self, have: Seq) -> Result<Events, Failure> {
        Ok(Events { events: self.log.events_after(have)?, read: self.require_begun()?.read })
    }

    fn folded(&self) -> Result<Rc<Folded>, Failure> {
        if let Some(folded) = self.folded.borrow().as_ref() {
            return Ok(folded.clone());
        }
        let folded = Rc::new(Folded::replay(&self.log.events_after(0)?));
        self.folded.replace(Some(folded.clone()));
        Ok(folded)
    }

    fn keep_pace(&self, side: Side) -> Result<(), Failure> {
        if self.ending.get() {
            // It passes: afterwards there is nothing here, and the caller is told that.
            return Err(ErrorCode::Internal.into());
        }
        let [visitor, agent] = &mut *self.paces.borrow_mut();
        let pace = if side == Side::Visitor { visitor } else { agent };
        if self.unpaced || pace.take(now()) { Ok(()) } else { Err(ApiError::too_many(PACE_RETRY_MS).into()) }
    }

    async fn visitor_command(&self, command: &VisitorCommand, address: &str) -> Result<(), Failure> {
        self.keep_pace(Side::Visitor)?;
        require_original(&command.id)?;
        if let VisitorAction::Read { up_to } = command.action {
            return self.mark_read(Side::Visitor, up_to).await;
        }
        // Before it is looked for: between looking and storing nothing else may come.
        self.allow_message(address).await?;
        let content = digest(&serde_json::to_string(command)?);
        if !self.log.was_done(&command.id, &content)? {
            let folded = self.folded()?;
            let drafts = on_visitor(&folded, command)?;
            let owes = matches!(command.action, VisitorAction::Say { .. });
            self.append(drafts, Some((&command.id, &content)), owes).await?;
        }
        Ok(())
    }

    async fn agent_command(&self, command: &AgentCommand, agent: &Author) -> Result<(), Failure> {
        self.keep_pace(Side::Agent)?;
        require_original(&command.id)?;
        if let AgentAction::Read { up_to } = command.action {
            return self.mark_read(Side::Agent, up_to).await;
        }
        let content = digest(&serde_json::to_string(command)?);
        if !self.log.was_done(&command.id, &content)? {
            let folded = self.folded()?;
            let drafts = on_agent(&folded, command, agent)?;
            if !drafts.is_empty() {
                self.append(drafts, Some((&command.id, &content)), false).await?;
            }
        }
        Ok(())
    }

    /// Stores, sends, and then does what follows. What follows is also found by the alarm, should this be cut short.
    async fn append(&self, drafts: Vec<Draft>, command: Option<(&EventId, &str)>, owes: bool) -> Result<(), Failure> {
        let folded = self.folded()?;
        let owes = owes && folded.assistant_may_speak();
        let (next, events) = self.log.append(&folded, drafts, command, owes)?;
        self.folded.replace(Some(Rc::new(next)));
        broadcast(&self.state, &ConversationFrame::Events(Events { events, read: self.require_begun()?.read }));
        self.bell.ring();
        self.ring_soon().await
    }

    /// Makes sure that the alarm rings within `RETRY`, writing nothing if it will anyway.
    async fn ring_soon(&self) -> Result<(), Failure> {
        if self.alarm_at.get() < now() {
            self.state.storage().set_alarm(RETRY).await?;
            self.alarm_at.set(now() + Millis::try_from(RETRY.as_millis()).unwrap_or_default());
        }
        Ok(())
    }

    async fn mark_read(&self, side: Side, up_to: Seq) -> Result<(), Failure> {
        let up_to = up_to.min(self.folded()?.last_seq);
        if self.log.mark_read(side, up_to)? {
            broadcast(
                &self.state,
                &ConversationFrame::Events(Events { events: Vec::new(), read: self.require_begun()?.read }),
            );
            self.bell.ring();
            self.ring_soon().await?;
        }
        Ok(())
    }
}

/// Refuses an id that could meet one that the edge derives, or leaves no room for what is derived from it.
fn require_original(id: &EventId) -> Result<(), Failure> {
    if id.is_original() {
        return Ok(());
    }
    Err(ApiError::with(
        ErrorCode::InvalidRequest,
        "A command's id is at most 22 characters of base64url. Nothing was stored.",
    )
    .into())
}
