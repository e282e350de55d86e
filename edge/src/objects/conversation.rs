//! One conversation: it numbers and stores what happens, sends it to everybody who looks, asks the assistant, and tells
//! the visitor's and the agents' lists.
//!
//! **Invariant:** storage is written before anything is acknowledged or sent; the runtime holds both back until the
//! write is durable.

mod after;
mod live;

use super::log::Log;
use super::{Incoming, WorkspaceOp, call, incoming, outcome, workspace};
use crate::failure::Failure;
use crate::platform::now;
use crate::proof::{digest, same_secret, visitor_id};
use serde::{Deserialize, Serialize};
use shared::conversation::{Machine, Meta, Output, Store, Watch, for_visitor};
use shared::ids::{ConversationId, VisitorToken, WorkspaceId};
use shared::protocol::{AgentCommand, Author, ErrorCode, Events, Seq, VisitorCommand};
use std::cell::RefCell;
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
        have: Seq,
        command: Option<VisitorCommand>,
    },
    /// An agent, proven by the worker, looks or does something. Answers `Events`.
    Agent { agent: Author, have: Seq, command: Option<AgentCommand> },
}

/// The object.
#[durable_object]
pub struct Conversation {
    state: State,
    env: Env,
    log: Log,
    /// Never borrowed over an await: its calls are synchronous.
    machine: RefCell<Machine>,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        let log = Log::new(state.storage());
        Self { state, env, log, machine: RefCell::new(Machine::new(now(), Watch::default())) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(operation)) => outcome(self.operate(operation).await),
            Ok(Incoming::Socket(caller)) => self.open_socket(caller).await.or_else(Failure::into_response),
            Ok(Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        self.close_silent_sockets();
        self.time_or_log();
        self.settle_or_log().await;
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
    async fn operate(&self, operation: ConversationOp) -> Result<Events, Failure> {
        match operation {
            ConversationOp::Visitor { workspace, conversation, token, have, command } => {
                if self.log.meta()?.is_none() {
                    self.begin(workspace, conversation, &token, command.as_ref()).await?;
                }
                self.require_visitor(&token)?;
                if let Some(command) = command {
                    self.visitor_command(&command)?;
                    self.settle_or_log().await;
                }
                self.events_for_visitor(have)
            }
            ConversationOp::Agent { agent, have, command } => {
                self.require_begun()?;
                if let Some(command) = command {
                    self.agent_command(&command, &agent)?;
                    self.settle_or_log().await;
                }
                self.events(have)
            }
        }
    }

    /// Begins the conversation if the command is one that may, and could succeed.
    async fn begin(
        &self,
        workspace_id: WorkspaceId,
        conversation: ConversationId,
        token: &VisitorToken,
        command: Option<&VisitorCommand>,
    ) -> Result<(), Failure> {
        Machine::check_beginning(command, now())?;
        let _exists: () = call(&workspace(&self.env, &workspace_id)?, &WorkspaceOp::Exists).await?;
        let meta = Meta {
            workspace: workspace_id,
            conversation,
            visitor: visitor_id(token)?,
            revision: 0,
            read: Default::default(),
        };
        // Another request may have begun it while the workspace answered.
        self.machine.borrow_mut().begin(&self.log, meta)
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
        self.machine.borrow().events(&self.log, have)
    }

    fn events_for_visitor(&self, have: Seq) -> Result<Events, Failure> {
        Ok(as_visitors_see(self.events(have)?))
    }

    fn visitor_command(&self, command: &VisitorCommand) -> Result<(), Failure> {
        let content = digest(&serde_json::to_string(command)?);
        let outputs = self.machine.borrow_mut().visitor(&self.log, command, &content, now())?;
        self.send(outputs);
        Ok(())
    }

    fn agent_command(&self, command: &AgentCommand, agent: &Author) -> Result<(), Failure> {
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
            }
        }
    }
}

fn as_visitors_see(events: Events) -> Events {
    Events { events: events.events.into_iter().map(for_visitor).collect(), read: events.read }
}
