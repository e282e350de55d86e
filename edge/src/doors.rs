//! The doors: which request goes where. Everything a stranger can send comes through here.

mod agent;
mod assets;
mod assistant;
mod brand;
mod demo;
mod messages;
mod operator;
mod pages;
mod privacy;
mod publisher;
mod refusal;
mod sought;
mod unanswered;
mod visitor;
mod written;

use crate::calls::conversation::Look;
use crate::during::{self, Task, during};
use crate::failure::Failure;
use crate::http::discard_body;
use publisher::Document;
use shared::ids::WorkspaceId;
use shared::protocol::{ErrorCode, ReadMarks};
use worker::{Env, Method, Request, Response};

/// What a door answers.
type Answer = Result<Response, Failure>;

/// Answers a request; every failure is an answer too.
pub(crate) async fn answer(request: Request, env: Env) -> worker::Result<Response> {
    during(Task { object: "Worker", question: "route" }, async {
        match route(request, &env).await {
            Ok(response) => Ok(response),
            Err(failure) => failure.into_response(),
        }
    })
    .await
}

/// The one table of doors: each address with its methods. Another method at such an address is refused as the wrong one, and
/// another address as unknown.
macro_rules! doors {
    (
        $method:expr, $address:expr;
        $($door:pat => $($($verb:ident)|+ $room:ident::$handler:ident($($argument:expr),*)),+;)+
    ) => {
        match $address {
            $($door => match $method {
                $($(Method::$verb)|+ => {
                    during::rename(concat!(stringify!($room), "::", stringify!($handler)));
                    $room::$handler($($argument),*).await
                })+
                _ => Err(ErrorCode::WrongMethod.into()),
            },)+
            _ => Err(ErrorCode::UnknownDoor.into()),
        }
    };
}

async fn route(request: Request, env: &Env) -> Answer {
    // Two `Host` headers, or one that names no host, make an address that cannot be read.
    let url = request.url().map_err(|_| ErrorCode::BrokenAddress)?;
    let host = request.headers().get("host")?.unwrap_or_default();
    if !host.bytes().all(is_of_host) {
        return Err(ErrorCode::BrokenAddress.into());
    }
    let method = method(&request)?;
    if demo::is_host_page(&request, &url, env)? {
        return demo::serve(&request, &url, env).await;
    }
    let path = String::from(url.path());
    let address: Vec<&str> = path.trim_matches('/').split('/').collect();
    if let ["api", "w", workspace, address @ ..] = address.as_slice() {
        return match WorkspaceId::parse(workspace) {
            Ok(workspace) => api(request, method, env, &workspace, address).await,
            Err(_) if address.is_empty() => Err(operator::no_name()),
            Err(_) => Err(ErrorCode::UnknownWorkspace.into()),
        };
    }
    if let [""] = address.as_slice() {
        return demo::home(&url, env);
    }
    doors! { method, address.as_slice();
        ["beforehand.js"] => Get | Head assets::loader(&request, env);
        ["a", name] => Get | Head assets::immutable(&request, env, name);
        ["panel"] => Get | Head pages::panel(&request, env);
        ["inbox"] => Get | Head pages::inbox(&request, env);
        ["w", workspace, "index", name] => Get | Head visitor::index(&request, env, &parse_workspace(workspace)?, name);
        ["w", workspace, "answers", name] => Get | Head visitor::answers(&request, env, &parse_workspace(workspace)?, name);
        ["w", workspace, "brand", name] => Get | Head brand::picture(&request, env, &parse_workspace(workspace)?, name);
        ["w", workspace, "messages", name] => Get | Head messages::messages(&request, env, &parse_workspace(workspace)?, name);
        ["w", workspace, "picture", name] => Get | Head visitor::picture(&request, env, &parse_workspace(workspace)?, name);
    }
}

