//! The doors for agents.

use super::visitor::parse_conversation;
use super::{have, require_socket, wanted_locale};
use crate::failure::Failure;
use crate::http::{json, no_content, read_json};
use crate::objects::{self, Caller, ConversationOp, InboxOp, SESSION_DAYS, SignedIn, WorkspaceOp, call};
use crate::platform;
use crate::proof::{SESSION_COOKIE, require_own_origin, same_secret, session};
use shared::ids::WorkspaceId;
use shared::protocol::{
    AgentCommandRequest, ArticleRef, Author, ErrorCode, Events, InboxFrame, MAX_BODY, Me, Setup, SetupState, SignIn,
    Summary,
};
use worker::{Env, Request, Response};

/// `GET setup`.
pub(super) async fn setup_state(env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    let state: SetupState = call(&objects::workspace(env, workspace)?, &WorkspaceOp::SetupState).await?;
    json(&state)
}

/// `POST setup`.
pub(super) async fn setup(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    let setup: Setup = read_json(&mut request, MAX_BODY).await?;
    let wanted = platform::text(env, "SETUP_TOKEN").ok_or(ErrorCode::WrongToken)?;
    if !same_secret(&setup.token, &wanted) {
        return Err(ErrorCode::WrongToken.into());
    }
    let signed_in: SignedIn = call(&objects::workspace(env, workspace)?, &WorkspaceOp::Setup(setup)).await?;
    with_cookie(&request, workspace, signed_in)
}

/// `POST session`.
pub(super) async fn sign_in(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    let sign_in: SignIn = read_json(&mut request, MAX_BODY).await?;
    let signed_in: SignedIn = call(&objects::workspace(env, workspace)?, &WorkspaceOp::SignIn(sign_in)).await?;
    with_cookie(&request, workspace, signed_in)
}

/// `GET session`.
pub(super) async fn me(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    json(&who_is(request, env, workspace).await?)
}

/// `DELETE session`.
pub(super) async fn sign_out(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(request)?;
    let session = session(request)?;
    let _ended: () = call(&objects::workspace(env, workspace)?, &WorkspaceOp::SignOut { session }).await?;
    let response = no_content()?;
    response.headers().set("set-cookie", &cookie(request, workspace, "", 0)?)?;
    Ok(response)
}

/// `GET inbox`.
pub(super) async fn inbox(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    who_is(request, env, workspace).await?;
    let summaries: Vec<Summary> = call(&objects::inbox(env, workspace)?, &InboxOp::List).await?;
    json(&InboxFrame::Snapshot(summaries))
}

/// `GET inbox/live`.
pub(super) async fn inbox_live(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_socket(request)?;
    let agent = author(who_is(request, env, workspace).await?);
    objects::connect(&objects::inbox(env, workspace)?, &Caller::Agent(agent)).await
}

/// `GET inbox/articles`.
pub(super) async fn articles(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    who_is(request, env, workspace).await?;
    let operation = WorkspaceOp::Articles { locale: wanted_locale(request)? };
    let articles: Vec<ArticleRef> = call(&objects::workspace(env, workspace)?, &operation).await?;
    json(&articles)
}

/// `POST conversations/{id}/agent-commands`.
pub(super) async fn command(
    mut request: Request,
    env: &Env,
    workspace: &WorkspaceId,
    id: &str,
) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    let agent = author(who_is(&request, env, workspace).await?);
    let object = objects::conversation(env, workspace, &parse_conversation(id)?)?;
    let AgentCommandRequest { have, command } = read_json(&mut request, MAX_BODY).await?;
    let events: Events = call(&object, &ConversationOp::Agent { agent, have, command: Some(command) }).await?;
    json(&events)
}

/// `GET conversations/{id}/agent-events`.
pub(super) async fn events(
    request: &Request,
    env: &Env,
    workspace: &WorkspaceId,
    id: &str,
) -> Result<Response, Failure> {
    let agent = author(who_is(request, env, workspace).await?);
    let object = objects::conversation(env, workspace, &parse_conversation(id)?)?;
    let events: Events = call(&object, &ConversationOp::Agent { agent, have: have(request)?, command: None }).await?;
    json(&events)
}

/// `GET conversations/{id}/agent-live`.
pub(super) async fn live(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Result<Response, Failure> {
    require_socket(request)?;
    let agent = author(who_is(request, env, workspace).await?);
    objects::connect(&objects::conversation(env, workspace, &parse_conversation(id)?)?, &Caller::Agent(agent)).await
}

async fn who_is(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Me, Failure> {
    let operation = WorkspaceOp::WhoIs { session: session(request)? };
    call(&objects::workspace(env, workspace)?, &operation).await
}

fn author(me: Me) -> Author {
    Author::Agent { id: me.id, name: me.name }
}

fn with_cookie(request: &Request, workspace: &WorkspaceId, signed_in: SignedIn) -> Result<Response, Failure> {
    let response = json(&signed_in.me)?;
    let seconds = SESSION_DAYS * 24 * 60 * 60;
    response.headers().set("set-cookie", &cookie(request, workspace, &signed_in.session, seconds)?)?;
    Ok(response)
}

/// The session cookie: out of reach of scripts and of other sites, only for this workspace, and only encrypted where
/// the edge is reached by https.
fn cookie(request: &Request, workspace: &WorkspaceId, value: &str, seconds: u64) -> Result<String, Failure> {
    let path = ["; Path=/api/w/", workspace.as_str()].concat();
    let secure = if request.url()?.scheme() == "https" { "; Secure" } else { "" };
    let age = seconds.to_string();
    Ok([SESSION_COOKIE, "=", value, &path, "; HttpOnly; SameSite=Strict; Max-Age=", &age, secure].concat())
}
