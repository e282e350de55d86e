//! The door for people who ask why the assistant says something about a text, or nothing.

use super::agent::who_is;
use super::{Answer, publisher};
use crate::calls::Library;
use crate::calls::library::ExplainAssistant;
use crate::failure::Failure;
use crate::http::{json, read_json};
use crate::origin;
use crate::proof::has_bearer;
use shared::ids::WorkspaceId;
use shared::protocol::{AssistantExplainRequest, ErrorCode, MAX_BODY};
use worker::{Env, Request};

/// `POST assistant/explain`: for agents with their session, and for programs with the publish token.
pub(super) async fn explain(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    require_team(&mut request, env, workspace, origin::refuse_foreign).await?;
    let AssistantExplainRequest { case } = read_json(&mut request, MAX_BODY).await?;
    let asked = ExplainAssistant { workspace: workspace.clone(), case: Box::new(case) };
    json(&Library::of(env, workspace)?.ask(asked).await?)
}

/// Refuses a request that comes neither with the publish token nor with an agent's session from an origin that may use it.
pub(super) async fn require_team(
    request: &mut Request,
    env: &Env,
    workspace: &WorkspaceId,
    origin: fn(&Request, &Env) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if !publishes(request, env, workspace).await? {
        origin(request, env)?;
        who_is(request, env, workspace, None).await?;
    }
    Ok(())
}

/// Whether a request comes with the publish token. A wrong one proves as little as none, and is counted.
async fn publishes(request: &mut Request, env: &Env, workspace: &WorkspaceId) -> Result<bool, Failure> {
    if !has_bearer(request) {
        return Ok(false);
    }
    match publisher::require_token(request, env, workspace).await {
        Ok(_) => Ok(true),
        Err(Failure::Refused(error)) if error.code == ErrorCode::WrongToken => Ok(false),
        Err(failure) => Err(failure),
    }
}
