//! The conversation's sockets: greeting them, taking their commands, closing those that never greet.

use super::super::sockets::{self, Attachment, Caller, send};
use super::{Conversation, as_visitors_see};
use crate::failure::Failure;
use crate::platform::now;
use shared::conversation::Store;
use shared::ids::EventId;
use shared::protocol::{
    AgentFrame, ApiError, Author, ConversationFrame, ErrorCode, Events, MAX_BODY, Millis, Seq, VisitorFrame,
};
use worker::{Response, WebSocket, WebSocketIncomingMessage};

/// How long a socket may stay silent before its greeting.
const GREETING_MS: u64 = 10_000;

impl Conversation {
    pub(super) async fn open_socket(&self, caller: Caller) -> Result<Response, Failure> {
        let (response, _socket) = sockets::accept(&self.state, caller, false)?;
        let greeted_by = now() + GREETING_MS;
        // The alarm that is set for something else must not come later for this.
        let due = self.machine.borrow_mut().poll_timeout(&self.log, now())?;
        self.log.arm(due.map_or(greeted_by, |(at, _)| at.min(greeted_by)))?;
        Ok(response)
    }

    /// When the first of the sockets that have not greeted is to be closed.
    pub(super) fn greetings_end(&self) -> Millis {
        let sockets = self.state.get_websockets();
        let silent = sockets.iter().filter_map(sockets::attachment).filter(|one| !one.greeted);
        silent.map(|one| one.opened_at + GREETING_MS).min().unwrap_or(Millis::MAX)
    }

    /// Sends events to everybody who looks, to visitors without the team's own business.
    pub(super) fn broadcast(&self, events: Events) {
        let for_visitors = ConversationFrame::Events(as_visitors_see(events.clone()));
        sockets::broadcast_to(&self.state, &for_visitors, |caller| matches!(caller, Caller::Visitor));
        let for_agents = ConversationFrame::Events(events);
        sockets::broadcast_to(&self.state, &for_agents, |caller| matches!(caller, Caller::Agent(_)));
    }

    /// Takes a frame; whatever is wrong with it is answered on the same socket.
    pub(super) async fn take_frame(&self, socket: &WebSocket, message: WebSocketIncomingMessage) {
        let Some(attachment) = sockets::attachment(socket) else { return };
        let text = match message {
            WebSocketIncomingMessage::String(text) if text.len() <= MAX_BODY => text,
            WebSocketIncomingMessage::String(_) => {
                sockets::refuse(socket, ApiError::new(ErrorCode::BodyTooLarge));
                return;
            }
            WebSocketIncomingMessage::Binary(_) => {
                sockets::refuse(socket, ApiError::new(ErrorCode::BrokenJson));
                return;
            }
        };
        let result = match attachment.caller.clone() {
            Caller::Visitor => self.visitor_frame(socket, attachment, &text).await,
            Caller::Agent(agent) => self.agent_frame(socket, attachment, &agent, &text).await,
        };
        if let Err(failure) = result {
            send(socket, &ConversationFrame::Refused { id: None, error: failure.into_api_error() });
        }
    }

    pub(super) fn close_silent_sockets(&self) {
        for socket in self.state.get_websockets() {
            let silent = |one: Attachment| !one.greeted && now().saturating_sub(one.opened_at) >= GREETING_MS;
            if sockets::attachment(&socket).is_some_and(silent) {
                sockets::refuse(&socket, ApiError::new(ErrorCode::HelloFirst));
            }
        }
    }

    async fn visitor_frame(&self, socket: &WebSocket, attachment: Attachment, text: &str) -> Result<(), Failure> {
        match crate::http::parse(text.as_bytes())? {
            VisitorFrame::Hello { token, have } => match self.require_visitor(&token) {
                Ok(_) => self.greet(socket, attachment, have),
                Err(failure) => {
                    sockets::refuse(socket, failure.into_api_error());
                    Ok(())
                }
            },
            VisitorFrame::Do(_) if !attachment.greeted => {
                sockets::refuse(socket, ApiError::new(ErrorCode::HelloFirst));
                Ok(())
            }
            VisitorFrame::Do(command) => {
                let result = self.visitor_command(&command);
                self.reply(socket, command.id, result).await
            }
        }
    }

    async fn agent_frame(
        &self,
        socket: &WebSocket,
        attachment: Attachment,
        agent: &Author,
        text: &str,
    ) -> Result<(), Failure> {
        match crate::http::parse(text.as_bytes())? {
            AgentFrame::Hello { have } => match self.require_begun() {
                Ok(_) => self.greet(socket, attachment, have),
                Err(failure) => {
                    sockets::refuse(socket, failure.into_api_error());
                    Ok(())
                }
            },
            AgentFrame::Do(_) if !attachment.greeted => {
                sockets::refuse(socket, ApiError::new(ErrorCode::HelloFirst));
                Ok(())
            }
            AgentFrame::Do(command) => {
                let result = self.agent_command(&command, agent);
                self.reply(socket, command.id, result).await
            }
        }
    }

    fn greet(&self, socket: &WebSocket, attachment: Attachment, have: Seq) -> Result<(), Failure> {
        let events = match attachment.caller {
            Caller::Visitor => self.events_for_visitor(have)?,
            Caller::Agent(_) => self.events(have)?,
        };
        socket.serialize_attachment(Attachment { greeted: true, ..attachment })?;
        send(socket, &ConversationFrame::Events(events));
        Ok(())
    }

    async fn reply(&self, socket: &WebSocket, id: EventId, result: Result<(), Failure>) -> Result<(), Failure> {
        match result {
            Ok(()) => send(socket, &ConversationFrame::Accepted { id }),
            Err(failure) => send(socket, &ConversationFrame::Refused { id: Some(id), error: failure.into_api_error() }),
        }
        self.settle_or_log().await;
        Ok(())
    }
}
