//! An object's one alarm, which several things may wait for.

use crate::failure::Failure;
use crate::platform::{arm, now};
use shared::protocol::Millis;
use std::cell::Cell;
use worker::Storage;

/// Remembers when the alarm rings: to set it is a write, and to set it later than it is set puts off what it was for.
pub(super) struct Alarm {
    storage: Storage,
    /// 0 if it does not ring; none while that is not known, as after a sleep.
    at: Cell<Option<Millis>>,
}

impl Alarm {
    pub(super) fn new(storage: Storage) -> Self {
        Self { storage, at: Cell::new(None) }
    }

    /// Asks when it rings. Whoever sets it again and again, and sleeps in between, would put it off for ever.
    pub(super) async fn recall(&self) -> Result<(), Failure> {
        if self.at.get().is_none() {
            let rings = self.storage.get_alarm().await?.and_then(|at| Millis::try_from(at).ok()).unwrap_or_default();
            // Another call may have set it meanwhile.
            self.at.set(self.at.get().or(Some(rings)));
        }
        Ok(())
    }

    /// The same; what cannot be found out is set anew.
    pub(super) async fn recall_or_log(&self) {
        if let Err(failure) = self.recall().await {
            failure.log();
        }
    }

    /// It has rung, or was deleted: none is set any more.
    pub(super) fn is_off(&self) {
        self.at.set(Some(0));
    }

    /// Whether it rings by then, and not only in the past.
    pub(super) fn rings_by(&self, at: Millis) -> bool {
        let rings = self.at.get().unwrap_or_default();
        rings > now() && rings <= at
    }

    /// Rings by then. Writes nothing if it does anyway; whoever hears it sets it again for what is still to come.
    pub(super) fn ring_by(&self, at: Millis) -> Result<(), Failure> {
        if self.rings_by(at) {
            return Ok(());
        }
        arm(&self.storage, at)?;
        self.at.set(Some(at));
        Ok(())
    }
}
