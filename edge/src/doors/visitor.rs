//! The doors for visitors.

use super::sought::{self, Sought};
use super::{Answer, brand, look, query, require_socket, wanted_locale};
use crate::address;
use crate::arrivals;
use crate::calls::address::Allow;
use crate::calls::ask::Remote;
use crate::calls::conversation::{AsVisitor, Look};
use crate::calls::inbox::{Resolve, WhoIsPresent};
use crate::calls::library::{CountHelped, ListSections, Place, PlacedAnswers, ReadAnswer, ReadArticle};
use crate::calls::workspace::Exists;
use crate::calls::{Address, Caller, Draw, Inbox, Library, Visitor, Workspace, visitor, workspace};
use crate::failure::Failure;
use crate::http::{compressed, json, no_content, passed_on, read_json};
use crate::names::AddressName;
use crate::platform::now;
use crate::proof::{self, visitor_token};
use crate::{keys, origin};
use futures_util::future::try_join;
use shared::conversation::check_beginning;
use shared::ids::{AnswerId, ArticleId, ConversationId, VisitorToken, WorkspaceId, base64url};
use shared::languages::{ENGLISH_PANEL_WORDS, panel_tongue, panel_words};
use shared::limits::Kind;
use shared::protocol::{
    ApiError, Boot, CommandRequest, ErrorCode, KnownProblem, MAX_BODY, Resolution, Solution, Threads, VisitorCommand,
};
use shared::settings::{Outage, of_language};
use std::collections::BTreeMap;
use worker::{Env, Request};

/// The status of a socket that was opened (RFC 9110, section 15.2.2).
const SWITCHING: u16 = 101;
/// An index never changes under its address.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// What the panel starts with may be this old, in seconds, on the visitor's device.
const BOOT_CACHE: &str = "private, max-age=15";
/// An article that was corrected should be read corrected soon.
const ARTICLE_CACHE: &str = "public, max-age=60";

/// `GET boot`.
pub(super) async fn boot(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    arrivals::knock(request, env)?;
    let wanted = wanted_locale(request)?;
    // The workspace first: nothing is made for one that is not there.
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let facts = Workspace::of(env, workspace)?.ask(workspace::Boot).await?;
    let (library, inbox) = (Library::of(env, workspace)?, Inbox::of(env, workspace)?);
    let spoken = wanted.clone();
    let place = library.ask(Place { workspace: workspace.clone(), locale: wanted, reader });
    let (place, presence) = try_join(place, inbox.ask(WhoIsPresent)).await?;
    let index =
        place.index.map(|hash| ["/w/", workspace.as_str(), "/index/", &place.locale, ".", &hash, ".bin"].concat());
    let answers = place.answers.map(|PlacedAnswers { locale, hash }| {
        ["/w/", workspace.as_str(), "/answers/", &locale, ".", &hash, ".bin"].concat()
    });
    let tongue = String::from(panel_tongue(&spoken, &place.locale));
    let words = panel_words(&tongue);
    let has_words = words == ENGLISH_PANEL_WORDS && query(request, "own")?.as_deref() == Some("en");
    let own = of_language(&facts.words.0, &tongue);
    let words = match own {
        None if has_words => BTreeMap::new(),
        _ => facts.words.over(serde_json::from_str(words)?, &tongue),
    };
    let expected = facts.terms.expected(&presence.replies);
    let outage = facts.outage.and_then(|outage| in_language(outage, &tongue));
    let boot = Boot {
        workspace: workspace.clone(),
        panel: brand::addressed(workspace, facts.panel),
        locale: place.locale,
        tongue,
        index,
        answers,
        often: place.often,
        // A page that was left open over night is nobody who answers.
        online: expected.open && !presence.present.is_empty(),
        expected,
        outage,
        words,
    };
    let response = json(&boot)?;
    response.headers().set("vary", "authorization")?;
    if for_everybody {
        response.headers().set("cache-control", BOOT_CACHE)?;
    }
    compressed(response, request)
}

