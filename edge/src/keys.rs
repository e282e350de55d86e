//! The keys with which a workspace's site signs who a visitor is, as the worker knows them.
//!
//! The workspace keeps them. The worker remembers them for some seconds and hands them to the object that checks the token, so that
//! no message waits for a call to the workspace.

use crate::calls::Workspace;
use crate::calls::workspace::ListIdentityKeys;
use crate::failure::Failure;
use crate::platform::now;
use crate::proof::{visitor, visitor_token};
use shared::ids::{VisitorToken, WorkspaceId};
use shared::protocol::{ErrorCode, Millis};
use shared::readership::Reader;
use std::cell::RefCell;
use std::collections::BTreeMap;
use worker::{Env, Request};

/// How long a key that was renewed may be unknown, or one that has ended be taken still.
const REMEMBERED_MS: Millis = 10_000;
/// How many workspaces are remembered at once. More are asked again.
const MOST: usize = 1_000;

struct Known {
    keys: Vec<String>,
    at: Millis,
}

thread_local! {
    static KNOWN: RefCell<BTreeMap<String, Known>> = const { RefCell::new(BTreeMap::new()) };
}

/// The keys that a socket's greeting may need. A workspace that is not there has none, which its visitor is told after the greeting.
pub(crate) async fn for_socket(env: &Env, workspace: &WorkspaceId) -> Result<Vec<String>, Failure> {
    match of(env, workspace).await {
        Err(Failure::Refused(error)) if error.code == ErrorCode::UnknownWorkspace => Ok(Vec::new()),
        known => known,
    }
}

async fn of(env: &Env, workspace: &WorkspaceId) -> Result<Vec<String>, Failure> {
    let since = now().saturating_sub(REMEMBERED_MS);
    let fresh = |known: &Known| (since..=now()).contains(&known.at);
    let remembered =
        KNOWN.with_borrow(|all| all.get(workspace.as_str()).filter(|one| fresh(one)).map(|one| one.keys.clone()));
    if let Some(keys) = remembered {
        return Ok(keys);
    }
    let keys = Workspace::of(env, workspace)?.ask(ListIdentityKeys).await?;
    KNOWN.with_borrow_mut(|all| {
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(String::from(workspace.as_str()), Known { keys: keys.clone(), at: now() });
    });
    Ok(keys)
}

/// The workspace has another key: it is asked anew.
pub(crate) fn forget(workspace: &WorkspaceId) {
    KNOWN.with_borrow_mut(|all| all.remove(workspace.as_str()));
}

/// The keys that a token needs: a visitor's own secret needs none.
pub(crate) async fn for_token(
    env: &Env,
    workspace: &WorkspaceId,
    token: &VisitorToken,
) -> Result<Vec<String>, Failure> {
    if token.is_identity() { of(env, workspace).await } else { Ok(Vec::new()) }
}

/// Who reads what is published: the audiences that the site has signed, if the request has such a token. A request without one, or
/// with one that is not valid any more, is of somebody of whom nothing is known: what everybody may read is never refused.
pub(crate) async fn reader(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Reader, Failure> {
    let Some(token) = visitor_token(request).ok().filter(VisitorToken::is_identity) else {
        return Ok(Reader::everybody());
    };
    let keys = for_token(env, workspace, &token).await?;
    let said = visitor(env, workspace, &token, &keys).ok().and_then(|visitor| visitor.said);
    Ok(said.map(|said| Reader::of(said.profile.audience)).unwrap_or_default())
}
