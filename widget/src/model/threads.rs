//! The visitor's conversations, newest first.

use shared::client::Transcript;
use shared::conversation::{last_for_visitor, one_line};
use shared::ids::ConversationId;
use shared::protocol::{Millis, Status, Thread};

/// A thread of which nothing was heard for three days has hardly anybody left who is about to write in it.
const GROWS_MS: Millis = 3 * 24 * 60 * 60 * 1_000;

/// The list, as the edge gave it and as the open conversation has changed it since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List(Vec<Thread>);

impl List {
    /// The list that the edge gave.
    pub fn new(threads: Vec<Thread>) -> Self {
        Self(threads)
    }

    /// The threads, newest first.
    pub fn threads(&self) -> &[Thread] {
        &self.0
    }

    /// The newest thread that is not solved: the one to keep up to date while another or none is open.
    pub fn current(&self) -> Option<&ConversationId> {
        self.0.iter().find(|thread| thread.status != Status::Resolved).map(|thread| &thread.id)
    }

    /// The newest thread with something in it that the visitor has not seen.
    pub fn fresh(&self) -> Option<&Thread> {
        self.0.iter().find(|thread| thread.unread > 0)
    }

    /// Whether somebody may write in another thread than the one that is followed.
    pub fn may_grow(&self, followed: Option<&ConversationId>, now: Millis) -> bool {
        let is_young = |thread: &&Thread| now.saturating_sub(thread.updated_at) < GROWS_MS;
        self.0.iter().filter(is_young).any(|thread| Some(&thread.id) != followed)
    }

    /// Whether the visitor waits for somebody, or has not seen what somebody said.
    pub fn waits(&self) -> bool {
        self.0
            .iter()
            .any(|thread| thread.status == Status::Waiting || thread.status == Status::Replied || thread.unread > 0)
    }

    /// Takes over what a conversation has become.
    pub fn follow(&mut self, log: &Transcript) {
        let state = log.state();
        if !state.is_open() {
            return;
        }
        let thread = Thread {
            id: log.id().clone(),
            title: one_line(&state.title),
            last: last_for_visitor(state),
            updated_at: state.updated_at,
            status: state.status,
            unread: log.unread(),
        };
        self.forget(&thread.id);
        let at = self.0.iter().position(|other| other.updated_at <= thread.updated_at).unwrap_or(self.0.len());
        self.0.insert(at, thread);
    }

    /// Forgets a conversation that is no longer there.
    pub fn forget(&mut self, id: &ConversationId) {
        self.0.retain(|thread| thread.id != *id);
    }

    /// How much the visitor has not seen, over all conversations.
    pub fn unread(&self) -> u32 {
        self.0.iter().fold(0, |sum, thread| sum.saturating_add(thread.unread))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{conversation, said_by_agent, said_by_visitor, transcript};
    use super::*;

    fn thread(name: char, updated_at: u64, status: Status, unread: u32) -> Thread {
        Thread { id: conversation(name), title: name.into(), last: name.into(), updated_at, status, unread }
    }

    #[test]
    fn the_open_conversation_takes_its_place_with_its_own_numbers() {
        let mut list = List::new(vec![thread('b', 9_000, Status::Waiting, 2), thread('a', 10, Status::Waiting, 5)]);
        list.follow(&transcript(vec![said_by_visitor("where is\nmy parcel"), said_by_agent("here")]));
        let short: Vec<_> =
            list.threads().iter().map(|thread| (thread.title.as_str(), thread.last.as_str(), thread.unread)).collect();
        assert_eq!(short, [("b", "b", 2), ("where is my parcel", "here", 1)]);
        assert_eq!(list.unread(), 3);
    }

    #[test]
    fn a_conversation_without_events_is_not_listed() {
        let mut list = List::default();
        list.follow(&transcript(vec![]));
        assert!(list.threads().is_empty());
    }

    #[test]
    fn the_newest_that_is_not_solved_is_current() {
        let list = List::new(vec![
            thread('a', 3, Status::Resolved, 0),
            thread('b', 2, Status::Replied, 0),
            thread('c', 1, Status::Waiting, 0),
        ]);
        assert_eq!(list.current(), Some(&conversation('b')));
        assert_eq!(List::default().current(), None);
    }

    #[test]
    fn a_visitor_waits_for_people_and_for_what_was_not_seen_and_for_no_assistant() {
        let waits = |status, unread| List::new(vec![thread('a', 1, status, unread)]).waits();
        assert!(waits(Status::Waiting, 0) && waits(Status::Replied, 0) && waits(Status::Resolved, 1));
        assert!(!waits(Status::Automatic, 0) && !waits(Status::Resolved, 0) && !List::default().waits());
    }

    #[test]
    fn only_another_and_a_young_thread_may_grow_unnoticed() {
        let list = List::new(vec![thread('a', GROWS_MS, Status::Resolved, 0), thread('b', 0, Status::Waiting, 0)]);
        let (a, b) = (conversation('a'), conversation('b'));
        assert!(list.may_grow(Some(&b), GROWS_MS) && list.may_grow(None, GROWS_MS));
        assert!(!list.may_grow(Some(&a), GROWS_MS) && !list.may_grow(None, 2 * GROWS_MS));
    }
}
