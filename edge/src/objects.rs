//! The Durable Objects, one class for each noun, and how they are called.
//!
//! An object is called with one operation as JSON and answers with a value or an `ApiError`. Only the worker and other
//! objects can reach it; what a caller claims to be is still checked by the object that holds the answer.

mod address;
mod agents;
mod alarm;
mod allowance;
mod content;
mod conversation;
mod inbox;
mod invitations;
mod log;
mod operations;
mod purge;
mod sockets;
mod spare;
mod visitor;
mod workspace;

use crate::failure::Failure;
use crate::http::parse;
use crate::proof::digest;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::protocol::ApiError;
use worker::{Env, Headers, Method, Request, RequestInit, Response, State, Stub};

pub(crate) use address::AddressOp;
pub(crate) use agents::{SESSION_DAYS, SignedIn};
pub(crate) use allowance::Draw;
pub(crate) use conversation::{ConversationOp, Look};
pub(crate) use inbox::{InboxOp, Presence};
pub(crate) use operations::{Routed, Terms};
pub(crate) use sockets::Caller;
pub(crate) use visitor::{History, VisitorOp};
pub(crate) use workspace::{BootFacts, Matched, WorkspaceOp};

/// The header by which the worker tells an object who opens a socket.
const CALLER_HEADER: &str = "x-beforehand-caller";
/// Objects have no address; a request needs one all the same.
const OBJECT_URL: &str = "https://object.invalid/";

/// The largest operation: publishing, plus some room for the envelope.
const MAX_OPERATION: usize = shared::protocol::MAX_CONTENT + 64 * 1024;

/// The object of a conversation.
pub(crate) fn conversation(env: &Env, workspace: &WorkspaceId, id: &ConversationId) -> Result<Stub, Failure> {
    conversation_named(env, &conversation_name(workspace, id))
}

/// The name of a conversation's object, from which its id cannot be found.
pub(crate) fn conversation_name(workspace: &WorkspaceId, id: &ConversationId) -> String {
    hidden(workspace, id.as_str())
}

/// The object of a conversation of which only that name is known.
pub(crate) fn conversation_named(env: &Env, name: &str) -> Result<Stub, Failure> {
    Ok(env.durable_object("Conversation")?.get_by_name(name)?)
}

/// The object of a visitor.
pub(crate) fn visitor(env: &Env, workspace: &WorkspaceId, id: &VisitorId) -> Result<Stub, Failure> {
    Ok(env.durable_object("Visitor")?.get_by_name(&hidden(workspace, id.as_str()))?)
}

/// The object of a workspace's inbox.
pub(crate) fn inbox(env: &Env, workspace: &WorkspaceId) -> Result<Stub, Failure> {
    stub(env, "Inbox", workspace)
}

/// The object of a workspace.
pub(crate) fn workspace(env: &Env, workspace: &WorkspaceId) -> Result<Stub, Failure> {
    stub(env, "Workspace", workspace)
}

/// The object that counts what comes from a network address.
pub(crate) fn address(env: &Env, workspace: &WorkspaceId, name: &str) -> Result<Stub, Failure> {
    Ok(env.durable_object("Address")?.get_by_name(&hidden(workspace, name))?)
}

/// The object in which another one puts something aside.
fn spare_of(env: &Env, state: &State) -> Result<Stub, Failure> {
    Ok(env.durable_object("Spare")?.get_by_name(&state.id().to_string())?)
}

fn stub(env: &Env, class: &str, workspace: &WorkspaceId) -> Result<Stub, Failure> {
    Ok(env.durable_object(class)?.get_by_name(&[workspace.as_str(), "/"].concat())?)
}

/// The platform keeps the names of objects for ever, also of those that were erased: whatever belongs to a person has a
/// name from which nothing can be read.
fn hidden(workspace: &WorkspaceId, rest: &str) -> String {
    digest(&[workspace.as_str(), "/", rest].concat())
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome<T> {
    Done(T),
    Refused(ApiError),
}

/// Asks an object to do one operation.
pub(crate) async fn call<I: Serialize, O: DeserializeOwned>(stub: &Stub, operation: &I) -> Result<O, Failure> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(serde_json::to_string(operation)?.into()));
    let request = Request::new_with_init(OBJECT_URL, &init)?;
    let mut response = stub.fetch_with_request(request).await?;
    match serde_json::from_slice(&response.bytes().await?)? {
        Outcome::Done(value) => Ok(value),
        Outcome::Refused(error) => Err(Failure::Refused(error)),
    }
}

/// Hands a WebSocket upgrade to an object, with what the worker has made sure of about the caller.
pub(crate) async fn connect(stub: &Stub, caller: &Caller) -> Result<Response, Failure> {
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    headers.set(CALLER_HEADER, &serde_json::to_string(caller)?)?;
    let mut init = RequestInit::new();
    init.with_headers(headers);
    Ok(stub.fetch_with_request(Request::new_with_init(OBJECT_URL, &init)?).await?)
}

/// Fetches bytes that an object serves as they are.
pub(crate) async fn fetch_raw(stub: &Stub, path: &str) -> Result<Response, Failure> {
    let mut url = String::from(OBJECT_URL);
    url.push_str(path);
    Ok(stub.fetch_with_str(&url).await?)
}

/// What came to an object.
enum Incoming<T> {
    Operation(T),
    Socket(Caller),
    Raw(String),
}

async fn incoming<T: DeserializeOwned>(mut request: Request) -> Result<Incoming<T>, Failure> {
    if let Some(caller) = request.headers().get(CALLER_HEADER)? {
        return Ok(Incoming::Socket(serde_json::from_str(&caller)?));
    }
    if request.method() == Method::Get {
        return Ok(Incoming::Raw(request.path()));
    }
    let body = request.bytes().await?;
    if body.len() > MAX_OPERATION {
        return Err(Failure::Broken(String::from("an operation is over its limit")));
    }
    Ok(Incoming::Operation(parse(&body)?))
}

/// Writes the answer to an operation.
fn outcome<T: Serialize>(result: Result<T, Failure>) -> worker::Result<Response> {
    match result {
        Ok(value) => Response::from_json(&Outcome::Done(value)),
        Err(failure) => Response::from_json(&Outcome::<()>::Refused(failure.into_api_error())),
    }
}
