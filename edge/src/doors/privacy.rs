//! The doors for what is kept about a visitor: for the visitor, who shows the token, and for agents, who are asked to do it
//! for somebody.

use super::agent::who_is;
use super::visitor::parse_conversation;
use super::{Answer, sought};
use crate::address;
use crate::arrivals;
use crate::calls::conversation::Whose;
use crate::calls::visitor::{Erase, Export, Remember};
use crate::calls::workspace::Exists;
use crate::calls::{Draw, Visitor, Workspace};
use crate::failure::Failure;
use crate::http::json;
use crate::platform::now;
use crate::proof::{self, visitor_token};
use crate::{keys, origin};
use shared::ids::{VisitorId, WorkspaceId};
use shared::limits::Kind;
use shared::protocol::{Erasure, ErrorCode, VisitorExport, VisitorOf};
use worker::{Env, Request};

/// `GET visitors/me/export`.
pub(super) async fn export_mine(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let visitor = me(request, env, workspace).await?;
    export(env, workspace, visitor).await
}

/// `DELETE visitors/me`.
pub(super) async fn erase_me(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let visitor = me(request, env, workspace).await?;
    erase(env, workspace, visitor).await
}

/// `GET visitors/{id}/export`.
pub(super) async fn export_one(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    // Browsers send no origin with a page's own GET, so only a foreign one can be told.
    origin::refuse_foreign(request, env)?;
    who_is(request, env, workspace, None).await?;
    export(env, workspace, parse(id)?).await
}

/// `DELETE visitors/{id}`.
pub(super) async fn erase_one(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    origin::require_own(request, env)?;
    who_is(request, env, workspace, None).await?;
    erase(env, workspace, parse(id)?).await
}

/// `GET conversations/{id}/visitor`.
pub(super) async fn visitor_of(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    who_is(request, env, workspace, None).await?;
    let conversation = parse_conversation(id)?;
    let visitor = sought::for_agent(env, workspace, &conversation).await?.ask(Whose).await?;
    let history = Visitor::of(env, workspace, &visitor)?.ask(Remember { but: conversation }).await?;
    json(&VisitorOf { visitor, profile: history.profile })
}

/// The visitor whose token it is, in a workspace that is there, unless the address asks too often.
async fn me(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<VisitorId, Failure> {
    origin::refuse_foreign(request, env)?;
    let token = visitor_token(request)?;
    let visitor = proof::visitor(env, workspace, &token, &keys::for_token(env, workspace, &token).await?)?.id;
    Workspace::of(env, workspace)?.ask(Exists).await?;
    let from = arrivals::knock(request, env)?;
    address::take(env, workspace, &from, vec![Draw::one(Kind::Privacy)]).await?;
    Ok(visitor)
}

async fn export(env: &Env, workspace: &WorkspaceId, visitor: VisitorId) -> Answer {
    let export = match sought::visitor(env, workspace, &visitor).await? {
        Some(object) => object.ask(Export { workspace: workspace.clone(), visitor }).await?,
        None => {
            VisitorExport { visitor, exported_at: now(), profile: None, threads: Vec::new(), conversations: Vec::new() }
        }
    };
    let response = json(&export)?;
    response.headers().set("content-disposition", "attachment; filename=\"export.json\"")?;
    Ok(response)
}

async fn erase(env: &Env, workspace: &WorkspaceId, visitor: VisitorId) -> Answer {
    match sought::visitor(env, workspace, &visitor).await? {
        Some(object) => json(&object.ask(Erase { workspace: workspace.clone(), visitor }).await?),
        None => json(&Erasure { left: 0 }),
    }
}

/// A visitor's public name; what cannot be one is at no door.
fn parse(id: &str) -> Result<VisitorId, Failure> {
    VisitorId::parse(id).map_err(|_| ErrorCode::UnknownDoor.into())
}
