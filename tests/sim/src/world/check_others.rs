//! What must hold of the other objects: who has paid for what, and what the feed has.

use shared::protocol::{Author, Event};

use super::World;
use super::given::{DAY_MS, TUNING};

/// A token that was just shown may still be on its way to the visitor's object: two slow calls fit into this.
const TOLD_WITHIN_MS: u64 = 15_000;

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
        if !is_beginning {
            self.fail(|| format!("the feed of conversation {object} has something else than the log"));
        }
    }

    /// Once the trouble is over, everybody has everything.
    pub(crate) fn fault_of_others(&self, object: usize, log: &[Event]) -> Option<String> {
        let others = &self.others[object];
        if others.archive.events != *log {
            let (has, all) = (others.archive.events.len(), log.len());
            return Some(format!("the feed of conversation {object} has {has} of {all} events"));
        }
        // A token that was lost in the trouble is told of when it is shown again.
        let is_settled = |until: &u64| (self.healed_at..self.now - TOLD_WITHIN_MS).contains(&(until - DAY_MS));
        let newest = self.presented[object].filter(is_settled);
        (newest.is_some() && others.introduced != newest)
            .then(|| format!("the visitor of conversation {object} is known by an old token"))
    }
}
