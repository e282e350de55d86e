//! The edge's doors.

use gloo::net::http::Request;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::client::{HELD_MS, REQUEST_MS};
use shared::ids::{ConversationId, WorkspaceId};
use shared::protocol::{
    AgentCommand, AgentCommandRequest, ApiError, Away, ErrorCode, Events, InboxAsk, InboxFrame, Invitation, ListName,
    ListedArticle, Me, ReadMarks, Report, Roster, Seq, Setup, SetupState, SignIn, VisitorOf,
};
use std::pin::Pin;
use web_sys::AbortSignal;

/// Why a door gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The edge could not be reached, or what came was not from it.
    Offline,
    /// The edge refused.
    Refused(ApiError),
}

impl Failure {
    /// Whether the edge does not know who is calling.
    pub(crate) fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(error) if error.code == ErrorCode::NotSignedIn)
    }

    /// Whether the edge is older than this page and has no such door.
    pub(crate) fn is_no_door(&self) -> bool {
        matches!(self, Self::Refused(error) if error.code == ErrorCode::UnknownDoor)
    }
}

/// The body of a request that has nothing to say.
#[derive(Serialize)]
struct Nothing {}

/// The text of a file beside the page.
pub(crate) async fn text(address: &str) -> Result<String, Failure> {
    answer(Request::get(address).build()).await
}

/// The doors of one workspace.
#[derive(Debug, Clone)]
pub(crate) struct Doors {
    base: String,
}

impl Doors {
    /// The doors of a workspace.
    pub(crate) fn new(workspace: &WorkspaceId) -> Self {
        Self { base: ["/api/w/", workspace.as_str()].concat() }
    }

    /// Whether the first agent is still to be made, and whether a link's token is of use.
    pub(crate) async fn setup_state(&self, token: Option<&str>) -> Result<SetupState, Failure> {
        let end = AbortSignal::timeout_with_u32(REQUEST_MS);
        let request = Request::get(&self.url("/setup")).abort_signal(Some(&end));
        let request = match token {
            Some(token) => request.header("authorization", &["Bearer ", token].concat()),
            None => request,
        };
        read(answer(request.build()).await)
    }

    /// Makes the first agent and signs in.
    pub(crate) async fn set_up(&self, setup: &Setup) -> Result<Me, Failure> {
        self.post("/setup", setup).await
    }

    /// Who is signed in.
    pub(crate) async fn me(&self) -> Result<Me, Failure> {
        self.get("/session").await
    }

    /// Signs in.
    pub(crate) async fn sign_in(&self, sign_in: &SignIn) -> Result<Me, Failure> {
        self.post("/session", sign_in).await
    }

    /// Signs out.
    pub(crate) async fn sign_out(&self) -> Result<(), Failure> {
        answer(Request::delete(&self.url("/session")).build()).await.map(drop)
    }

    /// The lists, where the socket does not open.
    pub(crate) async fn inbox(&self, ask: &InboxAsk) -> Result<Vec<InboxFrame>, Failure> {
        self.get(&["/inbox?list=", &query_of(ask)].concat()).await
    }

    /// The articles in a language, or in the workspace's own if there are none.
    pub(crate) async fn articles(&self, locale: &str) -> Result<Vec<ListedArticle>, Failure> {
        self.get(&["/inbox/articles?locale=", locale].concat()).await
    }

    /// What happened in a conversation, given when there is something new or after `HELD_MS`.
    pub(crate) async fn held_events(&self, id: &ConversationId, have: Seq, read: ReadMarks) -> Result<Events, Failure> {
        let numbers = [have, HELD_MS, read.visitor, read.agent].map(|number| number.to_string());
        let [have, wait, visitor, agent] = &numbers;
        let query = ["have=", have, "&wait=", wait, "&read=", visitor, ".", agent].concat();
        let path = ["/conversations/", id.as_str(), "/agent-events?", &query].concat();
        self.get_within(&path, REQUEST_MS + HELD_MS).await
    }

    /// What happened in a conversation, where the socket does not open.
    pub(crate) async fn events(&self, id: &ConversationId, have: Seq) -> Result<Events, Failure> {
        self.get(&["/conversations/", id.as_str(), "/agent-events?have=", &have.to_string()].concat()).await
    }

