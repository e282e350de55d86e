//! The conversation's sockets: greeting them, taking their commands, closing those that never greet.

use super::super::sockets::{self, Attachment, send};
use super::{Conversation, Proof, as_visitors_see};
use crate::arrivals;
use crate::calls::visitor::Spend;
use crate::calls::{Caller, Draw, Visitor};
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform::now;
use shared::conversation::{Aim, Meta, Store};
use shared::ids::EventId;
use shared::limits::{Bucket, GREETING_MS, Kind, Rate};
use shared::protocol::{
    AgentFrame, ApiError, Author, ConversationFrame, ErrorCode, Event, Events, GLIMPSED, Glimpse, MAX_BODY, Millis,
    Seq, VisitorFrame, What,
};
use worker::{Response, WebSocket, WebSocketIncomingMessage};

/// How many frames of any kind this conversation reads of each side, those that are no commands included: each tab greets and
/// answers, and a busy one sends two in a second.
const FRAMES: Rate = Rate { burst: 400, refill_ms: 50 };
/// How many kilobytes of its log visitors may read: a long one some ten times at once, and then as fast as many networks are.
const READS: Rate = Rate { burst: 8_000, refill_ms: 5 };
/// What an event takes beside its words.
const EVENT_BYTES: usize = 256;

/// What may still come from each side.
pub(super) struct Paces {
    visitors: Bucket,
    agents: Bucket,
    reads: Bucket,
}

impl Paces {
    pub(super) fn full(now: Millis) -> Self {
        Self { visitors: FRAMES.full(now), agents: FRAMES.full(now), reads: READS.full(now) }
    }
}

/// A page that wants the log anew opens another socket, and is counted.
fn greeted_already() -> ApiError {
    ApiError::with(ErrorCode::InvalidRequest, "This socket has been greeted already. Open another one.")
}

impl Conversation {
    pub(super) async fn accept(&self, caller: Caller) -> Result<Response, Failure> {
        self.log.alarm().recall().await?;
        let (response, _socket) = sockets::accept(&self.state, caller, false)?;
        self.listeners.changed();
        let greeted_by = now() + GREETING_MS;
        // The alarm that is set for something else must not come later for this.
        let due = self.machine.borrow_mut().deadline(&self.log, now())?;
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
        self.listeners.broadcast(&self.state, sockets::VISITORS, &for_visitors);
        let for_agents = ConversationFrame::Events(events);
        self.listeners.broadcast(&self.state, sockets::AGENTS, &for_agents);
    }

