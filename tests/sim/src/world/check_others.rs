//! What must hold of the other objects: who has paid for what, and what the feed has.

use shared::conversation::{Reminded, State};
use shared::learning::{Lesson, Lessons};
use shared::protocol::{Author, Event};

use super::World;
use super::given::{DAY_MS, TUNING};

/// A token that was just shown may still be on its way to the visitor's object: two slow calls fit into this.
const TOLD_WITHIN_MS: u64 = 15_000;

/// The longest promise of these worlds, with time for a late alarm, for failures of the workspace and for a clock that is found
/// to have been ahead.
const UNSEEN_AT_MOST_MS: u64 = 120_000;

impl World {
    /// After a step of an object: everything said was paid for, and the feed has a beginning of the log.
    pub(crate) fn notice_others(&mut self, object: usize, length: usize) {
        let others = &self.others[object];
        let said = {
            let disk = self.objects[object].store.disk.borrow();
            let is_said = |event: &Event| event.by == Author::Visitor;
            disk.entries.iter().filter(|entry| entry.digest.is_some() && is_said(&entry.event)).count() as u32
        };
        // The address gives the first grant with the conversation.
        let paid = others.visitor_paid.min(others.address_paid + TUNING.grant);
        if said > TUNING.included + paid {
            return self.fail(|| format!("conversation {object} has {said} messages, and {paid} were paid for"));
        }
        let is_due = others.spent / TUNING.grant + others.excuses + 1;
        if others.visitor_paid > is_due * TUNING.grant {
            let paid = others.visitor_paid;
            return self.fail(|| format!("the visitor of conversation {object} has paid for {paid} messages"));
        }
        let disk = self.objects[object].store.disk.borrow();
        let archive = &others.archive.events;
        let is_beginning = archive.len() <= length && archive.iter().zip(&disk.entries).all(|(a, b)| *a == b.event);
        drop(disk);
        // An archive knows nothing of restored copies.
        if !is_beginning && self.restored[object] == 0 {
            self.fail(|| format!("the feed of conversation {object} has something else than the log"));
        }
    }

    /// Once the clock is right and time has passed, nothing is dated in the time to come, and nobody has waited past a promise
    /// unseen, but where nobody watched when the clock was put right, and nothing has happened since.
    pub(crate) fn fault_of_times(&self, object: usize, state: &State) -> Option<String> {
        if self.objects[object].is_unwatched {
            return None;
        }
        let now = self.server_now();
        let times = [Some(state.updated_at), state.waiting_since, state.stuck.as_ref().map(|(_, at)| *at)];
        if times.into_iter().flatten().any(|at| at > now) {
            return Some(format!("conversation {object} is dated in the time to come"));
        }
        let from = state.waiting_from.as_ref()?;
        let place = self.reference[object].iter().position(|event| event.id == *from)?;
        let waits = self.now - self.really[object].get(place)?;
        (waits > UNSEEN_AT_MOST_MS && state.waiting_told < Reminded::Late)
            .then(|| format!("the visitor of conversation {object} waits for {waits} ms, and nobody was told"))
    }

    /// Once the trouble is over, everybody has everything.
    pub(crate) fn fault_of_others(&self, object: usize, log: &[Event]) -> Option<String> {
        let others = &self.others[object];
        if others.archive.events != *log && self.restored[object] == 0 {
            let (has, all) = (others.archive.events.len(), log.len());
            return Some(format!("the feed of conversation {object} has {has} of {all} events"));
        }
        if let Some(fault) = self.fault_of_lessons(object, log) {
            return Some(fault);
        }
        // A token that was lost in the trouble is told of when it is shown again.
        let is_settled = |until: &u64| (self.healed_at + 1..self.now - TOLD_WITHIN_MS).contains(&(until - DAY_MS));
        let newest = self.presented[object].filter(is_settled);
        (newest.is_some() && others.introduced != newest)
            .then(|| format!("the visitor of conversation {object} is known by an old token"))
    }

    /// The library has exactly what the log teaches; what was lost by a restored copy may have taught something, too.
    fn fault_of_lessons(&self, object: usize, log: &[Event]) -> Option<String> {
        let (mut state, mut lessons) = (State::default(), Lessons::default());
        for event in log {
            lessons.take(&state, event);
            state.apply(event);
        }
        let named = |lesson: &Lesson| (lesson.message.clone(), lesson.outcome.clone());
        let held: Vec<_> = self.others[object].lessons.iter().flat_map(|(_, all)| all.iter().map(named)).collect();
        let taught: Vec<_> = lessons.all().iter().map(|one| (one.message.clone(), one.outcome.clone())).collect();
        let differs = held != taught && self.restored[object] == 0;
        differs.then(|| format!("the library has {held:?} of conversation {object}, and it teaches {taught:?}"))
    }
}
