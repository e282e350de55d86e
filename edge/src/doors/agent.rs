//! The doors for agents.

use super::visitor::parse_conversation;
use super::{Answer, look, number, query, require_socket, sought, wanted_locale};
use crate::address;
use crate::calls::conversation::{self, AsAgent, Look};
use crate::calls::inbox::{self, CountDays, WhoIsPresent};
use crate::calls::library::ListArticles;
use crate::calls::workspace::{
    Exists, ExplainRoute, Invite, IsSetupNeeded, ListTeam, ReadTerms, SESSION_DAYS, Seated, SetUp, SignIn, SignOut,
    SignedIn, WhoIs,
};
use crate::calls::{Caller, Conversation, Draw, Inbox, Library, Workspace};
use crate::cookies::{self, Cookie};
use crate::failure::Failure;
use crate::http::{json, no_content, read_json};
use crate::names::{ObjectName, SessionDigest};
use crate::origin;
use crate::platform;
use crate::proof::{bearer, has_bearer, same_secret, session_digest};
use shared::ids::{ConversationId, WorkspaceId};
use shared::limits::Kind;
use shared::protocol::{
    AgentCommandRequest, Author, Away, ErrorCode, ExplainRequest, InboxAsk, InboxFrame, ListName, MAX_BODY, Me,
    Position, Report, Setup,
};
use worker::{Env, Request};

/// Browsers keep no cookie for longer than 400 days (RFC 6265bis, section 5.5).
const BROWSER_SECONDS: u64 = 400 * 24 * 60 * 60;
/// Four weeks, so that every day of the week counts as often.
const USUAL_REPORT_DAYS: u32 = 28;

/// `GET setup`, perhaps with the token of a link; the answer says whether it makes an agent.
pub(super) async fn setup_state(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let token = if has_bearer(request) { Some(bearer(request)?) } else { None };
    if token.is_some() {
        take_guess(request, env, workspace).await?;
    }
    let is_shared = token.as_deref().is_some_and(|token| is_shared_token(env, token));
    json(&Workspace::of(env, workspace)?.ask(IsSetupNeeded { token, is_shared }).await?)
}

/// `POST setup`.
pub(super) async fn setup(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::require_own(&request, env)?;
    let setup: Setup = read_json(&mut request, MAX_BODY).await?;
    take_guess(&request, env, workspace).await?;
    let is_shared = is_shared_token(env, &setup.token);
    let signed_in = Workspace::of(env, workspace)?.ask(SetUp { setup, is_shared }).await?;
    with_cookie(&request, workspace, signed_in)
}

/// `POST session`.
pub(super) async fn sign_in(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::require_own(&request, env)?;
    let sign_in = read_json(&mut request, MAX_BODY).await?;
    let (from, browsers) = (address::of(&request, env)?, Cookie::Browser.read(&request, env, workspace)?);
    let question = SignIn { workspace: workspace.clone(), sign_in, from, browsers };
    let signed_in = Workspace::of(env, workspace)?.ask(question).await?;
    with_cookie(&request, workspace, signed_in)
}

/// `GET session`.
pub(super) async fn me(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    json(&who_is(request, env, workspace, None).await?.me)
}

/// `DELETE session`.
pub(super) async fn sign_out(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::require_own(request, env)?;
    for session in cookies::sessions(request, env, workspace)? {
        let seen = session_digest(&session);
        let opened = Workspace::of(env, workspace)?.ask(SignOut { session }).await?;
        close_sockets(env, workspace, seen, opened).await;
    }
    let response = no_content()?;
    response.headers().set("set-cookie", &Cookie::Session.written(request, workspace, "", 0)?)?;
    Ok(response)
}

/// `GET inbox`, with `?list=` and perhaps `&open=` or `&after=RANK.ID` in pages.
pub(super) async fn inbox(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let me = who_is(request, env, workspace, None).await?.me;
    let inbox = Inbox::of(env, workspace)?;
    match inbox_ask(request)? {
        Some(ask) => json(&inbox.ask(inbox::Show { ask, agent: me.id }).await?),
        None => json(&InboxFrame::Snapshot(inbox.ask(inbox::List).await?)),
    }
}

/// What the query asks of the lists; none if it names no list.
fn inbox_ask(request: &Request) -> Result<Option<InboxAsk>, Failure> {
    let Some(list) = query(request, "list")? else { return Ok(None) };
    let list = ListName::parse(&list).ok_or(ErrorCode::InvalidRequest)?;
    let conversation = |id: &str| ConversationId::parse(id).map_err(|_| ErrorCode::InvalidRequest);
    let after = query(request, "after")?.map(|after| {
        let (rank, id) = after.split_once('.').ok_or(ErrorCode::InvalidRequest)?;
        let rank = rank.parse().map_err(|_| ErrorCode::InvalidRequest)?;
        Ok::<_, ErrorCode>(Position { rank, id: conversation(id)? })
    });
    if let Some(after) = after.transpose()? {
        return Ok(Some(InboxAsk::More { list, after: Some(after) }));
    }
    let open = query(request, "open")?.map(|id| conversation(&id)).transpose()?;
    Ok(Some(InboxAsk::Show { list, open }))
}

/// `GET inbox/live`, with `?pages` for lists in pages.
pub(super) async fn inbox_live(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    require_socket(request, env)?;
    let Seated { me, session } = who_is(request, env, workspace, None).await?;
    let pages = query(request, "pages")?.is_some();
    let caller = Caller::Agent { author: author(me), session, pages };
    Inbox::of(env, workspace)?.connect(&caller).await
}