    /// Does something in a conversation, where the socket is not open.
    pub(crate) async fn command(
        &self,
        id: &ConversationId,
        have: Seq,
        command: AgentCommand,
    ) -> Result<Events, Failure> {
        let path = ["/conversations/", id.as_str(), "/agent-commands"].concat();
        self.post(&path, &AgentCommandRequest { have, command }).await
    }

    /// Who is in the team.
    pub(crate) async fn team(&self) -> Result<Roster, Failure> {
        self.get("/team").await
    }

    /// Whose conversation it is, and what the site says of them.
    pub(crate) async fn visitor_of(&self, conversation: &ConversationId) -> Result<VisitorOf, Failure> {
        self.get(&["/conversations/", conversation.as_str(), "/visitor"].concat()).await
    }

    /// How the last days went.
    pub(crate) async fn report(&self, days: u32) -> Result<Report, Failure> {
        self.get(&["/report?days=", &days.to_string()].concat()).await
    }

    /// Says whether this agent is away.
    pub(crate) async fn set_away(&self, away: bool) -> Result<(), Failure> {
        self.post("/away", &Away { away }).await
    }

    /// Makes an invitation for one more agent.
    pub(crate) async fn invite(&self) -> Result<Invitation, Failure> {
        self.post("/invitations", &Nothing {}).await
    }

    /// The path of the lists' socket.
    pub(crate) fn inbox_live(&self) -> String {
        self.url("/inbox/live?pages")
    }

    /// The path of a conversation's socket.
    pub(crate) fn conversation_live(&self, id: &ConversationId) -> String {
        self.url(&["/conversations/", id.as_str(), "/agent-live"].concat())
    }

    fn url(&self, path: &str) -> String {
        [&self.base, path].concat()
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.get_within(path, REQUEST_MS).await
    }

    async fn get_within<T: DeserializeOwned>(&self, path: &str, timeout_ms: u32) -> Result<T, Failure> {
        let end = AbortSignal::timeout_with_u32(timeout_ms);
        read(answer(Request::get(&self.url(path)).abort_signal(Some(&end)).build()).await)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Failure> {
        let body = serde_json::to_string(body).map_err(|_| Failure::Offline)?;
        let end = AbortSignal::timeout_with_u32(REQUEST_MS);
        let request = Request::post(&self.url(path)).abort_signal(Some(&end));
        let request = request.header("Content-Type", "application/json").body(body);
        read(answer(request).await)
    }
}

/// The body of an answer that is no refusal. It is boxed so that what a request goes through is compiled once, and not for
/// every kind of answer.
fn answer(request: Result<Request, gloo::net::Error>) -> Pin<Box<dyn Future<Output = Result<String, Failure>>>> {
    Box::pin(async move {
        let response = request.map_err(|_| Failure::Offline)?.send().await.map_err(|_| Failure::Offline)?;
        let is_ok = response.ok();
        let text = response.text().await;
        if is_ok { text.map_err(|_| Failure::Offline) } else { Err(refusal(&text.unwrap_or_default())) }
    })
}

fn read<T: DeserializeOwned>(text: Result<String, Failure>) -> Result<T, Failure> {
    serde_json::from_str(&text?).map_err(|_| Failure::Offline)
}

/// `ErrorBody` as far as it is used: agents put no documents, so no refusal has problems.
#[derive(Deserialize)]
struct Refusal {
    error: ApiError,
}

/// A refusal that is not in the edge's words comes from something in between, such as a proxy: the same as being offline.
fn refusal(text: &str) -> Failure {
    serde_json::from_str(text).map_or(Failure::Offline, |body: Refusal| Failure::Refused(body.error))
}

/// What is asked of the lists, for an address. No name of a list and no id has a letter that an address means something by.
fn query_of(ask: &InboxAsk) -> String {
    match ask {
        InboxAsk::Show { list, open: None } | InboxAsk::More { list, after: None } => list.slug(),
        InboxAsk::Show { list, open: Some(open) } => [&list.slug(), "&open=", open.as_str()].concat(),
        InboxAsk::More { list, after: Some(after) } => {
            [&list.slug(), "&after=", &after.rank.to_string(), ".", after.id.as_str()].concat()
        }
        InboxAsk::Line { id } => [&ListName::All.slug(), "&open=", id.as_str()].concat(),
    }
}
