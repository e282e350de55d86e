//! The door to what was asked and not answered: for programs with the publish token, and for agents with their session.

use super::assistant::require_team;
use super::{Answer, query};
use crate::calls::Library;
use crate::calls::library::{DismissUnanswered, ListUnanswered};
use crate::failure::Failure;
use crate::http::{json, no_content, read_json};
use crate::origin;
use shared::ids::WorkspaceId;
use shared::learning::{Dismissals, MAX_DISMISSALS};
use shared::protocol::{ApiError, ErrorCode, MAX_BODY};
use worker::{Env, Request};

/// `GET unanswered?locale=&after=`: a page of groups, in one language or in all.
pub(super) async fn list(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    require_team(&mut request, env, workspace, origin::refuse_foreign).await?;
    let (locale, after) = (query(&request, "locale")?, query(&request, "after")?);
    let workspace = workspace.clone();
    json(&Library::of(env, &workspace)?.ask(ListUnanswered { workspace: workspace.clone(), locale, after }).await?)
}

/// `POST unanswered`: what needs no article.
pub(super) async fn dismiss(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    require_team(&mut request, env, workspace, origin::require_own).await?;
    let Dismissals { dismissed } = read_json(&mut request, MAX_BODY).await?;
    if dismissed.is_empty() || dismissed.len() > MAX_DISMISSALS {
        let sentence = "Send the numbers of between 1 and 500 groups. Nothing was stored.";
        return Err(Failure::from(ApiError::with(ErrorCode::InvalidRequest, sentence)));
    }
    Library::of(env, workspace)?.ask(DismissUnanswered { workspace: workspace.clone(), dismissed }).await?;
    no_content()
}
