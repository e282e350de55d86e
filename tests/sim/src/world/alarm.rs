//! The alarm of an object, which may be late and may ring twice.

use shared::conversation::{Aim, Input, Store};

use super::drive::Then;
use super::given::{agent_id, billing_team};
use super::{Happening, World};
use crate::Bug;

/// An alarm that rings while it is handled rings after that.
const RINGS_AGAIN_MS: u64 = 100;

/// For how long after an alarm was set it is looked whether the clock is put back, while the object is awake.
const WATCH_MS: u64 = 15_000;

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
            self.objects[object].is_unwatched = false;
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
        self.objects[object].watched_until = self.now + WATCH_MS;
        let (life, now) = (self.objects[object].life, self.server_now());
        let until = at.min(now + WATCH_MS);
        self.after(until.saturating_sub(now), Happening::Watched { object, life, until });
        let late = if self.rng.chance(20) { self.rng.between(100, 9_000) } else { 0 };
        let wait = at.saturating_sub(self.server_now()) + late;
        self.after(wait, Happening::Alarm(object));
        if !self.healed && self.rng.chance(10) {
            self.after(wait + 700, Happening::Alarm(object));
        }
    }

    /// An object that is awake sees that its alarm was set by a clock that was put back since, and has it ring.
    pub(crate) fn watched(&mut self, object: usize, life: u32, until: u64) {
        let is_behind = self.server_now() + SLIGHT_MS < until;
        let is_awake = self.objects[object].life == life && !self.objects[object].is_gone;
        if is_awake && is_behind && !self.has(Bug::AlarmGoesByTheClock) {
            self.objects[object].store.disk.borrow_mut().alarm = Some(self.server_now());
            self.wind(object);
        }
    }

    /// The edge's clock steps. What nobody watches just then is put right when it is touched next.
    pub(crate) fn clock_steps(&mut self, step: i64) {
        self.skew += step;
        self.stepped_at = self.now;
        for object in &mut self.objects {
            object.is_unwatched |= self.now > object.watched_until;
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
