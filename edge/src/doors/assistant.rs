//! The door for people who ask why the assistant says something about a text, or nothing.

use super::agent::who_is;
use super::{Answer, publisher};
use crate::calls::Workspace;
use crate::calls::workspace::ExplainAssistant;
use crate::http::{json, read_json};
use crate::origin;
use shared::ids::WorkspaceId;
use shared::protocol::{AssistantExplainRequest, MAX_BODY};
use worker::{Env, Request};

/// `POST assistant/explain`: for agents with their session, and for programs with the publish token.
pub(super) async fn explain(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    if !publisher::has_token(&request, env) {
        origin::refuse_foreign(&request, env)?;
        who_is(&request, env, workspace, None).await?;
    }
    let AssistantExplainRequest { case } = read_json(&mut request, MAX_BODY).await?;
    json(&Workspace::of(env, workspace)?.ask(ExplainAssistant { case: Box::new(case) }).await?)
}
