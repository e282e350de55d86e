//! An object's one alarm, which several things may wait for.

use crate::failure::Failure;
use crate::platform::{arm, now};
use shared::protocol::Millis;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use worker::{Delay, Storage};

/// Remembers when the alarm rings. Setting it is a write, and setting it later than it was set puts off what it was set for.
pub(super) struct Alarm {
    storage: Rc<Storage>,
    /// 0 if it does not ring; none while that is not known, as after a sleep.
    at: Rc<Cell<Option<Millis>>>,
    /// Until when it is looked whether the clock is put back; none if it is not.
    watched: Rc<Cell<Option<Millis>>>,
}

/// For how long after it was set an alarm is watched: little longer than an object stays awake anyway, and longer than a clock that
/// was just set wrong stays so.
const WATCH_MS: Millis = 15_000;
/// By less than this a clock is adjusted every day.
const SLIGHT_MS: Millis = 1_000;

impl Alarm {
    pub(super) fn new(storage: Storage) -> Self {
        Self { storage: Rc::new(storage), at: Rc::default(), watched: Rc::default() }
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
        self.watch(at);
        Ok(())
    }

    /// An alarm waits for a time of the clock. If the clock was ahead when it was set, and is put right while the object is awake, it
    /// rings after the time that was meant, and the object sees what is due.
    fn watch(&self, at: Millis) {
        let until = at.min(now().saturating_add(WATCH_MS));
        let is_watched = self.watched.get().is_some();
        self.watched.set(self.watched.get().max(Some(until)));
        if is_watched {
            return;
        }
        let (storage, rings, watched) = (Rc::clone(&self.storage), Rc::clone(&self.at), Rc::clone(&self.watched));
        wasm_bindgen_futures::spawn_local(async move {
            let mut began = now();
            while let Some(until) = watched.get().filter(|until| *until > began) {
                Delay::from(Duration::from_millis(until - began)).await;
                if now().saturating_add(SLIGHT_MS) < until {
                    rings.set(Some(now()));
                    if let Err(failure) = arm(&storage, now()) {
                        failure.log();
                    }
                    break;
                }
                began = until;
            }
            watched.set(None);
        });
    }
}
