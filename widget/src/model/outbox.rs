//! What the visitor did and the edge has not confirmed yet. It is kept in the browser until then.

use serde::Serialize;
use shared::ids::{ConversationId, EventId};
use shared::protocol::{ApiError, Event, Millis, Survey, VisitorAction, VisitorCommand};

/// One thing to deliver, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// In which conversation.
    pub conversation: ConversationId,
    /// When the visitor did it, by this device's clock: the order among what is not confirmed.
    pub at: Millis,
    /// What.
    pub command: VisitorCommand,
}

/// How far an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// To be sent, or on its way.
    Waiting,
    /// The edge will not take it as it is.
    Failed(ApiError),
}

/// One thing to deliver, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What.
    pub entry: Entry,
    /// How far.
    pub delivery: Delivery,
}

/// What is not confirmed, oldest first. One thing is on its way at a time, so that the order is the visitor's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outbox {
    slots: Vec<Slot>,
    sending: Option<EventId>,
    held_until: Millis,
}

impl Outbox {
    /// The entries that were kept, in any order.
    pub fn restored(entries: Vec<Entry>) -> Self {
        let mut slots: Vec<Slot> = Vec::new();
        for entry in entries {
            let at = slots.iter().position(|slot| slot.entry.at > entry.at).unwrap_or(slots.len());
            slots.insert(at, Slot { entry, delivery: Delivery::Waiting });
        }
        Self { slots, sending: None, held_until: 0 }
    }

    /// Everything that is not confirmed.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// What is not confirmed in one conversation.
    pub fn of<'a>(&'a self, conversation: &'a ConversationId) -> impl Iterator<Item = &'a Slot> {
        self.slots.iter().filter(move |slot| slot.entry.conversation == *conversation)
    }

    /// When something that is done now was done, for `Entry::at`: never before what was done before it, though the device's
    /// clock may have been put back. After a reload that is all that is known of the order.
    pub fn stamp(&self, now: Millis) -> Millis {
        self.slots.iter().map(|slot| slot.entry.at + 1).fold(now, Millis::max)
    }

    /// Takes something that is kept already.
    pub fn add(&mut self, entry: Entry) {
        self.slots.push(Slot { entry, delivery: Delivery::Waiting });
    }

    /// What to send now, and marks it as on its way; none while something is.
    pub fn send_next(&mut self) -> Option<Entry> {
        if self.sending.is_some() {
            return None;
        }
        let next = self.slots.iter().find(|slot| slot.delivery == Delivery::Waiting)?.entry.clone();
        self.sending = Some(next.command.id.clone());
        Some(next)
    }

    /// The last score for a survey that the edge does not have yet.
    pub fn rated(&self, conversation: &ConversationId, wanted: Survey) -> Option<u8> {
        let score = |slot: &Slot| match slot.entry.command.action {
            VisitorAction::Rate { survey, score, .. } if survey == wanted => Some(score),
            _ => None,
        };
        self.of(conversation).filter_map(score).last()
    }

    /// Whether something is on its way.
    pub fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// Whether something waits and nothing is on its way.
    pub fn is_stuck(&self) -> bool {
        self.sending.is_none() && self.slots.iter().any(|slot| slot.delivery == Delivery::Waiting)
    }

    /// The edge has no time for it before `until`: whatever waits, waits until then, and stays in its order.
    pub fn hold(&mut self, until: Millis) {
        self.sending = None;
        self.held_until = until;
    }

    /// Whether it is too early to send anything.
    pub fn is_held(&self, now: Millis) -> bool {
        now < self.held_until
    }

    /// The way it went is broken; it may or may not have arrived, and is sent again. Its id makes it happen once.
    pub fn lost(&mut self) {
        self.sending = None;
    }

    /// The edge has it. Returns whether it was here, to be removed from where it is kept.
    pub fn accepted(&mut self, id: &EventId) -> bool {
        self.forget(id).is_some()
    }

    /// Which entries are among these events, and are confirmed by that.
    pub fn confirmed_by(&self, events: &[Event]) -> Vec<EventId> {
        let ids = self.slots.iter().map(|slot| &slot.entry.command.id);
        ids.filter(|id| events.iter().any(|event| event.id == **id)).cloned().collect()
    }

    /// The edge refused it; without an id, what is on its way. Returns what to remove from where it is kept: an answer to a
    /// question that is closed needs no second try, while words that were typed are kept until the visitor lets go of them.
    pub fn refused(&mut self, id: Option<EventId>, error: ApiError) -> Option<EventId> {
        let id = id.or_else(|| self.sending.clone())?;
        if self.sending.as_ref() == Some(&id) {
            self.sending = None;
        }
        let slot = self.slots.iter_mut().find(|slot| slot.entry.command.id == id)?;
        let no_words = |action: &VisitorAction| {
            matches!(action, VisitorAction::Helped { .. } | VisitorAction::Rate { .. } | VisitorAction::Read { .. })
        };
        if no_words(&slot.entry.command.action) {
            self.forget(&id);
            return Some(id);
        }
        slot.delivery = Delivery::Failed(error);
        None
    }

