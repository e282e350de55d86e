//! The names under which the browser keeps things.

use shared::client::kept_as;
use shared::ids::{AgentId, WorkspaceId};

/// The names under which the browser keeps things; each workspace has its own.
#[derive(Debug, Clone)]
pub(crate) struct Names(WorkspaceId);

impl Names {
    /// The names of a workspace.
    pub(crate) fn new(workspace: &WorkspaceId) -> Self {
        Self(workspace.clone())
    }

    /// What an agent has typed in a conversation and not sent, on the device; without an id, what the names of all of an agent's
    /// begin with.
    pub(crate) fn draft(&self, agent: &AgentId, conversation: &str) -> String {
        [&self.name("draft:"), agent.as_str(), ":", conversation].concat()
    }

    /// All drafts, in the tab, as older builds kept them.
    pub(crate) fn drafts_of_tab(&self) -> String {
        self.name("drafts")
    }

    /// A command that is not delivered yet, on the device; without an id, what the names of all of an agent's begin with.
    pub(crate) fn undelivered(&self, agent: &AgentId, id: &str) -> String {
        [&self.name("out:"), agent.as_str(), ":", id].concat()
    }

    /// The whole outbox, in the tab, as older builds kept it.
    pub(crate) fn outbox_of_tab(&self) -> String {
        self.name("outbox")
    }

    /// Whether somebody has signed in on this device, so that nobody is asked for a session who has none.
    pub(crate) fn signed_in(&self) -> String {
        self.name("signed-in")
    }

    /// Whether single letters do nothing, on the device.
    pub(crate) fn letters_off(&self) -> String {
        self.name("letters-off")
    }

    fn name(&self, what: &str) -> String {
        kept_as(Some(&self.0), "inbox:", what)
    }
}
