//! The door for publishing the help centre.

use super::Answer;
use crate::calls::Workspace;
use crate::calls::workspace::Publish;
use crate::failure::Failure;
use crate::http::{discard_body, document, json, read_json_text};
use crate::platform;
use crate::proof::{bearer, same_secret};
use shared::ids::WorkspaceId;
use shared::problem::Problem;
use shared::protocol::{Content, ErrorCode, MAX_CONTENT};
use worker::{Env, Request};

/// `PUT content`.
pub(super) async fn publish(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let given = bearer(&request)?;
    let wanted = platform::text(env, "PUBLISH_TOKEN").ok_or(ErrorCode::WrongToken)?;
    if !same_secret(&given, &wanted) {
        discard_body(&mut request).await;
        return Err(ErrorCode::WrongToken.into());
    }
    let body = read_json_text(&mut request, MAX_CONTENT).await?;
    let (content, problems): (Content, _) = document(&body)?;
    if !problems.iter().all(Problem::is_warning) {
        return Err(Failure::Problems(problems));
    }
    let content = Box::new(content);
    let mut published = Workspace::of(env, workspace)?.ask(Publish { content }).await?;
    // The object knows hashes; addresses are the worker's.
    for index in &mut published.indexes {
        index.url = ["/w/", workspace.as_str(), "/index/", &index.locale, ".", &index.url, ".bin"].concat();
    }
    published.warnings = problems;
    json(&published)
}
