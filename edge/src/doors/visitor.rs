//! The doors for visitors.

use super::{Answer, look, require_socket, wanted_locale};
use crate::address;
use crate::calls::ask::Remote;
use crate::calls::conversation::{AsVisitor, Look};
use crate::calls::inbox::{Resolve, WhoIsPresent};
use crate::calls::library::{Place, ReadArticle};
use crate::calls::workspace::Exists;
use crate::calls::{Caller, Conversation, Draw, Inbox, Library, Visitor, Workspace, visitor, workspace};
use crate::failure::Failure;
use crate::http::{compressed, json, no_content, read_json};
use crate::proof::{self, visitor_token};
use crate::{keys, origin};
use futures_util::future::try_join;
use shared::ids::{ArticleId, ConversationId, WorkspaceId, base64url};
use shared::limits::Kind;
use shared::protocol::{ApiError, Boot, CommandRequest, ErrorCode, MAX_BODY, Resolution};
use worker::{Env, Request, Response};

/// An index never changes under its address.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// What the panel starts with may be this old, in seconds, on the visitor's device.
const BOOT_CACHE: &str = "private, max-age=15";
/// An article that was corrected should be read corrected soon.
const ARTICLE_CACHE: &str = "public, max-age=60";

/// `GET boot`.
pub(super) async fn boot(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let wanted = wanted_locale(request)?;
    // The workspace first: nothing is made for one that is not there.
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let facts = Workspace::of(env, workspace)?.ask(workspace::Boot).await?;
    let (library, inbox) = (Library::of(env, workspace)?, Inbox::of(env, workspace)?);
    let place = library.ask(Place { workspace: workspace.clone(), locale: wanted, reader });
    let (place, presence) = try_join(place, inbox.ask(WhoIsPresent)).await?;
    let index =
        place.index.map(|hash| ["/w/", workspace.as_str(), "/index/", &place.locale, ".", &hash, ".bin"].concat());
    let words = serde_json::from_str(shared::languages::panel_words(&place.locale))?;
    let expected = facts.terms.expected(&presence.replies);
    let boot = Boot {
        workspace: workspace.clone(),
        panel: facts.panel,
        locale: place.locale,
        index,
        // A page that was left open over night is nobody who answers.
        online: expected.open && !presence.present.is_empty(),
        expected,
        words,
    };
    let response = json(&boot)?;
    response.headers().set("vary", "authorization")?;
    if for_everybody {
        response.headers().set("cache-control", BOOT_CACHE)?;
    }
    compressed(response, request)
}

/// The library of a workspace that is there: nothing is made for one that is not.
pub(super) async fn library(env: &Env, workspace: &WorkspaceId) -> Result<Remote<Library>, Failure> {
    Workspace::of(env, workspace)?.ask(Exists).await?;
    Library::of(env, workspace)
}

/// `GET /w/{workspace}/index/{locale}.{hash}.bin`.
pub(super) async fn index(request: &Request, env: &Env, workspace: &WorkspaceId, name: &str) -> Answer {
    let parts: Vec<&str> = name.split('.').collect();
    let [locale, hash, "bin"] = parts.as_slice() else { return Err(ErrorCode::UnknownDoor.into()) };
    let safe = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !safe(locale) || !safe(hash) {
        return Err(ErrorCode::UnknownDoor.into());
    }
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let reader = base64url(serde_json::to_string(&reader)?.as_bytes());
    let path = ["index/", workspace.as_str(), "/", locale, "/", hash, "/", &reader].concat();
    let mut stored = library(env, workspace).await?.fetch_raw(&path).await?;
    if stored.status_code() != 200 {
        return Ok(stored);
    }
    let response = Response::from_bytes(stored.bytes().await?)?;
    response.headers().set("content-type", "application/octet-stream")?;
    // An index for some stays in no cache, least of all on a computer that others use.
    response.headers().set("cache-control", if for_everybody { IMMUTABLE } else { "no-store" })?;
    response.headers().set("vary", "authorization")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    compressed(response, request)
}