    /// Takes a frame; whatever is wrong with it is answered on the same socket.
    pub(super) async fn read_frame(&self, socket: &WebSocket, message: WebSocketIncomingMessage) {
        let Some(attachment) = self.listeners.attachment(socket) else { return };
        if !self.unpaced && !self.takes_frame(&attachment.caller) {
            sockets::refuse(socket, ApiError::too_many(FRAMES.refill_ms * Millis::from(FRAMES.burst)));
            return;
        }
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
            Caller::Visitor { address, keys } => self.visitor_frame(socket, attachment, (&address, &keys), &text).await,
            Caller::Agent { author, .. } => self.agent_frame(socket, attachment, &author, &text).await,
        };
        if let Err(failure) = result {
            send(socket, &ConversationFrame::Refused { id: None, error: failure.into_api_error() });
        }
    }

    /// Whether one more frame of this side is read. A visitor who floods the conversation is in no agent's way.
    fn takes_frame(&self, caller: &Caller) -> bool {
        let mut paces = self.paces.borrow_mut();
        let side = match caller {
            Caller::Visitor { .. } => &mut paces.visitors,
            Caller::Agent { .. } => &mut paces.agents,
        };
        FRAMES.take(side, 1, now()).is_ok()
    }

    /// Counts what is given to a visitor. Asking for all of a long log again and again is refused until later.
    pub(super) fn count_read(&self, events: &Events) -> Result<(), Failure> {
        let bytes = |event: &Event| match &event.what {
            What::Said { text } | What::Answered { text, .. } => EVENT_BYTES + text.len(),
            _ => EVENT_BYTES,
        };
        let kilobytes = events.events.iter().map(bytes).sum::<usize>() / 1_024;
        // The longest log of all can be read by who has read nothing before.
        let count = u32::try_from(kilobytes).unwrap_or(u32::MAX).min(READS.burst);
        if self.unpaced {
            return Ok(());
        }
        Ok(READS.take(&mut self.paces.borrow_mut().reads, count, now()).map_err(ApiError::too_many)?)
    }

    pub(super) fn close_silent_sockets(&self) {
        for socket in self.state.get_websockets() {
            let silent = |one: Attachment| !one.greeted && now().abs_diff(one.opened_at) >= GREETING_MS;
            if sockets::attachment(&socket).is_some_and(silent) {
                sockets::refuse(&socket, ApiError::new(ErrorCode::HelloFirst));
            }
        }
    }

    async fn visitor_frame(
        &self,
        socket: &WebSocket,
        attachment: Attachment,
        (address, keys): (&AddressName, &[String]),
        text: &str,
    ) -> Result<(), Failure> {
        match crate::http::parse(text)? {
            VisitorFrame::Hello { .. } if attachment.greeted => {
                sockets::refuse(socket, greeted_already());
                Ok(())
            }
            VisitorFrame::Hello { token, have } => {
                // Greeted before anybody is asked: a command may follow the greeting at once.
                let greeted = self.require_visitor(Proof { token: &token, keys }).and_then(|(meta, visitor)| {
                    let until = visitor.said.as_ref().map(|said| said.until);
                    self.greet(socket, Attachment { until, ..attachment }, have)?;
                    Ok((meta, visitor.said))
                });
                let counted = match greeted {
                    Ok((meta, said)) => {
                        arrivals::greeted(address);
                        self.introduce_or_log(said).await;
                        self.count_socket(&meta).await
                    }
                    Err(failure) => Err(failure),
                };
                if let Err(failure) = counted {
                    sockets::refuse(socket, failure.into_api_error());
                }
                Ok(())
            }
            VisitorFrame::Do(_) | VisitorFrame::Typing if !attachment.greeted => {
                sockets::refuse(socket, ApiError::new(ErrorCode::HelloFirst));
                Ok(())
            }
            VisitorFrame::Typing => {
                self.tell_typing(Author::Visitor);
                Ok(())
            }
            VisitorFrame::Do(_) if attachment.is_over(now()) => {
                sockets::refuse(socket, ApiError::new(ErrorCode::IdentityExpired));
                Ok(())
            }
            VisitorFrame::Do(command) => {
                let result = self.visitor_command(&command, address).await;
                self.reply(socket, command.id, result).await
            }
        }
    }

    /// Counts a visitor's socket; refused to one who opens them without end.
    async fn count_socket(&self, meta: &Meta) -> Result<(), Failure> {
        let draws = vec![Draw::one(Kind::Socket)];
        Visitor::of(&self.env, &meta.workspace, &meta.visitor)?.ask(Spend { draws }).await
    }

    async fn agent_frame(
        &self,
        socket: &WebSocket,
        attachment: Attachment,
        agent: &Author,
        text: &str,
    ) -> Result<(), Failure> {
        match crate::http::parse(text)? {
            AgentFrame::Hello { .. } if attachment.greeted => {
                sockets::refuse(socket, greeted_already());
                Ok(())
            }
            AgentFrame::Hello { have, company, glimpse } => match self.require_begun() {
                Ok(_) => {
                    if glimpse && have == 0 {
                        self.show_end(socket)?;
                    }
                    self.greet(socket, Attachment { company, ..attachment }, have)
                }
                Err(failure) => {
                    sockets::refuse(socket, failure.into_api_error());
                    Ok(())
                }
            },
            AgentFrame::Do(_) | AgentFrame::Typing if !attachment.greeted => {
                sockets::refuse(socket, ApiError::new(ErrorCode::HelloFirst));
                Ok(())
            }
            AgentFrame::Typing => {
                self.tell_typing(agent.clone());
                Ok(())
            }
            AgentFrame::Do(command) => {
                let result = self.agent_command(&command, agent).await;
                self.reply(socket, command.id, result).await
            }
        }
    }

    fn greet(&self, socket: &WebSocket, attachment: Attachment, have: Seq) -> Result<(), Failure> {
        let (events, is_agents) = match attachment.caller {
            Caller::Visitor { .. } => {
                let events = as_visitors_see(self.events(have)?);
                self.count_read(&events)?;
                (events, false)
            }
            Caller::Agent { .. } => (self.events(have)?, true),
        };
        sockets::attach(socket, &Attachment { greeted: true, ..attachment })?;
        self.listeners.changed();
        send(socket, &ConversationFrame::Events(events));
        if is_agents {
            self.tell_looking();
        }
        Ok(())
    }

    /// Sends the end of a long log ahead of all of it.
    fn show_end(&self, socket: &WebSocket) -> Result<(), Failure> {
        let before = self.log.last()?.saturating_sub(GLIMPSED);
        if before > GLIMPSED {
            send(socket, &Glimpse { glimpse: self.events(before)? });
        }
        Ok(())
    }

    async fn reply(&self, socket: &WebSocket, id: EventId, result: Result<(), Failure>) -> Result<(), Failure> {
        match result {
            Ok(()) => send(socket, &ConversationFrame::Accepted { id }),
            Err(failure) => send(socket, &ConversationFrame::Refused { id: Some(id), error: failure.into_api_error() }),
        }
        self.drive_or_log(Aim::Soon).await;
        Ok(())
    }
}
