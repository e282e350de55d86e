//! The loop that drives the machine: what it wants done is done, and it is told what came of that. Several loops run at once,
//! one for each request, frame or alarm; the machine keeps them apart.

use super::Conversation;
use crate::failure::Failure;
use crate::platform::now;
use futures_util::future::{Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use shared::conversation::{Aim, Input, Step};
use shared::protocol::{ErrorCode, Millis};
use std::convert::Infallible;
use std::pin::pin;
use std::time::Duration;
use worker::Delay;

/// A loop that waits for another one looks again after this time, should that one have been cut short.
const LOOK_AGAIN_MS: Millis = 1_000;
/// A loop whose call does not come back gives it up: as long as a machine waits for it. The alarm makes it again.
const GIVE_UP_AFTER: Duration = Duration::from_secs(30);

impl Conversation {
    /// Does all that the aim wants done. The caller's command is stored already, so a later failure is not the caller's
    /// business.
    pub(super) async fn drive_or_log(&self, aim: Aim) {
        if let Err(failure) = self.drive(aim).await {
            failure.log();
        }
    }

    /// The same, where the caller cannot go on without it. After a failure only what is under way is waited for.
    pub(super) async fn drive(&self, aim: Aim) -> Result<(), Failure> {
        let visitors = self.listeners.has_visitors(&self.state);
        self.tell_machine(Input::Watchers { visitors })?;
        let mut under_way = FuturesUnordered::new();
        let mut failed = None;
        loop {
            let step = match failed {
                None => self.machine.borrow_mut().poll(&self.log, &aim, now()),
                Some(_) => Ok(Step::Done),
            };
            match step {
                Ok(Step::Do(work)) => {
                    under_way.push(self.perform(work));
                    continue;
                }
                Ok(Step::Wait) if under_way.is_empty() => {
                    self.landings.wait(now() + LOOK_AGAIN_MS).await;
                    continue;
                }
                Ok(Step::Done) if under_way.is_empty() => return failed.map_or(Ok(()), Err),
                Ok(Step::Wait | Step::Done) => {}
                Err(failure) => {
                    failed = Some(failure);
                    continue;
                }
            }
            let Either::Left((Some(answer), _)) = select(under_way.next(), pin!(Delay::from(GIVE_UP_AFTER))).await
            else {
                return Err(ErrorCode::Internal.into());
            };
            if let Err(failure) = self.tell_machine(Input::Answer(answer)) {
                failed = failed.or(Some(failure));
            }
            self.landings.ring();
        }
    }

    /// Tells the machine what has happened, and everybody who looks what comes of it.
    pub(super) fn tell_machine(&self, input: Input<'_, Infallible>) -> Result<(), Failure> {
        let events = self.machine.borrow_mut().handle(&self.log, input, now())?;
        if let Some(events) = events {
            self.broadcast(events);
            self.bell.ring();
        }
        Ok(())
    }
}
