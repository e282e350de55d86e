//! Where each object is: by which name it is found.

use super::address::Address;
use super::ask::{Class, Remote};
use super::conversation::Conversation;
use super::inbox::Inbox;
use super::library::Library;
use super::spare::Spare;
use super::visitor::Visitor;
use super::workspace::Workspace;
use crate::failure::Failure;
use crate::names::{AddressName, ObjectName};
use crate::proof::digest;
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use worker::{Env, State};

impl Conversation {
    /// The object of a conversation.
    pub(crate) fn of(env: &Env, workspace: &WorkspaceId, id: &ConversationId) -> Result<Remote<Self>, Failure> {
        Self::named(env, &Self::name_of(workspace, id))
    }

    /// The name of a conversation's object.
    pub(crate) fn name_of(workspace: &WorkspaceId, id: &ConversationId) -> ObjectName {
        ObjectName::new(hidden(workspace, id.as_str()))
    }

    /// The object of a conversation of which only that name is known.
    pub(crate) fn named(env: &Env, name: &ObjectName) -> Result<Remote<Self>, Failure> {
        find(env, name.as_str())
    }
}

impl Visitor {
    /// The object of a visitor.
    pub(crate) fn of(env: &Env, workspace: &WorkspaceId, id: &VisitorId) -> Result<Remote<Self>, Failure> {
        Self::named(env, &Self::name_of(workspace, id))
    }

    /// The name of a visitor's object.
    pub(crate) fn name_of(workspace: &WorkspaceId, id: &VisitorId) -> ObjectName {
        ObjectName::new(hidden(workspace, id.as_str()))
    }

    /// The object of a visitor of which only that name is known.
    pub(crate) fn named(env: &Env, name: &ObjectName) -> Result<Remote<Self>, Failure> {
        find(env, name.as_str())
    }
}

impl Address {
    /// The object that counts what comes from a network address.
    pub(crate) fn of(env: &Env, workspace: &WorkspaceId, name: &AddressName) -> Result<Remote<Self>, Failure> {
        find(env, &hidden(workspace, name.as_str()))
    }
}

impl Inbox {
    /// The object of a workspace's inbox.
    pub(crate) fn of(env: &Env, workspace: &WorkspaceId) -> Result<Remote<Self>, Failure> {
        find(env, &of_workspace(workspace))
    }
}

impl Library {
    /// The object of a workspace's library.
    pub(crate) fn of(env: &Env, workspace: &WorkspaceId) -> Result<Remote<Self>, Failure> {
        find(env, &of_workspace(workspace))
    }
}

impl Workspace {
    /// The object of a workspace.
    pub(crate) fn of(env: &Env, workspace: &WorkspaceId) -> Result<Remote<Self>, Failure> {
        find(env, Self::name_of(workspace).as_str())
    }

    /// The name of a workspace's object.
    pub(crate) fn name_of(workspace: &WorkspaceId) -> ObjectName {
        ObjectName::new(of_workspace(workspace))
    }
}

impl Spare {
    /// The object in which another one puts something aside.
    pub(crate) fn of(env: &Env, state: &State) -> Result<Remote<Self>, Failure> {
        find(env, &state.id().to_string())
    }
}

fn find<C: Class>(env: &Env, name: &str) -> Result<Remote<C>, Failure> {
    Ok(Remote::new(env.durable_object(C::NAME)?.get_by_name(name)?))
}

fn of_workspace(workspace: &WorkspaceId) -> String {
    [workspace.as_str(), "/"].concat()
}

/// The platform keeps the names of objects for ever, also of those that were erased: what belongs to a person has a name from
/// which nothing can be read.
fn hidden(workspace: &WorkspaceId, rest: &str) -> String {
    digest(&[workspace.as_str(), "/", rest].concat())
}
