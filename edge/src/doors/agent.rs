//! The doors for agents.

use super::visitor::parse_conversation;
use super::{look, number, query, require_socket, wanted_locale};
use crate::address;
use crate::failure::Failure;
use crate::http::{json, no_content, read_json};
use crate::objects::{
    self, Caller, ConversationOp, Draw, InboxOp, Look, Presence, SESSION_DAYS, SignedIn, Terms, WorkspaceOp, call,
};
use crate::platform;
use crate::proof::{SESSION_COOKIE, digest, require_own_origin, same_secret, session};
use shared::ids::{ConversationId, WorkspaceId};
use shared::limits::Kind;
use shared::protocol::{
    AgentCommandRequest, ArticleRef, Author, Events, ExplainRequest, InboxFrame, Invitation, MAX_BODY, Me, Report,
    Roster, Setup, SetupState, SignIn, Summary,
};
use shared::routing::Explanation;
use worker::{Env, Request, Response};

/// Four weeks, so that every day of the week counts as often.
const USUAL_REPORT_DAYS: u32 = 28;

/// `GET setup`.
pub(super) async fn setup_state(env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    let state: SetupState = call(&objects::workspace(env, workspace)?, &WorkspaceOp::SetupState).await?;
    json(&state)
}

/// `POST setup`.
pub(super) async fn setup(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    let setup: Setup = read_json(&mut request, MAX_BODY).await?;
    take_guess(&request, env, workspace).await?;
    let is_owner = platform::text(env, "SETUP_TOKEN").is_some_and(|wanted| same_secret(&setup.token, &wanted));
    let operation = WorkspaceOp::Setup { setup, is_owner };
    let signed_in: SignedIn = call(&objects::workspace(env, workspace)?, &operation).await?;
    with_cookie(&request, workspace, signed_in)
}

/// `POST session`.
pub(super) async fn sign_in(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    let sign_in: SignIn = read_json(&mut request, MAX_BODY).await?;
    take_guess(&request, env, workspace).await?;
    let signed_in: SignedIn = call(&objects::workspace(env, workspace)?, &WorkspaceOp::SignIn(sign_in)).await?;
    with_cookie(&request, workspace, signed_in)
}

/// `GET session`.
pub(super) async fn me(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    json(&who_is(request, env, workspace, None).await?)
}

/// `DELETE session`.
pub(super) async fn sign_out(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(request)?;
    let session = session(request)?;
    let seen = digest(&session);
    let opened: Vec<String> = call(&objects::workspace(env, workspace)?, &WorkspaceOp::SignOut { session }).await?;
    close_sockets(env, workspace, &seen, opened).await;
    let response = no_content()?;
    response.headers().set("set-cookie", &cookie(request, workspace, "", 0)?)?;
    Ok(response)
}

/// `GET inbox`.
pub(super) async fn inbox(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    who_is(request, env, workspace, None).await?;
    let summaries: Vec<Summary> = call(&objects::inbox(env, workspace)?, &InboxOp::List).await?;
    json(&InboxFrame::Snapshot(summaries))
}

/// `GET inbox/live`.
pub(super) async fn inbox_live(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_socket(request)?;
    let author = author(who_is(request, env, workspace, None).await?);
    let caller = Caller::Agent { author, session: digest(&session(request)?) };
    objects::connect(&objects::inbox(env, workspace)?, &caller).await
}

/// `GET inbox/articles`.
pub(super) async fn articles(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    who_is(request, env, workspace, None).await?;
    let operation = WorkspaceOp::Articles { locale: wanted_locale(request)? };
    let articles: Vec<ArticleRef> = call(&objects::workspace(env, workspace)?, &operation).await?;
    json(&articles)
}

/// `GET team`.
pub(super) async fn team(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    who_is(request, env, workspace, None).await?;
    let mut roster: Roster = call(&objects::workspace(env, workspace)?, &WorkspaceOp::Roster).await?;
    let presence: Presence = call(&objects::inbox(env, workspace)?, &InboxOp::Presence).await?;
    for agent in &mut roster.agents {
        agent.present = presence.present.contains(&agent.id);
        agent.open = presence.desks.iter().find(|desk| desk.agent == agent.id).map_or(0, |desk| desk.open);
    }
    json(&roster)
}