/// `GET articles/{locale}/{id}`.
pub(super) async fn article(request: &Request, env: &Env, workspace: &WorkspaceId, locale: &str, id: &str) -> Answer {
    let id = ArticleId::parse(id).map_err(|_| ErrorCode::UnknownArticle)?;
    if !shared::locale::is_tag(locale) {
        return Err(ErrorCode::UnknownArticle.into());
    }
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let wanted = ReadArticle { workspace: workspace.clone(), locale: String::from(locale), id, reader };
    let article = library(env, workspace).await?.ask(wanted).await?;
    let response = json(&article)?;
    response.headers().set("vary", "authorization")?;
    if for_everybody {
        response.headers().set("cache-control", ARTICLE_CACHE)?;
    }
    compressed(response, request)
}

/// `POST resolutions`.
pub(super) async fn resolution(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::refuse_foreign(&request, env)?;
    let resolution: Resolution = read_json(&mut request, MAX_BODY).await?;
    if !shared::locale::is_tag(&resolution.locale) {
        return Err(
            ApiError::with(ErrorCode::InvalidRequest, "locale is not a language tag. Nothing was stored.").into()
        );
    }
    let reader = keys::reader(&request, env, workspace).await?;
    let (locale, id) = (resolution.locale.clone(), resolution.article.clone());
    library(env, workspace).await?.ask(ReadArticle { workspace: workspace.clone(), locale, id, reader }).await?;
    let from = address::of(&request, env)?;
    address::take(env, workspace, &from, vec![Draw::one(Kind::Resolution)]).await?;
    Inbox::of(env, workspace)?.ask(Resolve { resolution }).await?;
    no_content()
}

/// `GET conversations`.
pub(super) async fn threads(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::refuse_foreign(request, env)?;
    let token = visitor_token(request)?;
    let visitor = proof::visitor(env, workspace, &token, &keys::for_token(env, workspace, &token).await?)?;
    let threads = Visitor::of(env, workspace, &visitor.id)?.ask(visitor::List).await?;
    if threads.threads.is_empty() {
        // A visitor's object does not know whether its workspace is there; a thread in the list proves it.
        Workspace::of(env, workspace)?.ask(Exists).await?;
    }
    json(&threads)
}

/// `POST conversations/{id}/commands`.
pub(super) async fn command(mut request: Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    origin::refuse_foreign(&request, env)?;
    let token = visitor_token(&request)?;
    let conversation = parse_conversation(id)?;
    let CommandRequest { have, command } = read_json(&mut request, MAX_BODY).await?;
    let object = Conversation::of(env, workspace, &conversation)?;
    let visit = AsVisitor {
        workspace: workspace.clone(),
        conversation,
        keys: keys::for_token(env, workspace, &token).await?,
        token,
        address: address::of(&request, env)?,
        look: Look::at_once(have),
        command: Some(command),
    };
    json(&object.ask(visit).await?)
}

/// `GET conversations/{id}/events?have=&wait=&read=`: at once, or, with `wait`, as soon as there is something.
pub(super) async fn events(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    origin::refuse_foreign(request, env)?;
    let token = visitor_token(request)?;
    let conversation = parse_conversation(id)?;
    let (look, address) = (look(request)?, address::of(request, env)?);
    if look.wait_ms > 0 {
        // It stands for a socket.
        address::take(env, workspace, &address, vec![Draw::one(Kind::Socket)]).await?;
    }
    let object = Conversation::of(env, workspace, &conversation)?;
    let keys = keys::for_token(env, workspace, &token).await?;
    let visit = AsVisitor { workspace: workspace.clone(), conversation, token, keys, address, look, command: None };
    json(&object.ask(visit).await?)
}

/// `GET conversations/{id}/live`. The token comes in the first frame.
pub(super) async fn live(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    require_socket(request, env)?;
    let object = Conversation::of(env, workspace, &parse_conversation(id)?)?;
    let address = address::of(request, env)?;
    address::take(env, workspace, &address, vec![Draw::one(Kind::Socket)]).await?;
    object.connect(&Caller::Visitor { address, keys: keys::for_socket(env, workspace).await? }).await
}

/// A conversation's id; what cannot be one is answered like one that is not there.
pub(super) fn parse_conversation(id: &str) -> Result<ConversationId, Failure> {
    ConversationId::parse(id).map_err(|_| ErrorCode::UnknownConversation.into())
}