/// A known problem in the language that serves best.
fn in_language(outage: Outage, locale: &str) -> Option<KnownProblem> {
    let text = of_language(&outage.text, locale).or_else(|| outage.text.values().next())?.clone();
    Some(KnownProblem { text, url: outage.url, since: outage.since })
}

/// The library of a workspace that is there: nothing is made for one that is not.
pub(super) async fn library(env: &Env, workspace: &WorkspaceId) -> Result<Remote<Library>, Failure> {
    Workspace::of(env, workspace)?.ask(Exists).await?;
    Library::of(env, workspace)
}

/// `GET /w/{workspace}/index/{locale}.{hash}.bin`.
pub(super) async fn index(request: &Request, env: &Env, workspace: &WorkspaceId, name: &str) -> Answer {
    let [locale, hash] = parts_of(name)?;
    arrivals::knock(request, env)?;
    sought::workspace(request, env, workspace).await?;
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let reader = base64url(serde_json::to_string(&reader)?.as_bytes());
    let path = ["index/", workspace.as_str(), "/", locale, "/", hash, "/", &reader].concat();
    let stored = library(env, workspace).await?.fetch_raw(&path).await?;
    if stored.status_code() != 200 {
        return Ok(stored);
    }
    let response = passed_on(&stored)?;
    response.headers().set("content-type", "application/octet-stream")?;
    // An index for some stays in no cache, least of all on a computer that others use.
    response.headers().set("cache-control", if for_everybody { IMMUTABLE } else { "no-store" })?;
    response.headers().set("vary", "authorization")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    compressed(response, request)
}

/// `GET /w/{workspace}/answers/{locale}.{hash}.bin`: answers are for everybody.
pub(super) async fn answers(request: &Request, env: &Env, workspace: &WorkspaceId, name: &str) -> Answer {
    let [locale, hash] = parts_of(name)?;
    arrivals::knock(request, env)?;
    sought::workspace(request, env, workspace).await?;
    let path = ["answers/", workspace.as_str(), "/", locale, "/", hash].concat();
    let stored = library(env, workspace).await?.fetch_raw(&path).await?;
    if stored.status_code() != 200 {
        return Ok(stored);
    }
    let response = passed_on(&stored)?;
    response.headers().set("content-type", "application/octet-stream")?;
    response.headers().set("cache-control", IMMUTABLE)?;
    response.headers().set("x-content-type-options", "nosniff")?;
    compressed(response, request)
}

/// The language and the hash in the name of a file that never changes.
fn parts_of(name: &str) -> Result<[&str; 2], Failure> {
    let parts: Vec<&str> = name.split('.').collect();
    let safe = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    match parts.as_slice() {
        [locale, hash, "bin"] if safe(locale) && safe(hash) => Ok([locale, hash]),
        _ => Err(ErrorCode::UnknownDoor.into()),
    }
}

/// `GET /w/{workspace}/picture/{hash}`. A page can send no token with it: the hash is told only to who may read an article with it.
pub(super) async fn picture(request: &Request, env: &Env, workspace: &WorkspaceId, hash: &str) -> Answer {
    if !hash.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Err(ErrorCode::UnknownDoor.into());
    }
    arrivals::knock(request, env)?;
    sought::workspace(request, env, workspace).await?;
    let path = ["picture/", workspace.as_str(), "/", hash].concat();
    let stored = library(env, workspace).await?.fetch_raw(&path).await?;
    if stored.status_code() != 200 {
        return Ok(stored);
    }
    let headers = stored.headers().clone();
    let response = passed_on(&stored)?;
    for name in ["content-type", "cache-control"] {
        response.headers().set(name, &headers.get(name)?.unwrap_or_default())?;
    }
    response.headers().set("x-content-type-options", "nosniff")?;
    // Opened by itself, it is a picture and can do nothing.
    response.headers().set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")?;
    response.headers().set("cross-origin-resource-policy", "same-origin")?;
    Ok(response)
}

