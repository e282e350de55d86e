//! A workspace: what the site owner publishes, the search over it, and the agents with their sessions.

use super::operations::{Routed, Terms};
use super::{Incoming, agents, content, incoming, invitations, operations, outcome};
use crate::failure::Failure;
use crate::platform::{arm, day_ms, now};
use serde::{Deserialize, Serialize};
use shared::assistant::{Found, Rules};
use shared::ids::ArticleId;
use shared::protocol::{
    Article, ArticleRef, Content, ErrorCode, Invitation, Me, Published, Roster, Setup, SetupState, SignIn,
};
use shared::routing::{Case, Explanation};
use std::cell::Cell;
use worker::{
    DurableObject, Env, Request, Response, State, Storage, WebSocket, WebSocketIncomingMessage, durable_object,
};

/// What a workspace can be asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WorkspaceOp {
    /// Whether anything was published. Answers nothing, or refuses.
    Exists,
    /// Replaces what is published. Answers `Published`.
    Publish(Box<Content>),
    /// What the panel's start needs. Answers `BootFacts`.
    Boot { locale: String },
    /// The origins whose pages may hold the panel. Answers `Vec<String>`.
    Origins,
    /// An article. Answers `Article`.
    Article { locale: String, id: ArticleId },
    /// The articles of a language, by title. Answers `Vec<ArticleRef>`.
    Articles { locale: String },
    /// Searches answers and articles for a sent message. Answers `Matched`.
    Match { text: String, locale: String },
    /// Where a conversation belongs by the routing rules. Answers `Routed`.
    Route(Box<Case>),
    /// Why it belongs there. Answers `Explanation`.
    Explain(Box<Case>),
    /// Whether the first agent is still to be made. Answers `SetupState`.
    SetupState,
    /// Makes the first agent, whose token the worker has checked, or a further one by an invitation. Answers `SignedIn`.
    Setup { setup: Setup, is_owner: bool },
    /// Signs an agent in. Answers `SignedIn`.
    SignIn(SignIn),
    /// Ends a session. Answers the names of the conversations to which it has opened sockets: `Vec<String>`.
    SignOut { session: String },
    /// Who has this session, and the name of the conversation to which it is about to open a socket. Answers `Me`, or refuses.
    WhoIs { session: String, opens: Option<String> },
    /// What holds for every conversation. Answers `Terms`.
    Terms,
    /// Everybody who can be given a conversation. Answers `Roster`.
    Roster,
    /// Makes an invitation. Answers `Invitation`.
    Invite,
}

/// What the panel's start needs to know of the workspace.
#[derive(Serialize, Deserialize)]
pub(crate) struct BootFacts {
    pub(crate) name: String,
    pub(crate) locale: String,
    /// The hash of the index of `locale`.
    pub(crate) index: Option<String>,
    pub(crate) terms: Terms,
}

/// What the assistant decides on.
#[derive(Serialize, Deserialize)]
pub(crate) struct Matched {
    /// What was found for a message, best first.
    pub(crate) found: Vec<Found>,
    /// What the site owner wants.
    pub(crate) rules: Rules,
}

/// The path under which the bytes of an index are fetched: `index/{locale}/{hash}`.
const INDEX_PATH: &str = "/index/";

/// The object.
#[durable_object]
pub struct Workspace {
    state: State,
    env: Env,
    /// Whether what another engine has made was looked for.
    looked: Cell<bool>,
}

impl DurableObject for Workspace {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, looked: Cell::new(false) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        match incoming(request).await {
            Ok(Incoming::Operation(operation)) => self.operate(operation).await,
            Ok(Incoming::Raw(path)) => self.index(&path).or_else(Failure::into_response),
            Ok(Incoming::Socket(_)) => Failure::from(ErrorCode::UnknownDoor).into_response(),
            Err(failure) => outcome::<()>(Err(failure)),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(failure) = content::renew(&self.state.storage()).await {
            failure.log();
        }
        Response::empty()
    }

    async fn websocket_message(&self, _socket: WebSocket, _message: WebSocketIncomingMessage) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_close(
        &self,
        _socket: WebSocket,
        _code: usize,
        _reason: String,
        _was_clean: bool,
    ) -> worker::Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: worker::Error) -> worker::Result<()> {
        Ok(())
    }
}

impl Workspace {
    async fn operate(&self, operation: WorkspaceOp) -> worker::Result<Response> {
        let storage = self.state.storage();
        if let WorkspaceOp::Publish(source) = operation {
            return outcome::<Published>(content::publish(&storage, &source));
        }
        if let Err(failure) = content::require(&storage) {
            return outcome::<()>(Err(failure));
        }
        self.renew_soon(&storage);
        match operation {
            WorkspaceOp::Exists | WorkspaceOp::Publish(_) => outcome(Ok(())),
            WorkspaceOp::Boot { locale } => outcome::<BootFacts>(content::boot(&storage, &locale)),
            WorkspaceOp::Origins => outcome(content::settings(&storage).map(|settings| settings.origins)),
            WorkspaceOp::Article { locale, id } => outcome::<Article>(content::article(&storage, &locale, &id)),
            WorkspaceOp::Articles { locale } => outcome::<Vec<ArticleRef>>(content::articles(&storage, &locale)),
            WorkspaceOp::Match { text, locale } => outcome::<Matched>(content::find(&storage, &text, &locale)),
            WorkspaceOp::Route(case) => outcome::<Routed>(operations::route(&storage, &case)),
            WorkspaceOp::Explain(case) => outcome::<Explanation>(operations::explain(&storage, &case)),
            WorkspaceOp::SetupState => outcome::<SetupState>(agents::setup_state(&storage)),
            WorkspaceOp::Setup { setup, is_owner } => {
                outcome(agents::setup(&storage, day_ms(&self.env), setup, is_owner).await)
            }
            WorkspaceOp::SignIn(sign_in) => outcome(agents::sign_in(&storage, day_ms(&self.env), sign_in).await),
            WorkspaceOp::SignOut { session } => outcome(agents::sign_out(&storage, &session)),
            WorkspaceOp::WhoIs { session, opens } => {
                outcome::<Me>(agents::who_is(&storage, &session, opens.as_deref()))
            }
            WorkspaceOp::Terms => outcome::<Terms>(operations::terms(&storage)),
            WorkspaceOp::Roster => outcome::<Roster>(operations::roster(&storage)),
            WorkspaceOp::Invite => outcome::<Invitation>(invitations::invite(&storage, day_ms(&self.env))),
        }
    }

    /// Has made anew what another engine has made; looked for once while this is awake. The alarm does it, so that nobody's
    /// request is lost with it; until then what is there is served.
    fn renew_soon(&self, storage: &Storage) {
        if self.looked.replace(true) {
            return;
        }
        let armed = content::is_old(storage).and_then(|is_old| if is_old { arm(storage, now()) } else { Ok(()) });
        if let Err(failure) = armed {
            failure.log();
        }
    }

    fn index(&self, path: &str) -> Result<Response, Failure> {
        let (locale, hash) =
            path.strip_prefix(INDEX_PATH).and_then(|rest| rest.split_once('/')).ok_or(ErrorCode::UnknownDoor)?;
        content::require(&self.state.storage())?;
        Ok(Response::from_bytes(content::index_bytes(&self.state.storage(), locale, hash)?)?)
    }
}
