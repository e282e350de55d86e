//! An object's one alarm, which several things may wait for.

use crate::failure::Failure;
use crate::platform::{arm, now};
use shared::protocol::Millis;
use std::cell::Cell;
use worker::Storage;

/// Remembers when the alarm rings. Setting it is a write, and setting it later than it was set puts off what it was set for.
pub(super) struct Alarm {
    storage: Storage,
    /// 0 if it does not ring; none while that is not known, as after a sleep.
    at: Cell<Option<Millis>>,
}

impl Alarm {
    pub(super) fn new(storage: Storage) -> Self {
        Self { storage, at: Cell::new(None) }
    }

    /// Asks when the alarm rings. Without that, an object that sleeps between two calls would put its alarm off for ever.
    pub(super) async fn recall(&self) -> Result<(), Failure> {
        if self.at.get().is_none() {
            let rings = self.storage.get_alarm().await?.and_then(|at| Millis::try_from(at).ok()).unwrap_or_default();
            // Another call may have set it meanwhile.
            self.at.set(self.at.get().or(Some(rings)));
        }
        Ok(())
    }

    /// The same. If the platform does not tell, the next call sets the alarm anew.
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

    /// Sets the alarm to ring by then. Nothing is written if it rings by then anyway. The object sets it again when it has rung,
    /// for what is still to come.
    pub(super) fn ring_by(&self, at: Millis) -> Result<(), Failure> {
        if self.rings_by(at) {
            return Ok(());
        }
        arm(&self.storage, at)?;
        self.at.set(Some(at));
        Ok(())
    }
}
