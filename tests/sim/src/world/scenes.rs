//! Two scenes after everything was settled: a visitor who leaves and looks at the list, and the end of every conversation.

use shared::conversation::{Aim, Input, State, Store};
use shared::protocol::{AgentAction, AgentCommand, ApiError, Context, VisitorAction};

use super::drive::Then;
use super::frames::{Command, Request};
use super::{Happening, World};
use crate::Bug;

/// When a visitor says something more, twice: with the first words comes whatever falls due after a silence,
/// and the second ones can wait.
const SAYS_AT_MS: [u64; 2] = [1_000, 11_000];
/// When the visitor leaves: the last words are stored, and no list has fallen due since.
const LEAVES_AT_MS: u64 = 12_000;
/// When the visitor looks at the list: a call and its longest delay fit in between, the alarm for the inbox does not.
const LOOKS_AT_MS: u64 = 15_000;
/// Ends are begun within this time, so that some meet an alarm or a telling.
const ENDS_WITHIN_MS: u64 = 8_000;
/// An end that was given up is begun again, as the visitor's object does.
const END_AGAIN_MS: u64 = 2_000;

impl World {
    /// The visitor of each conversation says more, and leaves.
    pub(crate) fn plan_leaving(&mut self) {
        for object in 0..self.objects.len() {
            for at in SAYS_AT_MS {
                self.after(at, Happening::SaysMore(object));
            }
            self.after(LEAVES_AT_MS, Happening::Leaves(object));
            self.after(LOOKS_AT_MS, Happening::LooksAtList(object));
        }
    }

    fn visitors_of(&self, object: usize) -> Vec<usize> {
        (0..self.ends.len()).filter(|end| self.ends[*end].object == object && !self.ends[*end].is_agent()).collect()
    }

    pub(crate) fn says_more(&mut self, object: usize) {
        let Some(end) = self.visitors_of(object).first().copied() else { return };
        let text = self.write_down(end);
        let context = Context { locale: String::from("en"), ..Context::default() };
        self.commit(end, VisitorAction::Say { text, context });
    }

    pub(crate) fn leaves(&mut self, object: usize) {
        self.tell(|| format!("the visitor of conversation {object} leaves"));
        let life = self.objects[object].life;
        self.objects[object].was_calm = !self.others[object].busy.iter().any(|(_, its_life, ..)| *its_life == life);
        for end in self.visitors_of(object) {
            let socket = self.ends[end].socket;
            self.close_page(end);
            if socket.is_some() {
                self.left(object);
            }
        }
    }

    /// The edge hears that a visitor's socket has closed.
    fn left(&mut self, object: usize) {
        self.drive(object, Aim::Soon, Then::Nothing);
        self.notice(object);
    }

    pub(crate) fn looks_at_list(&mut self, object: usize) {
        let left_at = self.server_now() - (LOOKS_AT_MS - LEAVES_AT_MS);
        let Some((last, before)) = self.reference[object].split_last() else { return };
        let lists = self.threads.get(&object).is_some_and(|(_, thread)| thread.updated_at == last.at);
        // What follows from a message comes first: a search, a placement.
        let was_peoples = !State::replay(before).assistant_may_speak();
        if self.objects[object].was_calm && was_peoples && last.at < left_at && !lists {
            self.fail(|| format!("the visitor of conversation {object} has left, and the list lacks the last words"));
        }
        for end in self.visitors_of(object) {
            self.open_page(end);
        }
    }

    /// Every conversation is ended, while its agent still writes.
    pub(crate) fn plan_ends(&mut self) {
        for object in 0..self.objects.len() {
            let at = self.rng.below(ENDS_WITHIN_MS);
            self.after(at, Happening::Ends(object));
            for _ in 0..self.rng.between(1, 4) {
                let writes_at = (at + self.rng.below(600)).saturating_sub(200);
                self.after(writes_at, Happening::AgentWrites(object));
            }
        }
    }

    /// An agent replies, or the visitor's read mark moves, whatever the pages know of the end.
    pub(crate) fn agent_writes(&mut self, object: usize) {
        let Some(end) = (0..self.ends.len()).find(|end| self.ends[*end].object == object && self.ends[*end].is_agent())
        else {
            return;
        };
        let text = format!("reply {} of the end", self.ids);
        let command = AgentCommand { id: self.fresh_id(), action: AgentAction::Reply { text, seen: None }, seen: None };
        let request = Request { end, life: u32::MAX, have: 0, command: Some(Command::Agent(command)), held: false };
        self.arrives(request, true);
    }

    pub(crate) fn ends(&mut self, object: usize) {
        let now = self.server_now();
        if self.objects[object].store.disk.borrow().meta.is_none() {
            return;
        }
        self.tell(|| format!("conversation {object} is ended"));
        let bug = self.bug;
        let one = &mut self.objects[object];
        one.lasting = (bug == Some(Bug::EndTakesMessages)).then(|| one.machine.clone());
        self.light_fuse(object, 3);
        let one = &mut self.objects[object];
        let erase = one.machine.handle(&one.store, Input::Erase, now);
        if self.survive(object, erase).is_ok() {
            self.objects[object].ends = true;
            self.drive(object, Aim::End, Then::Ended);
        }
        // The visitor's object asks until it has ended.
        self.after(END_AGAIN_MS, Happening::Ends(object));
    }

    pub(crate) fn ended(&mut self, object: usize, result: Result<(), ApiError>) {
        (self.objects[object].lasting, self.objects[object].ends) = (None, false);
        let is_gone = self.objects[object].store.meta().is_ok_and(|meta| meta.is_none());
        if result.is_ok() != is_gone {
            self.fail(|| format!("the end of conversation {object} is told as {result:?}"));
        }
        if result.is_ok() {
            self.threads.remove(&object);
        }
    }

    /// Nothing of a conversation stays.
    pub(crate) fn check_ends(&mut self) {
        for object in 0..self.objects.len() {
            let disk = self.objects[object].store.disk.borrow();
            let left = [
                ("its object", disk.meta.is_some() || !disk.entries.is_empty()),
                ("the inbox", self.inbox.contains_key(&object)),
                ("the archive", !self.others[object].archive.events.is_empty()),
                ("the library", self.others[object].lessons.is_some()),
            ];
            drop(disk);
            if let Some((place, _)) = left.into_iter().find(|(_, stays)| *stays) {
                self.fail(|| format!("conversation {object} was ended and is still in {place}"));
            }
        }
    }
}
