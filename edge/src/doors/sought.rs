//! Objects that strangers name are looked for before they are asked: to wake one that never was makes its database, which stays. And
//! an address may name such objects for a while only.

use crate::address;
use crate::arrivals;
use crate::calls::ask::Remote;
use crate::calls::{Conversation, Visitor, Workspace};
use crate::failure::Failure;
use crate::names::{AddressName, ObjectName};
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::protocol::ErrorCode;
use worker::{Env, Request};

/// A conversation that somebody has named.
pub(super) struct Sought {
    pub(super) object: Remote<Conversation>,
    /// Whether it may be asked: false only if it was certainly never begun.
    pub(super) may_be: bool,
    name: ObjectName,
    from: AddressName,
}

impl Sought {
    /// Looks for it, unless the address has named too much that is not there.
    pub(super) async fn new(
        env: &Env,
        workspace: &WorkspaceId,
        id: &ConversationId,
        from: AddressName,
    ) -> Result<Self, Failure> {
        let name = Conversation::name_of(workspace, id);
        let object = Conversation::named(env, &name)?;
        let mut may_be = arrivals::seek(&from, name.as_str())?;
        if !may_be {
            let stored = Conversation::is_stored(env, &name).await?;
            if stored == Some(true) {
                arrivals::found(&from, name.as_str());
            }
            may_be = stored != Some(false);
        }
        Ok(Self { object, may_be, name, from })
    }

    /// Refuses one that was never begun.
    pub(super) fn there(self) -> Result<Self, Failure> {
        if self.may_be { Ok(self) } else { Err(ErrorCode::UnknownConversation.into()) }
    }

    /// Notes what its answer says of it.
    pub(super) fn noted<T>(&self, answer: Result<T, Failure>) -> Result<T, Failure> {
        match &answer {
            Ok(_) => arrivals::found(&self.from, self.name.as_str()),
            Err(Failure::Refused(error)) if error.code == ErrorCode::UnknownConversation => {
                arrivals::lost(self.name.as_str());
            }
            Err(_) => {}
        }
        answer
    }
}

/// A conversation that an agent names.
pub(super) async fn for_agent(
    env: &Env,
    workspace: &WorkspaceId,
    id: &ConversationId,
) -> Result<Remote<Conversation>, Failure> {
    let name = Conversation::name_of(workspace, id);
    if Conversation::is_stored(env, &name).await? == Some(false) {
        return Err(ErrorCode::UnknownConversation.into());
    }
    Conversation::named(env, &name)
}

/// A visitor who proves who they are; none if they certainly never did anything.
pub(super) async fn visitor(
    env: &Env,
    workspace: &WorkspaceId,
    id: &VisitorId,
) -> Result<Option<Remote<Visitor>>, Failure> {
    let name = Visitor::name_of(workspace, id);
    if Visitor::is_stored(env, &name).await? == Some(false) { Ok(None) } else { Visitor::named(env, &name).map(Some) }
}

/// Refuses a workspace that certainly never was.
pub(super) async fn workspace(request: &Request, env: &Env, id: &WorkspaceId) -> Result<(), Failure> {
    let from = address::of(request, env)?;
    let name = Workspace::name_of(id);
    if arrivals::seek(&from, name.as_str())? {
        return Ok(());
    }
    match Workspace::is_stored(env, &name).await? {
        Some(false) => Err(ErrorCode::UnknownWorkspace.into()),
        // Where that cannot be known, an object that stores nothing leaves nothing either.
        Some(true) | None => {
            arrivals::found(&from, name.as_str());
            Ok(())
        }
    }
}