async fn api(mut request: Request, method: Method, env: &Env, workspace: &WorkspaceId, address: &[&str]) -> Answer {
    let makes_it = method == Method::Put && address.is_empty();
    if !makes_it && let Err(failure) = sought::workspace(&request, env, workspace).await {
        discard_body(&mut request).await;
        let is_publishers = method == Method::Put
            || matches!(address, ["content" | "settings" | "operations" | "answers" | "secrets", ..]);
        return Err(if is_publishers { publisher::told_how(failure, workspace) } else { failure });
    }
    // A HEAD is a GET without the body (RFC 9110, section 9.3.2); the runtime leaves that out.
    let method = if method == Method::Head { Method::Get } else { method };
    doors! { method, address;
        [] => Put operator::make(request, env, workspace);
        ["secrets", "publish"] => Post publisher::renew_token(request, env, workspace);
        ["secrets", "identity"] => Post publisher::renew_key(request, env, workspace);
        ["boot"] => Get visitor::boot(&request, env, workspace);
        ["sections", locale] => Get visitor::sections(&request, env, workspace, locale);
        ["articles", locale, first, rest @ ..] =>
            Get publisher::article(request, env, workspace, locale, &slug(first, rest)),
            Put publisher::put(request, env, workspace, Document::Article(locale, slug(first, rest))),
            Delete publisher::delete_article(request, env, workspace, locale, &slug(first, rest));
        ["resolutions"] => Post visitor::resolution(request, env, workspace);
        ["conversations"] => Get visitor::threads(&request, env, workspace);
        ["conversations", id, "commands"] => Post visitor::command(request, env, workspace, id);
        ["conversations", id, "events"] => Get visitor::events(&request, env, workspace, id);
        ["conversations", id, "live"] => Get visitor::live(&request, env, workspace, id);
        ["visitors", "me", "export"] => Get privacy::export_mine(&request, env, workspace);
        ["visitors", "me"] => Delete privacy::erase_me(&request, env, workspace);
        ["visitors", id, "export"] => Get privacy::export_one(&request, env, workspace, id);
        ["visitors", id] => Delete privacy::erase_one(&request, env, workspace, id);
        ["conversations", id, "visitor"] => Get privacy::visitor_of(&request, env, workspace, id);
        ["setup"] =>
            Get agent::setup_state(&request, env, workspace),
            Post agent::setup(request, env, workspace);
        ["session"] =>
            Get agent::me(&request, env, workspace),
            Post agent::sign_in(request, env, workspace),
            Delete agent::sign_out(&request, env, workspace);
        ["inbox"] => Get agent::inbox(&request, env, workspace);
        ["inbox", "live"] => Get agent::inbox_live(&request, env, workspace);
        ["inbox", "articles"] => Get agent::articles(&request, env, workspace);
        ["team"] => Get agent::team(&request, env, workspace);
        ["away"] => Post agent::set_away(request, env, workspace);
        ["invitations"] => Post agent::invite(&request, env, workspace);
        ["routing", "explain"] => Post agent::explain(request, env, workspace);
        ["assistant", "explain"] => Post assistant::explain(request, env, workspace);
        ["written"] =>
            Get written::list(request, env, workspace),
            Post written::decide(request, env, workspace);
        ["unanswered"] =>
            Get unanswered::list(request, env, workspace),
            Post unanswered::dismiss(request, env, workspace);
        ["report"] => Get agent::report(&request, env, workspace);
        ["conversations", id, "agent-commands"] => Post agent::command(request, env, workspace, id);
        ["conversations", id, "agent-events"] => Get agent::events(&request, env, workspace, id);
        ["conversations", id, "agent-live"] => Get agent::live(&request, env, workspace, id);
        ["content"] =>
            Get publisher::read(request, env, workspace, "content"),
            Put publisher::put(request, env, workspace, Document::Content);
        ["settings"] =>
            Get publisher::read(request, env, workspace, "settings"),
            Put publisher::put(request, env, workspace, Document::Settings);
        ["operations"] =>
            Get publisher::read(request, env, workspace, "operations"),
            Put publisher::put(request, env, workspace, Document::Operations);
        ["articles"] => Put publisher::put(request, env, workspace, Document::Articles);
        ["answers"] => Put publisher::put(request, env, workspace, Document::Answers);
        ["answers", locale, first, rest @ ..] =>
            Get publisher::answer(request, env, workspace, locale, &slug(first, rest)),
            Put publisher::put(request, env, workspace, Document::Answer(locale, slug(first, rest))),
            Delete publisher::delete_answer(request, env, workspace, locale, &slug(first, rest));
    }
}

/// Whether a `Host` may have it: a name, an address in brackets, a port (RFC 3986, section 3.2.2). Two headers come as one, with a
/// space between them.
fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'~' | b'%' | b':' | b'[' | b']')
}

/// The request's method. workers-rs reads a method that it does not know as GET.
fn method(request: &Request) -> Result<Method, Failure> {
    let method = request.method();
    if request.inner().method() == method.as_ref() { Ok(method) } else { Err(ErrorCode::WrongMethod.into()) }
}

/// The slug of an article or answer, which may have slashes.
fn slug(first: &str, rest: &[&str]) -> String {
    rest.iter().fold(String::from(first), |slug, part| [&slug, "/", part].concat())
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
    let wanted = query(request, "locale")?.unwrap_or_default();
    Ok(String::from(shared::locale::tag_of(&wanted).unwrap_or("en")))
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
fn require_socket(request: &Request, env: &Env) -> Result<(), Failure> {
    let upgrade = request.headers().get("upgrade")?.unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return Err(crate::proxy::upgrade_missing(request)?);
    }
    crate::origin::require_own(request, env)
}
