//! Who is signed in, and what they reach the edge and the browser's store by.

use super::names::Names;
use crate::io::http::{Doors, Failure};
use crate::model::fetched::Fetched;
use leptos::prelude::*;
use shared::ids::AgentId;
use shared::protocol::Me;

/// An agent's session. It is a handful of handles, as every part of the desk: copying it copies nothing that it holds.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// The edge's doors.
    pub(super) doors: StoredValue<Doors>,
    /// The names under which the browser keeps what is this workspace's.
    pub(super) names: StoredValue<Names>,
    /// Set once the edge has said that nobody is signed in.
    pub(super) expired: RwSignal<bool>,
    me: StoredValue<Me>,
    /// Set for as long as the desk's view is there.
    has_view: StoredValue<bool>,
}

impl Session {
    /// The session of an agent whose desk is not drawn yet.
    pub(super) fn new(doors: Doors, me: Me, names: Names, expired: RwSignal<bool>) -> Self {
        Self {
            doors: StoredValue::new(doors),
            names: StoredValue::new(names),
            expired,
            me: StoredValue::new(me),
            has_view: StoredValue::new(false),
        }
    }

    /// The agent's own id.
    pub(crate) fn my_id(self) -> AgentId {
        self.me.with_value(|me| me.id.clone())
    }

    /// The agent's own name.
    pub(crate) fn my_name(self) -> String {
        self.me.with_value(|me| me.name.clone())
    }

    /// Whether an id is the agent's own.
    pub(crate) fn is_me(self, id: &AgentId) -> bool {
        self.me.with_value(|me| me.id == *id)
    }

    /// Whether an agent still sits here: what is on its way may end after they have left.
    pub(super) fn is_seated(self) -> bool {
        self.has_view.get_value() && !self.expired.get_untracked()
    }

    /// The desk's view has come or gone.
    pub(super) fn set_has_view(self, has_view: bool) {
        self.has_view.set_value(has_view);
    }

    /// What a failure means for the desk as a whole.
    pub(super) fn failed(self, failure: &Failure) {
        if failure.is_signed_out() {
            self.expired.set(true);
        }
    }

    /// What is there of something that was asked for and did not come.
    pub(super) fn without<T>(self, failure: &Failure) -> Fetched<T> {
        self.failed(failure);
        if failure.is_no_door() { Fetched::Absent } else { Fetched::Failed }
    }
}
