//! The doors: which request goes where. Everything a stranger can send comes through here.

mod agent;
mod assets;
mod demo;
mod pages;
mod privacy;
mod publisher;
mod visitor;

use crate::calls::conversation::Look;
use crate::failure::Failure;
use shared::ids::WorkspaceId;
use shared::protocol::{ErrorCode, ReadMarks};
use worker::{Env, Method, Request, Response};

/// Answers a request; every failure is an answer too.
pub(crate) async fn answer(request: Request, env: Env) -> worker::Result<Response> {
    match route(request, &env).await {
        Ok(response) => Ok(response),
        Err(failure) => failure.into_response(),
    }
}

async fn route(request: Request, env: &Env) -> Result<Response, Failure> {
    let url = request.url()?;
    if demo::is_host_page(&url, env) {
        return demo::serve(&request, &url, env).await;
    }
    let path = String::from(url.path());
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    match segments.as_slice() {
        ["beforehand.js"] => assets::loader(only_get(&request)?, env).await,
        ["a", name] => assets::immutable(only_get(&request)?, env, name).await,
        ["panel"] => pages::panel(only_get(&request)?, env).await,
        ["inbox"] => pages::inbox(only_get(&request)?, env).await,
        ["w", workspace, "index", name] => {
            visitor::index(only_get(&request)?, env, &parse_workspace(workspace)?, name).await
        }
        ["api", "w", workspace, door @ ..] => api(request, env, &parse_workspace(workspace)?, door).await,
        [""] => demo::home(&request, env),
        _ => Err(ErrorCode::UnknownDoor.into()),
    }
}

async fn api(request: Request, env: &Env, workspace: &WorkspaceId, door: &[&str]) -> Result<Response, Failure> {
    use Method::{Delete, Get, Post, Put};
    match (request.method(), door) {
        (Get, ["boot"]) => visitor::boot(&request, env, workspace).await,
        (Get, ["articles", locale, id]) => visitor::article(&request, env, workspace, locale, id).await,
        (Post, ["resolutions"]) => visitor::resolution(request, env, workspace).await,
        (Get, ["conversations"]) => visitor::threads(&request, env, workspace).await,
        (Post, ["conversations", id, "commands"]) => visitor::command(request, env, workspace, id).await,
        (Get, ["conversations", id, "events"]) => visitor::events(&request, env, workspace, id).await,
        (Get, ["conversations", id, "live"]) => visitor::live(&request, env, workspace, id).await,
        (Get, ["visitors", "me", "export"]) => privacy::export_mine(&request, env, workspace).await,
        (Delete, ["visitors", "me"]) => privacy::erase_me(&request, env, workspace).await,
        (Get, ["visitors", id, "export"]) => privacy::export_one(&request, env, workspace, id).await,
        (Delete, ["visitors", id]) => privacy::erase_one(&request, env, workspace, id).await,
        (Get, ["conversations", id, "visitor"]) => privacy::visitor_of(&request, env, workspace, id).await,
        (Get, ["setup"]) => agent::setup_state(env, workspace).await,
        (Post, ["setup"]) => agent::setup(request, env, workspace).await,
        (Get, ["session"]) => agent::me(&request, env, workspace).await,
        (Post, ["session"]) => agent::sign_in(request, env, workspace).await,
        (Delete, ["session"]) => agent::sign_out(&request, env, workspace).await,
        (Get, ["inbox"]) => agent::inbox(&request, env, workspace).await,
        (Get, ["inbox", "live"]) => agent::inbox_live(&request, env, workspace).await,
        (Get, ["inbox", "articles"]) => agent::articles(&request, env, workspace).await,
        (Get, ["team"]) => agent::team(&request, env, workspace).await,
        (Post, ["invitations"]) => agent::invite(&request, env, workspace).await,
        (Post, ["routing", "explain"]) => agent::explain(request, env, workspace).await,
        (Get, ["report"]) => agent::report(&request, env, workspace).await,
        (Post, ["conversations", id, "agent-commands"]) => agent::command(request, env, workspace, id).await,
        (Get, ["conversations", id, "agent-events"]) => agent::events(&request, env, workspace, id).await,
        (Get, ["conversations", id, "agent-live"]) => agent::live(&request, env, workspace, id).await,
        (Put, ["content"]) => publisher::publish(request, env, workspace).await,
        (_, door) if is_door(door) => Err(ErrorCode::WrongMethod.into()),
        _ => Err(ErrorCode::UnknownDoor.into()),
    }
}

/// Whether an address is one of the API's, whatever the method.
fn is_door(door: &[&str]) -> bool {
    match door {
        [one] => matches!(
            *one,
            "boot"
                | "resolutions"
                | "conversations"
                | "setup"
                | "session"
                | "inbox"
                | "content"
                | "team"
                | "invitations"
                | "report"
        ),
        ["routing", two] => *two == "explain",
        ["inbox", two] => matches!(*two, "live" | "articles"),
        ["articles", _, _] | ["visitors", _, "export"] => true,
        ["visitors", _] => true,
        ["conversations", _, door] => {
            matches!(
                *door,
                "commands" | "events" | "live" | "agent-commands" | "agent-events" | "agent-live" | "visitor"
            )
        }
        _ => false,
    }
}

fn only_get(request: &Request) -> Result<&Request, Failure> {
    match request.method() {
        Method::Get | Method::Head => Ok(request),
        _ => Err(ErrorCode::WrongMethod.into()),
    }
}

fn parse_workspace(segment: &str) -> Result<WorkspaceId, Failure> {
    WorkspaceId::parse(segment).map_err(|_| ErrorCode::UnknownWorkspace.into())
}

/// A parameter of the query; none if it is not there.
fn query(request: &Request, name: &str) -> Result<Option<String>, Failure> {
    Ok(request.url()?.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()))
}

/// The language that a request asks for, or English.
fn wanted_locale(request: &Request) -> Result<String, Failure> {
    Ok(query(request, "locale")?.filter(|locale| shared::locale::is_tag(locale)).unwrap_or_else(|| String::from("en")))
}

/// What a client has and how long it would wait for more: `have=17&wait=25000&read=12.17`, where `read` are the visitor's and
/// the agents' marks.
fn look(request: &Request) -> Result<Look, Failure> {
    let read = match query(request, "read")? {
        None => None,
        Some(text) => {
            let (visitor, agent) = text.split_once('.').ok_or(ErrorCode::InvalidRequest)?;
            Some(ReadMarks { visitor: number(visitor)?, agent: number(agent)? })
        }
    };
    let asked = |name: &str| query(request, name).and_then(|text| text.map_or(Ok(0), |text| number(&text)));
    Ok(Look { have: asked("have")?, read, wait_ms: asked("wait")?.into() })
}

fn number(text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| ErrorCode::InvalidRequest.into())
}

/// Refuses a request that is not a WebSocket upgrade from our own pages.
fn require_socket(request: &Request) -> Result<(), Failure> {
    let upgrade = request.headers().get("upgrade")?.unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return Err(ErrorCode::UpgradeNeeded.into());
    }
    crate::proof::require_own_origin(request)
}
