//! The door for the operator, who makes workspaces and can do nothing else here.

use super::Answer;
use crate::calls::Workspace;
use crate::calls::workspace::Make;
use crate::failure::Failure;
use crate::http::{json, read_optional_json};
use crate::proof::{bearer, same_secret};
use crate::{arrivals, platform};
use shared::ids::WorkspaceId;
use shared::protocol::{ApiError, ErrorCode, MAX_BODY};
use worker::{Env, Request};

/// `PUT /api/w/{workspace}`: makes the workspace and shows its secrets, this once.
pub(super) async fn make(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let given = bearer(&request)?;
    let Some(wanted) = platform::text(env, "OPERATOR_TOKEN") else {
        let why = "This edge has no OPERATOR_TOKEN, so nobody can make a workspace. Set that secret first.";
        return Err(ApiError::with(ErrorCode::WrongToken, why).into());
    };
    if !same_secret(&given, &wanted) {
        // Counted in memory alone, and not by the name, which is the caller's invention: a guess leaves nothing behind.
        arrivals::guess(&request, env)?;
        return Err(ErrorCode::WrongToken.into());
    }
    let secrets = read_optional_json(&mut request, MAX_BODY).await?;
    let made = Workspace::of(env, workspace)?.ask(Make { workspace: workspace.clone(), secrets }).await?;
    Ok(json(&made)?.with_status(201))
}

/// What is said to somebody who would make a workspace of a name that cannot be one.
pub(super) fn no_name() -> Failure {
    let why = "A workspace's name has 1 to 40 small letters, digits and hyphens. Nothing was stored.";
    ApiError::with(ErrorCode::InvalidRequest, why).into()
}