/// `GET inbox/articles`.
pub(super) async fn articles(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    who_is(request, env, workspace, None).await?;
    let asked = ListArticles { workspace: workspace.clone(), locale: wanted_locale(request)? };
    json(&Library::of(env, workspace)?.ask(asked).await?)
}

/// `GET team`.
pub(super) async fn team(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    who_is(request, env, workspace, None).await?;
    let mut roster = Workspace::of(env, workspace)?.ask(ListTeam).await?;
    let presence = Inbox::of(env, workspace)?.ask(WhoIsPresent).await?;
    for agent in &mut roster.agents {
        agent.present = presence.present.contains(&agent.id);
        agent.away = presence.away.contains(&agent.id);
        agent.open = presence.loads.iter().find(|load| load.agent == agent.id).map_or(0, |load| load.open);
    }
    json(&roster)
}

/// `POST away`.
pub(super) async fn set_away(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::require_own(&request, env)?;
    let Me { id, .. } = who_is(&request, env, workspace, None).await?.me;
    let Away { away } = read_json(&mut request, MAX_BODY).await?;
    json(&Inbox::of(env, workspace)?.ask(inbox::SetAway { agent: id, away }).await?)
}

/// `POST invitations`.
pub(super) async fn invite(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::require_own(request, env)?;
    who_is(request, env, workspace, None).await?;
    // Each is a door for a week: a stolen session opens no more of them than a team needs.
    let from = address::of(request, env)?;
    address::take(env, workspace, &from, vec![Draw::one(Kind::SignIn)]).await?;
    json(&Workspace::of(env, workspace)?.ask(Invite).await?)
}

/// `POST routing/explain`.
pub(super) async fn explain(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::require_own(&request, env)?;
    who_is(&request, env, workspace, None).await?;
    let ExplainRequest { case } = read_json(&mut request, MAX_BODY).await?;
    json(&Workspace::of(env, workspace)?.ask(ExplainRoute { case: Box::new(case) }).await?)
}

/// `GET report?days=`.
pub(super) async fn report(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    who_is(request, env, workspace, None).await?;
    let days = query(request, "days")?.map_or(Ok(USUAL_REPORT_DAYS), |days| number(&days))?;
    let terms = Workspace::of(env, workspace)?.ask(ReadTerms).await?;
    let zone = terms.hours.map(|hours| hours.zone);
    let report = Inbox::of(env, workspace)?.ask(CountDays { days, zone }).await?;
    json(&Report { promises: terms.promises, ..report })
}

/// `POST conversations/{id}/agent-commands`.
pub(super) async fn command(mut request: Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    origin::require_own(&request, env)?;
    let agent = author(who_is(&request, env, workspace, None).await?.me);
    let object = sought::for_agent(env, workspace, &parse_conversation(id)?).await?;
    let AgentCommandRequest { have, command } = read_json(&mut request, MAX_BODY).await?;
    json(&object.ask(AsAgent { agent, look: Look::at_once(have), command: Some(command) }).await?)
}

/// `GET conversations/{id}/agent-events`.
pub(super) async fn events(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    let agent = author(who_is(request, env, workspace, None).await?.me);
    let object = sought::for_agent(env, workspace, &parse_conversation(id)?).await?;
    json(&object.ask(AsAgent { agent, look: look(request)?, command: None }).await?)
}

/// `GET conversations/{id}/agent-live`.
pub(super) async fn live(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    require_socket(request, env)?;
    // A conversation that cannot be is refused only to those who may ask.
    let id = parse_conversation(id);
    let Seated { me, session } = who_is(request, env, workspace, id.as_ref().ok()).await?;
    let caller = Caller::Agent { author: author(me), session, pages: false };
    sought::for_agent(env, workspace, &id?).await?.connect(&caller).await
}

/// Whether it is the token that earlier builds had for all workspaces.
fn is_shared_token(env: &Env, token: &str) -> bool {
    platform::text(env, "SETUP_TOKEN").is_some_and(|wanted| same_secret(token, &wanted))
}

/// Counts a guess of a password or a token against its address.
async fn take_guess(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<(), Failure> {
    Workspace::of(env, workspace)?.ask(Exists).await?;
    let from = address::of(request, env)?;
    address::take(env, workspace, &from, vec![Draw::one(Kind::SignIn)]).await
}

/// Closes what a session that has ended had opened. The session is over whether or not they can be reached.
async fn close_sockets(env: &Env, workspace: &WorkspaceId, session: SessionDigest, opened: Vec<ObjectName>) {
    let of_inbox = async { Inbox::of(env, workspace)?.ask(inbox::EndSession { session: session.clone() }).await };
    if let Err(failure) = of_inbox.await {
        failure.log();
    }
    let end = conversation::EndSession { session };
    for name in opened {
        let of_conversation = async { Conversation::named(env, &name)?.ask(&end).await };
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
) -> Result<Seated, Failure> {
    let sessions = cookies::sessions(request, env, workspace)?;
    let opens = opens.map(|id| Conversation::name_of(workspace, id));
    Workspace::of(env, workspace)?.ask(WhoIs { sessions, opens }).await
}

fn author(me: Me) -> Author {
    Author::Agent { id: me.id, name: me.name }
}

fn with_cookie(request: &Request, workspace: &WorkspaceId, signed_in: SignedIn) -> Answer {
    let response = json(&signed_in.me)?;
    let seconds = SESSION_DAYS * 24 * 60 * 60;
    let session = Cookie::Session.written(request, workspace, signed_in.session.as_str(), seconds)?;
    let browser = Cookie::Browser.written(request, workspace, &signed_in.browser, BROWSER_SECONDS)?;
    response.headers().append("set-cookie", &session)?;
    response.headers().append("set-cookie", &browser)?;
    Ok(response)
}
