//! A conversation that was restored from an older copy, while all other objects go on with what they have.
//!
//! Commands that were acknowledged after the copy are lost: that is the operator's doing. All the rest is to be seen by everybody.

use shared::ids::EventId;

use super::store::Disk;
use super::{Happening, World};

/// How long before its restoring a copy is made, at most.
const OLD_MS: u64 = 15_000;
/// Somebody writes in the conversation soon afterwards: a conversation that nobody touches stays as it is.
const TOUCHED_WITHIN_MS: u64 = 3_000;

impl World {
    /// A copy is made, to be restored later.
    pub(crate) fn copied(&mut self, object: usize) {
        let disk = self.objects[object].store.disk.borrow().clone();
        // In a copy without events there is no conversation to go on with.
        if !disk.entries.is_empty() && !self.healed {
            let wait = self.rng.between(500, OLD_MS);
            self.after(wait, Happening::Restored(object, Box::new(disk)));
        }
    }

    /// The object's storage is that copy from here on.
    pub(crate) fn restored(&mut self, object: usize, disk: Disk) {
        // A copy from before another restoring may have events that were lost by it.
        let is_of_this_log =
            disk.entries.iter().zip(&self.reference[object]).all(|(copied, event)| copied.event == *event)
                && disk.entries.len() <= self.reference[object].len();
        if self.healed || !is_of_this_log || self.objects[object].store.disk.borrow().meta.is_none() {
            return;
        }
        let (has, kept) = (self.reference[object].len(), disk.entries.len());
        self.tell(|| format!("conversation {object} is restored from a copy with {kept} of {has} events"));
        for number in 0..self.sockets.len() {
            if self.sockets[number].object == object {
                self.break_socket(number, 60);
            }
        }
        self.interrupt(object);
        self.crash(object);
        let lost: Vec<EventId> = self.reference[object].drain(kept..).map(|event| event.id).collect();
        self.lost.extend(lost.iter().cloned());
        self.really[object].truncate(kept);
        self.acknowledged.retain(|(one, id)| *one != object || !lost.contains(id));
        let is_kept = |text: &str| disk.entries.iter().any(|entry| entry.event.what.says() == Some(text));
        let kept_by_devices = self.devices.iter().flat_map(|device| device.kept.values());
        // An event that was stored and lost may have been acknowledged on the way.
        let waits = kept_by_devices.filter(|pending| !lost.contains(shared::client::Command::id(&pending.command)));
        let pending: Vec<String> = waits.filter_map(words).collect();
        self.intents
            .retain(|intent| intent.object != object || is_kept(&intent.text) || pending.contains(&intent.text));
        self.marks[object] = disk.meta.as_ref().map(|meta| meta.read).unwrap_or_default();
        self.restored[object] += 1;
        self.others[object].excuses += 3;
        self.others[object].was_termless = true;
        self.objects[object].store.disk.replace(disk);
        self.objects[object].wound = None;
        self.wind(object);
        for end in 0..self.ends.len() {
            if self.ends[end].object == object {
                self.ends[end].is_of_other_log = true;
            }
        }
        let wait = self.rng.between(100, TOUCHED_WITHIN_MS);
        self.after(wait, Happening::SaysMore(object));
    }
}

fn words(pending: &shared::client::Pending<super::frames::Command>) -> Option<String> {
    shared::client::Command::words(&pending.command).map(String::from)
}

trait Says {
    fn says(&self) -> Option<&str>;
}

impl Says for shared::protocol::What {
    fn says(&self) -> Option<&str> {
        if let shared::protocol::What::Said { text } = self { Some(text) } else { None }
    }
}