/// `GET articles/{locale}/{id}`.
pub(super) async fn article(request: &Request, env: &Env, workspace: &WorkspaceId, locale: &str, id: &str) -> Answer {
    arrivals::knock(request, env)?;
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

/// `GET sections/{locale}`.
pub(super) async fn sections(request: &Request, env: &Env, workspace: &WorkspaceId, locale: &str) -> Answer {
    arrivals::knock(request, env)?;
    if !shared::locale::is_tag(locale) {
        return Err(ErrorCode::UnknownDoor.into());
    }
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let wanted = ListSections { workspace: workspace.clone(), locale: String::from(locale), reader };
    let response = json(&library(env, workspace).await?.ask(wanted).await?)?;
    response.headers().set("vary", "authorization")?;
    if for_everybody {
        response.headers().set("cache-control", ARTICLE_CACHE)?;
    }
    compressed(response, request)
}

/// `GET answers/{locale}/{id}?read=1`.
pub(super) async fn answer(request: &Request, env: &Env, workspace: &WorkspaceId, locale: &str, id: &str) -> Answer {
    arrivals::knock(request, env)?;
    let id = AnswerId::parse(id).map_err(|_| ErrorCode::UnknownAnswer)?;
    if !shared::locale::is_tag(locale) {
        return Err(ErrorCode::UnknownAnswer.into());
    }
    let reader = keys::reader(request, env, workspace).await?;
    let for_everybody = reader.is_everybody();
    let wanted = ReadAnswer { workspace: workspace.clone(), locale: String::from(locale), id, reader };
    let response = json(&library(env, workspace).await?.ask(wanted).await?)?;
    response.headers().set("vary", "authorization")?;
    if for_everybody {
        response.headers().set("cache-control", ARTICLE_CACHE)?;
    }
    compressed(response, request)
}

/// `POST resolutions`.
pub(super) async fn resolution(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::refuse_foreign(&request, env)?;
    let from = arrivals::knock(&request, env)?;
    let mut resolution: Resolution = read_json(&mut request, MAX_BODY).await?;
    if !shared::locale::is_tag(&resolution.locale) {
        return Err(
            ApiError::with(ErrorCode::InvalidRequest, "locale is not a language tag. Nothing was stored.").into()
        );
    }
    let reader = keys::reader(&request, env, workspace).await?;
    let (workspace_of, locale) = (workspace.clone(), resolution.locale.clone());
    let library = library(env, workspace).await?;
    // It is counted in the language in which it was read, whatever the visitor's region.
    resolution.locale = match resolution.about.clone() {
        Solution::Article(id) => library.ask(ReadArticle { workspace: workspace_of, locale, id, reader }).await?.locale,
        Solution::Answer(id) => library.ask(ReadAnswer { workspace: workspace_of, locale, id, reader }).await?.locale,
    };
    address::take(env, workspace, &from, vec![Draw::one(Kind::Resolution)]).await?;
    let Resolution { about, locale, helped, .. } = resolution.clone();
    if Inbox::of(env, workspace)?.ask(Resolve { resolution }).await? && helped {
        library.ask(CountHelped { workspace: workspace.clone(), about, locale }).await?;
    }
    no_content()
}

/// `GET conversations`.
pub(super) async fn threads(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    origin::refuse_foreign(request, env)?;
    let from = arrivals::knock(request, env)?;
    let token = visitor_token(request)?;
    let visitor = proof::visitor(env, workspace, &token, &keys::for_token(env, workspace, &token).await?)?.id;
    // Whom a site has signed for is nobody's invention, and often new.
    let name = Visitor::name_of(workspace, &visitor);
    let known = token.is_identity() || arrivals::seek(&from, name.as_str())?;
    let threads = match sought::visitor(env, workspace, &visitor).await? {
        Some(object) => object.ask(visitor::List).await?,
        None => Threads { threads: Vec::new() },
    };
    if threads.threads.is_empty() {
        // A visitor's object does not know whether its workspace is there; a thread in the list proves it.
        Workspace::of(env, workspace)?.ask(Exists).await?;
    } else if !known {
        arrivals::found(&from, name.as_str());
    }
    json(&threads)
}

/// `POST conversations/{id}/commands`.
pub(super) async fn command(mut request: Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    origin::refuse_foreign(&request, env)?;
    let address = arrivals::knock(&request, env)?;
    let token = visitor_token(&request)?;
    let conversation = parse_conversation(id)?;
    let CommandRequest { have, command } = read_json(&mut request, MAX_BODY).await?;
    let sought = Sought::new(env, workspace, &conversation, address.clone()).await?;
    if !sought.may_be {
        may_begin(env, workspace, &token, &address, &command).await?;
    }
    let visit = AsVisitor {
        workspace: workspace.clone(),
        conversation,
        keys: keys::for_token(env, workspace, &token).await?,
        token,
        address,
        look: Look::at_once(have),
        command: Some(command),
    };
    json(&sought.noted(sought.object.ask(visit).await)?)
}

/// Refuses, before the conversation's object is woken, what could not begin it. The object asks all of this again.
async fn may_begin(
    env: &Env,
    workspace: &WorkspaceId,
    token: &VisitorToken,
    from: &AddressName,
    command: &VisitorCommand,
) -> Result<(), Failure> {
    check_beginning(Some(command), now())?;
    proof::visitor(env, workspace, token, &keys::for_token(env, workspace, token).await?)?;
    Workspace::of(env, workspace)?.ask(Exists).await?;
    Address::of(env, workspace, from)?.ask(Allow { draws: vec![Draw::one(Kind::Conversation)] }).await
}

/// `GET conversations/{id}/events?have=&wait=&read=`: at once, or, with `wait`, as soon as there is something.
pub(super) async fn events(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    origin::refuse_foreign(request, env)?;
    let address = arrivals::knock(request, env)?;
    let token = visitor_token(request)?;
    let conversation = parse_conversation(id)?;
    let look = look(request)?;
    let sought = Sought::new(env, workspace, &conversation, address.clone()).await?.there()?;
    if look.wait_ms > 0 {
        // It stands for a socket.
        address::take(env, workspace, &address, vec![Draw::one(Kind::Socket)]).await?;
    }
    let keys = keys::for_token(env, workspace, &token).await?;
    let visit = AsVisitor { workspace: workspace.clone(), conversation, token, keys, address, look, command: None };
    json(&sought.noted(sought.object.ask(visit).await)?)
}

/// `GET conversations/{id}/live`. The token comes in the first frame.
pub(super) async fn live(request: &Request, env: &Env, workspace: &WorkspaceId, id: &str) -> Answer {
    require_socket(request, env)?;
    let address = arrivals::knock(request, env)?;
    let sought = Sought::new(env, workspace, &parse_conversation(id)?, address.clone()).await?.there()?;
    arrivals::open(&address)?;
    let opened = async {
        address::take(env, workspace, &address, vec![Draw::one(Kind::Socket)]).await?;
        let keys = keys::for_socket(env, workspace).await?;
        sought.object.connect(&Caller::Visitor { address: address.clone(), keys }).await
    };
    let opened = opened.await;
    if !matches!(&opened, Ok(response) if response.status_code() == SWITCHING) {
        arrivals::greeted(&address);
    }
    opened
}

/// A conversation's id; what cannot be one is answered like one that is not there.
pub(super) fn parse_conversation(id: &str) -> Result<ConversationId, Failure> {
    ConversationId::parse(id).map_err(|_| ErrorCode::UnknownConversation.into())
}