    /// The visitor wants it tried again.
    pub fn retry(&mut self, id: &EventId) {
        if let Some(slot) = self.slots.iter_mut().find(|slot| slot.entry.command.id == *id) {
            slot.delivery = Delivery::Waiting;
        }
    }

    /// Takes it out, confirmed or given up.
    pub fn forget(&mut self, id: &EventId) -> Option<Entry> {
        if self.sending.as_ref() == Some(id) {
            self.sending = None;
        }
        let at = self.slots.iter().position(|slot| slot.entry.command.id == *id)?;
        Some(self.slots.remove(at).entry)
    }

    /// Whether the visitor has asked for a person here and that is still on its way.
    pub fn asks_person(&self, conversation: &ConversationId) -> bool {
        self.of(conversation).any(|slot| {
            matches!(
                slot.entry.command.action,
                VisitorAction::AskPerson { .. } | VisitorAction::Helped { yes: false, .. }
            ) && slot.delivery == Delivery::Waiting
        })
    }

    /// Whether the visitor has answered this question and that is still on its way.
    pub fn answers(&self, question: &EventId) -> bool {
        self.slots
            .iter()
            .any(|slot| matches!(&slot.entry.command.action, VisitorAction::Helped { about, .. } if about == question))
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::samples::{conversation, event, said_by_visitor};
    use super::*;
    use shared::protocol::{Context, ErrorCode};

    fn say(at: Millis, id: &str) -> Entry {
        let action = VisitorAction::Say { text: id.into(), context: Context::default() };
        Entry {
            conversation: conversation('a'),
            at,
            command: VisitorCommand { id: EventId::parse(id).unwrap(), action },
        }
    }

    fn helped(id: &str, about: &str) -> Entry {
        let action = VisitorAction::Helped { about: EventId::parse(about).unwrap(), yes: false };
        Entry {
            conversation: conversation('a'),
            at: 9,
            command: VisitorCommand { id: EventId::parse(id).unwrap(), action },
        }
    }

    fn id(text: &str) -> EventId {
        EventId::parse(text).unwrap()
    }

    fn sent(outbox: &mut Outbox) -> Option<String> {
        outbox.send_next().map(|entry| String::from(entry.command.id.as_str()))
    }

    #[test]
    fn things_go_one_at_a_time_in_the_visitors_order_after_a_reload_too() {
        let mut outbox = Outbox::restored(vec![say(2, "b"), say(1, "a")]);
        assert_eq!(sent(&mut outbox).as_deref(), Some("a"));
        assert_eq!(sent(&mut outbox), None, "one at a time");
        outbox.lost();
        assert!(outbox.is_stuck());
        assert_eq!(sent(&mut outbox).as_deref(), Some("a"), "what may be lost is sent again first");
        assert!(outbox.accepted(&id("a")));
        assert!(!outbox.accepted(&id("a")));
        assert_eq!(sent(&mut outbox).as_deref(), Some("b"));
    }

    #[test]
    fn what_the_edge_has_no_time_for_waits_as_long_as_it_says_and_is_not_lost() {
        let mut outbox = Outbox::restored(vec![say(1, "a"), say(2, "b")]);
        outbox.send_next();
        outbox.hold(5_000);
        assert!(outbox.is_held(4_999) && outbox.is_stuck());
        assert!(!outbox.is_held(5_000));
        assert_eq!(sent(&mut outbox).as_deref(), Some("a"), "in its order");
        assert!(outbox.slots().iter().all(|slot| slot.delivery == Delivery::Waiting));
    }

    #[test]
    fn an_event_with_its_id_confirms_an_entry() {
        let outbox = Outbox::restored(vec![say(1, "e1"), say(2, "other")]);
        assert_eq!(outbox.confirmed_by(&[event(1, said_by_visitor("x"))]), [id("e1")]);
    }

    #[test]
    fn words_that_are_refused_stay_until_the_visitor_lets_go_of_them() {
        let mut outbox = Outbox::restored(vec![say(1, "a"), say(2, "b")]);
        outbox.send_next();
        assert_eq!(outbox.refused(None, ApiError::new(ErrorCode::MessageTooLong)), None);
        assert!(matches!(outbox.slots()[0].delivery, Delivery::Failed(_)));
        assert_eq!(sent(&mut outbox).as_deref(), Some("b"), "one that failed does not stop the others");
        outbox.lost();
        outbox.retry(&id("a"));
        assert_eq!(sent(&mut outbox).as_deref(), Some("a"));
        assert_eq!(outbox.forget(&id("a")).map(|entry| entry.at), Some(1));
    }

    #[test]
    fn an_answer_to_a_closed_question_is_dropped() {
        let mut outbox = Outbox::restored(vec![helped("h", "q")]);
        assert!(outbox.answers(&id("q")) && outbox.asks_person(&conversation('a')));
        outbox.send_next();
        assert_eq!(outbox.refused(None, ApiError::new(ErrorCode::UnknownEvent)), Some(id("h")));
        assert!(outbox.slots().is_empty());
    }
}