/// `POST invitations`.
pub(super) async fn invite(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(request)?;
    who_is(request, env, workspace, None).await?;
    let invitation: Invitation = call(&objects::workspace(env, workspace)?, &WorkspaceOp::Invite).await?;
    json(&invitation)
}

/// `POST routing/explain`.
pub(super) async fn explain(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    who_is(&request, env, workspace, None).await?;
    let ExplainRequest { case } = read_json(&mut request, MAX_BODY).await?;
    let operation = WorkspaceOp::Explain(Box::new(case));
    let explanation: Explanation = call(&objects::workspace(env, workspace)?, &operation).await?;
    json(&explanation)
}

/// `GET report?days=`.
pub(super) async fn report(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Response, Failure> {
    who_is(request, env, workspace, None).await?;
    let days = query(request, "days")?.map_or(Ok(USUAL_REPORT_DAYS), |days| number(&days))?;
    let report: Report = call(&objects::inbox(env, workspace)?, &InboxOp::Report { days }).await?;
    let terms: Terms = call(&objects::workspace(env, workspace)?, &WorkspaceOp::Terms).await?;
    json(&Report { promises: terms.promises, ..report })
}

/// `POST conversations/{id}/agent-commands`.
pub(super) async fn command(
    mut request: Request,
    env: &Env,
    workspace: &WorkspaceId,
    id: &str,
) -> Result<Response, Failure> {
    require_own_origin(&request)?;
    let agent = author(who_is(&request, env, workspace, None).await?);
    let object = objects::conversation(env, workspace, &parse_conversation(id)?)?;
    let AgentCommandRequest { have, command } = read_json(&mut request, MAX_BODY).await?;
    let events: Events =
        call(&object, &ConversationOp::Agent { agent, look: Look::at_once(have), command: Some(command) }).await?;
    json(&events)
}

/// `GET conversations/{id}/agent-events`.
pub(super) async fn events(
    request: &Request,
    env: &Env,
    workspace: &WorkspaceId,
    id: &str,
) -> Result<Response, Failure> {
    let agent = author(who_is(request, env, workspace, None).await?);
    let object = objects::conversation(env, workspace, &parse_conversation(id)?)?;
    let operation = ConversationOp::Agent { agent, look: look(request)?, command: None };
    let events: Events = call(&object, &operation).await?;
    json(&events)
}

/// `GET conversations/{id}/agent-live`.
pub(super) async fn live(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Result<Response, Failure> {
    require_socket(request)?;
    // A conversation that cannot be is refused only to those who may ask.
    let id = parse_conversation(id);
    let author = author(who_is(request, env, workspace, id.as_ref().ok()).await?);
    let object = objects::conversation(env, workspace, &id?)?;
    objects::connect(&object, &Caller::Agent { author, session: digest(&session(request)?) }).await
}

/// Counts a guess of a password or a token against its address.
async fn take_guess(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<(), Failure> {
    let _exists: () = call(&objects::workspace(env, workspace)?, &WorkspaceOp::Exists).await?;
    let from = address::of(request, env)?;
    address::take(env, workspace, &from, vec![Draw::one(Kind::SignIn)]).await
}

/// Closes what a session that has ended had opened. The session is over whether or not they can be reached.
async fn close_sockets(env: &Env, workspace: &WorkspaceId, seen: &str, opened: Vec<String>) {
    let of_inbox = async {
        let end = InboxOp::EndSession { session: String::from(seen) };
        call::<_, ()>(&objects::inbox(env, workspace)?, &end).await
    };
    if let Err(failure) = of_inbox.await {
        failure.log();
    }
    for name in opened {
        let of_conversation = async {
            let end = ConversationOp::EndSession { session: String::from(seen) };
            call::<_, ()>(&objects::conversation_named(env, &name)?, &end).await
        };
        if let Err(failure) = of_conversation.await {
            failure.log();
        }
    }
}

/// The agent of the session, who may be about to open a socket to a conversation.
pub(super) async fn who_is(
    request: &Request,
    env: &Env,
    workspace: &WorkspaceId,
    opens: Option<&ConversationId>,
) -> Result<Me, Failure> {
    let operation = WorkspaceOp::WhoIs {
        session: session(request)?,
        opens: opens.map(|id| objects::conversation_name(workspace, id)),
    };
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
