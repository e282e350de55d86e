//! The alarm of an object, which may be late and may ring twice.

use shared::conversation::{Aim, Input, Store};

use super::drive::Then;
use super::given::{agent_id, billing_team};
use super::{Happening, World};
use crate::Bug;

/// An alarm that rings while it is handled rings after that.
const RINGS_AGAIN_MS: u64 = 100;

/// By less than this a clock is adjusted every day.
const SLIGHT_MS: u64 = 1_000;

impl World {
    /// The alarm rings. While it is handled it counts as set: an object that dies then is called again.
    pub(crate) fn alarm(&mut self, object: usize) {
        let due = self.objects[object].store.disk.borrow().alarm;
        let now = self.server_now();
        if self.objects[object].rings {
            return self.after(RINGS_AGAIN_MS, Happening::Alarm(object));
        }
        // An alarm that was set by a clock that was put back since rings after the time that was meant.
        let elapsed = self.now - self.objects[object].wound_at.0;
        let was_put_back = now + SLIGHT_MS < self.objects[object].wound_at.1 + elapsed;
        let rings_all_the_same = was_put_back && !self.has(Bug::AlarmGoesByTheClock);
        if let Some(at) = due.filter(|at| *at > now && !rings_all_the_same) {
            // It was set for later meanwhile, or the clock was put back.
            return self.after(at - now, Happening::Alarm(object));
        }
        let one = &mut self.objects[object];
        one.store.disk.borrow_mut().alarm = None;
        one.wound = None;
        one.rings = true;
        self.light_fuse(object, 6);
        let one = &mut self.objects[object];
        let passed = one.machine.handle(&one.store, Input::Alarm, now);
        if let Ok(events) = self.survive(object, passed) {
            self.broadcast(object, events);
            self.drive(object, Aim::Clock, Then::SetAlarm);
        }
        self.notice(object);
    }

    /// The alarm was handled.
    pub(crate) fn set_alarm(&mut self, object: usize) {
        let now = self.server_now();
        self.light_fuse(object, 3);
        let one = &mut self.objects[object];
        let armed = match one.machine.deadline(&one.store, now) {
            Ok(Some((at, _))) => one.store.arm(at),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if self.survive(object, armed).is_ok() {
            self.objects[object].rings = false;
        }
    }

    /// Has the alarm ring when it is set for, or late, or twice.
    pub(crate) fn wind(&mut self, object: usize) {
        let set = self.objects[object].store.disk.borrow().alarm;
        if set == self.objects[object].wound {
            return;
        }
        self.objects[object].wound = set;
        self.objects[object].wound_at = (self.now, self.server_now());
        let Some(at) = set else { return };
        let late = if self.rng.chance(20) { self.rng.between(100, 9_000) } else { 0 };
        let wait = at.saturating_sub(self.server_now()) + late;
        self.after(wait, Happening::Alarm(object));
        if !self.healed && self.rng.chance(10) {
            self.after(wait + 700, Happening::Alarm(object));
        }
    }

    /// Somebody of the team has room, says the inbox.
    pub(crate) fn seated(&mut self, object: usize) {
        let now = self.server_now();
        self.light_fuse(object, 8);
        let one = &mut self.objects[object];
        let seated = Input::Seated { team: billing_team(), agent: agent_id(0) };
        let outcome = one.machine.handle(&one.store, seated, now);
        let Ok(events) = self.survive(object, outcome) else { return };
        self.broadcast(object, events);
        self.drive(object, Aim::Everything, Then::Nothing);
        self.notice(object);
    }
}
