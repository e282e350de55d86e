//! One network address: how much everybody behind it may still do. It knows nothing of who they are, and ends itself when
//! there is nothing left to remember.

use super::allowance::{self, Draw};
use super::{Incoming, incoming, outcome};
use crate::failure::Failure;
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::limits::Scope;
use shared::protocol::{ErrorCode, Millis};
use std::cell::Cell;
use std::time::Duration;
use worker::{DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object};

/// What an address can be asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AddressOp {
    /// Takes all of it, or refuses and says when to come back. Answers nothing.
    Take(Vec<Draw>),
}

/// The object.
#[durable_object]
pub struct Address {
    state: State,
    /// Whether the table and the alarm are there.
    ready: Cell<bool>,
}

/// An address is remembered for so long after there is nothing to remember: most come again soon, and to make and delete a
/// database costs more than all that is counted in it.
const LINGER_MS: Millis = 60 * 60 * 1_000;

impl DurableObject for Address {
    fn new(state: State, _env: Env) -> Self {
        Self { state, ready: Cell::new(false) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(AddressOp::Take(draws))) => outcome(self.take(&draws).await),
            Ok(Incoming::Socket(_) | Incoming::Raw(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(failure) = self.end_or_wait().await {
            failure.log();
        }
        Response::empty()
    }

    async fn websocket_message(&self, _socket: WebSocket, _message: WebSocketIncomingMessage) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_close(
        &self,
        _socket: WebSocket,
        _code: usize,
        _reason: String,
        _was_clean: bool,
    ) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        Ok(())
    }
}

impl Address {
    async fn take(&self, draws: &[Draw]) -> Result<(), Failure> {
        let storage = self.state.storage();
        if !self.ready.get() {
            allowance::prepare(&storage)?;
            if storage.get_alarm().await?.is_none() {
                storage.set_alarm(Duration::from_millis(LINGER_MS)).await?;
            }
            self.ready.set(true);
        }
        allowance::take(&storage, Scope::Address, draws)
    }

    async fn end_or_wait(&self) -> Result<(), Failure> {
        let storage = self.state.storage();
        self.ready.set(false);
        allowance::prepare(&storage)?;
        let wait = (allowance::full_at(&storage, Scope::Address)? + LINGER_MS).saturating_sub(now());
        if wait == 0 {
            storage.delete_all().await?;
        } else {
            storage.set_alarm(Duration::from_millis(wait)).await?;
        }
        Ok(())
    }
}
