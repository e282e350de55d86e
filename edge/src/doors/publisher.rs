//! The doors for publishing: each takes or gives one document, or all of them, with the publish token.

use super::visitor::{self, library};
use super::{Answer, query};
use crate::calls::library::{Change, How, Publish};
use crate::calls::workspace::{AdmitPublisher, RenewIdentityKey, RenewPublishToken};
use crate::calls::{Draw, Library, Workspace};
use crate::failure::Failure;
use crate::http::{discard_body, document, json, passed_on, read_json_text};
use crate::proof::{bearer, digest, same_secret};
use crate::{address, keys, platform};
use shared::ids::{AnswerId, ArticleId, WorkspaceId};
use shared::limits::Kind;
use shared::problem::Problem;
use shared::protocol::{AnswerSource, Answers, ApiError, ArticleSource, Articles, Content, ErrorCode, MAX_CONTENT};
use shared::publishing::{place_problems, told};
use worker::{Env, Request, Response};

/// A document at its door; an article or an answer is named by language and id.
pub(super) enum Document<'a> {
    Content,
    Settings,
    Operations,
    Articles,
    Article(&'a str, String),
    Answers,
    Answer(&'a str, String),
}

/// `GET content`, `GET settings` and `GET operations`: the document as it is stored.
pub(super) async fn read(mut request: Request, env: &Env, workspace: &WorkspaceId, name: &str) -> Answer {
    require_token(&mut request, env, workspace).await?;
    // Everything is in the library, which asks the workspace for what it has.
    let stored = match name {
        "content" => library(env, workspace).await?.fetch_raw(&["content/", workspace.as_str()].concat()).await?,
        _ => Workspace::of(env, workspace)?.fetch_raw(&["documents/", name].concat()).await?,
    };
    given(stored)
}

/// JSON as it is stored.
fn given(stored: Response) -> Answer {
    if stored.status_code() != 200 {
        return Ok(stored);
    }
    let version = stored.headers().get("etag")?;
    let response = passed_on(&stored)?;
    if let Some(version) = version {
        response.headers().set("etag", &version)?;
    }
    response.headers().set("content-type", "application/json")?;
    response.headers().set("cache-control", "no-store")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    Ok(response)
}

/// `PUT` of a document.
pub(super) async fn put(mut request: Request, env: &Env, workspace: &WorkspaceId, document: Document<'_>) -> Answer {
    require_token(&mut request, env, workspace).await?;
    let body = read_json_text(&mut request, MAX_CONTENT).await?;
    let (change, warnings) = parse(&body, document).await?;
    publish(env, workspace, change, warnings, how(&request)?).await
}

/// `GET articles/{locale}/{id}`: what is read, or with `source=1` what was written.
pub(super) async fn article(request: Request, env: &Env, workspace: &WorkspaceId, locale: &str, id: &str) -> Answer {
    match query(&request, "source")? {
        Some(_) => source(request, env, workspace, "articles", locale, id).await,
        None => visitor::article(&request, env, workspace, locale, id).await,
    }
}

/// `GET answers/{locale}/{id}`: what was written, or with `read=1` what is read.
pub(super) async fn answer(request: Request, env: &Env, workspace: &WorkspaceId, locale: &str, id: &str) -> Answer {
    match query(&request, "read")? {
        Some(_) => visitor::answer(&request, env, workspace, locale, id).await,
        None => source(request, env, workspace, "answers", locale, id).await,
    }
}

/// A piece as it was written, with its version in `ETag`.
async fn source(
    mut request: Request,
    env: &Env,
    workspace: &WorkspaceId,
    kind: &str,
    locale: &str,
    id: &str,
) -> Answer {
    require_token(&mut request, env, workspace).await?;
    let path = ["source", workspace.as_str(), kind, locale, id].join("/");
    given(library(env, workspace).await?.fetch_raw(&path).await?)
}

/// How a change is to be made: `dry_run=1` stores nothing, `If-Match` guards against another editor, and `If-None-Match: *` against
/// putting something in the place of what is there.
fn how(request: &Request) -> Result<How, Failure> {
    let tried = query(request, "dry_run")?.is_some_and(|value| !matches!(value.as_str(), "0" | "false"));
    let header = |name: &str| Ok::<_, Failure>(request.headers().get(name)?.map(|value| String::from(value.trim())));
    let version = match (header("if-match")?, header("if-none-match")?) {
        (None, None) => None,
        (Some(any), None) if any == "*" => Some(any),
        (None, Some(any)) if any == "*" => Some(String::new()),
        (Some(one), None) => {
            let quoted = one.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let version = quoted.filter(|version| !version.is_empty() && !version.contains('"'));
            Some(String::from(version.ok_or_else(wrong_guard)?))
        }
        _ => return Err(wrong_guard()),
    };
    Ok(How { tried, version })
}

fn wrong_guard() -> Failure {
    let sentence = "The guard cannot be read. Send If-Match with one version in quotes or with *, or If-None-Match with *. Nothing was \
                    stored.";
    ApiError::with(ErrorCode::InvalidRequest, sentence).into()
}

/// `DELETE articles/{locale}/{id}`.
pub(super) async fn delete_article(
    request: Request,
    env: &Env,
    workspace: &WorkspaceId,
    locale: &str,
    id: &str,
) -> Answer {
    let id = ArticleId::parse(id).map_err(|_| ErrorCode::UnknownArticle);
    delete(request, env, workspace, id.map(|id| Change::NoArticle(String::from(locale), id))).await
}

/// `DELETE answers/{locale}/{id}`.
pub(super) async fn delete_answer(
    request: Request,
    env: &Env,
    workspace: &WorkspaceId,
    locale: &str,
    id: &str,
) -> Answer {
    let id = AnswerId::parse(id).map_err(|_| ErrorCode::UnknownAnswer);
    delete(request, env, workspace, id.map(|id| Change::NoAnswer(String::from(locale), id))).await
}

async fn delete(mut request: Request, env: &Env, workspace: &WorkspaceId, what: Result<Change, ErrorCode>) -> Answer {
    require_token(&mut request, env, workspace).await?;
    publish(env, workspace, what?, Vec::new(), how(&request)?).await
}

async fn publish(env: &Env, workspace: &WorkspaceId, change: Change, warnings: Vec<Problem>, how: How) -> Answer {
    let mut published = Library::of(env, workspace)?.ask(Publish { workspace: workspace.clone(), change, how }).await?;
    // The object knows hashes; addresses are the worker's.
    for index in &mut published.indexes {
        index.url = ["/w/", workspace.as_str(), "/index/", &index.locale, ".", &index.url, ".bin"].concat();
    }
    published.warnings.splice(0..0, warnings);
    published.warnings = told(published.warnings);
    json(&published)
}

/// What a body changes, and its warnings. A document that cannot be taken is refused with everything that is wrong with it.
async fn parse(body: &str, which: Document<'_>) -> Result<(Change, Vec<Problem>), Failure> {
    match which {
        Document::Content => taken(document(body).await?, |content: Content| Change::Everything(Box::new(content))),
        Document::Settings => taken(document(body).await?, |settings| Change::Settings(Box::new(settings))),
        Document::Operations => taken(document(body).await?, |operations| Change::Operations(Box::new(operations))),
        Document::Articles => taken(document(body).await?, |all: Articles| Change::Articles(all.articles)),
        Document::Answers => taken(document(body).await?, |all: Answers| Change::Answers(all.answers)),
        Document::Article(locale, id) => {
            let (article, mut problems): (ArticleSource, _) = document(body).await?;
            problems.extend(place_problems((&article.locale, article.id.as_str()), (locale, &id)));
            taken((article, problems), |article| Change::Article(Box::new(article)))
        }
        Document::Answer(locale, id) => {
            let (answer, mut problems): (AnswerSource, _) = document(body).await?;
            problems.extend(place_problems((&answer.locale, answer.id.as_str()), (locale, &id)));
            taken((answer, problems), |answer| Change::Answer(Box::new(answer)))
        }
    }
}

/// The change that a document makes, unless one of its problems stops it.
fn taken<T>(
    (document, problems): (T, Vec<Problem>),
    change: fn(T) -> Change,
) -> Result<(Change, Vec<Problem>), Failure> {
    if problems.iter().all(Problem::is_warning) {
        Ok((change(document), problems))
    } else {
        Err(Failure::Problems(told(problems)))
    }
}

/// `POST secrets/publish`: another publish token in the place of this one.
pub(super) async fn renew_token(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let AdmitPublisher { digest, is_shared } = require_token(&mut request, env, workspace).await?;
    json(&Workspace::of(env, workspace)?.ask(RenewPublishToken { digest, is_shared }).await?)
}

/// `POST secrets/identity`: another key for identities. Tokens of the former one are taken until they expire.
pub(super) async fn renew_key(mut request: Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    let AdmitPublisher { digest, is_shared } = require_token(&mut request, env, workspace).await?;
    let renewed = Workspace::of(env, workspace)?.ask(RenewIdentityKey { digest, is_shared }).await?;
    keys::forget(workspace);
    json(&renewed)
}

/// Refuses a request that comes without the workspace's publish token, and gives what proves it. Wrong ones are counted by their
/// address.
pub(super) async fn require_token(
    request: &mut Request,
    env: &Env,
    workspace: &WorkspaceId,
) -> Result<AdmitPublisher, Failure> {
    let given = bearer(request)?;
    let is_shared = platform::text(env, "PUBLISH_TOKEN").is_some_and(|wanted| same_secret(&given, &wanted));
    let question = || AdmitPublisher { digest: digest(&given), is_shared };
    let refused = match Workspace::of(env, workspace)?.ask(question()).await {
        Ok(()) => return Ok(question()),
        Err(Failure::Refused(error)) => error,
        Err(failure) => return Err(failure),
    };
    discard_body(request).await;
    match refused.code {
        ErrorCode::UnknownWorkspace => Err(not_made(workspace)),
        ErrorCode::WrongToken => {
            let from = address::of(request, env)?;
            address::take(env, workspace, &from, vec![Draw::one(Kind::SignIn)]).await?;
            Err(refused.into())
        }
        _ => Err(refused.into()),
    }
}

/// A refusal of a workspace that is not there also says how it is made.
pub(super) fn told_how(failure: Failure, workspace: &WorkspaceId) -> Failure {
    match failure {
        Failure::Refused(error) if error.code == ErrorCode::UnknownWorkspace => not_made(workspace),
        other => other,
    }
}

/// What is said to somebody who publishes under a name that nobody has made a workspace of.
fn not_made(workspace: &WorkspaceId) -> Failure {
    let name = workspace.as_str();
    let how = [
        "There is no workspace ",
        name,
        ". Check the name, or have the operator make it: PUT /api/w/",
        name,
        " with the operator's token. Nothing was stored.",
    ];
    ApiError::with(ErrorCode::UnknownWorkspace, how.concat()).into()
}
