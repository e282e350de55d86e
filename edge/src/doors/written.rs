//! The door to what a language model has written about articles: for programs with the publish token, and for agents with their session.

use super::assistant::require_team;
use super::{Answer, query};
use crate::calls::Library;
use crate::calls::library::{DecideWritten, ListWritten};
use crate::failure::Failure;
use crate::http::{json, no_content, read_json};
use crate::origin;
use shared::ids::WorkspaceId;
use shared::protocol::{ApiError, ErrorCode, MAX_BODY};
use shared::publishing::MAX_PHRASE_CHARS;
use shared::written::{Decision, DecisionAbout, Decisions, MAX_DECISIONS};
use worker::{Env, Request};

/// `GET written?after=`: a page of proposals.
pub(super) async fn list(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    require_team(&mut request, env, workspace, origin::refuse_foreign).await?;
    let after = query(&request, "after")?;
    json(&Library::of(env, workspace)?.ask(ListWritten { workspace: workspace.clone(), after }).await?)
}

/// `POST written`: what people decide.
pub(super) async fn decide(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    require_team(&mut request, env, workspace, origin::require_own).await?;
    let Decisions { decisions } = read_json(&mut request, MAX_BODY).await?;
    if decisions.is_empty() || decisions.len() > MAX_DECISIONS {
        return Err(refused("Send between 1 and 500 decisions."));
    }
    decisions.iter().try_for_each(check)?;
    Library::of(env, workspace)?.ask(DecideWritten { workspace: workspace.clone(), decisions }).await?;
    no_content()
}

/// Only one that is accepted has another text, and that is a phrase.
fn check(one: &DecisionAbout) -> Result<(), Failure> {
    match &one.edited {
        None => Ok(()),
        Some(_) if one.decision != Decision::Accepted => {
            Err(refused("Only a proposal that is accepted can be edited."))
        }
        Some(text) if text.trim().is_empty() || text.chars().count() > MAX_PHRASE_CHARS => {
            Err(refused("The edited text has between 1 and 500 characters."))
        }
        Some(text) if text.chars().any(char::is_control) => Err(refused("The edited text is one line.")),
        Some(_) => Ok(()),
    }
}

fn refused(sentence: &str) -> Failure {
    ApiError::with(ErrorCode::InvalidRequest, [sentence, " Nothing was stored."].concat()).into()
}
