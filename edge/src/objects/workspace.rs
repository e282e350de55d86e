//! A workspace: what the site owner publishes, the search over it, and the agents with their sessions.

use super::shell::{Object, durable};
use super::{agents, content, guesses, invitations, operations, secrets, sign_in};
use crate::calls::reply::Answer;
use crate::calls::workspace::{
    self, AdmitPublisher, Asked, Boot, BootFacts, ExplainAssistant, ExplainRoute, ListArticles, Make, Match, Publish,
    ReadArticle, Route, SetUp, SignOut, WhoIs,
};
use crate::failure::Failure;
use crate::password::Desk;
use crate::platform::{arm, day_ms, now};
use crate::tables::{Layout, Step, Tables};
use shared::assistant::Sought;
use shared::ids::WorkspaceId;
use shared::protocol::{ErrorCode, NewWorkspace, WorkspaceSecrets};
use std::cell::Cell;
use worker::{Env, Response, State, Storage, durable_object};

/// The path under which the bytes of an index are fetched: `index/{locale}/{hash}`.
const INDEX_PATH: &str = "/index/";

/// The path under which a document is fetched as it was written: `documents/{name}`.
const DOCUMENT_PATH: &str = "/documents/";

/// Secrets of the workspace's own, passwords by as many rounds as it takes, and guesses that count for whom they come from.
const FOURTH: Step = &[secrets::TABLE, agents::CALLS_COLUMN, guesses::FIRST, guesses::SECOND, guesses::THIRD];

const LAYOUT: Layout = Layout {
    steps: &[&[content::FIRST, agents::FIRST, invitations::FIRST], content::SECOND, content::THIRD, FOURTH],
    mend: |_| Ok(()),
};

/// The object. It has tables from when it is made.
#[durable_object(alarm)]
pub struct Workspace {
    state: State,
    env: Env,
    tables: Tables,
    /// Whether what another engine has made was looked for.
    looked: Cell<bool>,
    /// Where passwords are worked on.
    desk: Desk,
}

durable!(Workspace);

impl Object for Workspace {
    type Class = workspace::Workspace;

    fn open(state: State, env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, env, tables, looked: Cell::new(false), desk: Desk::default() }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        let storage = self.state.storage();
        if !matches!(asked, Asked::Make(..)) {
            if let Err(failure) = self.require() {
                return Answer::failed(failure);
            }
            self.renew_soon(&storage);
        }
        let day_ms = day_ms(&self.env);
        match asked {
            Asked::Make(Make { workspace, secrets }, reply) => {
                reply.with(make(&storage, &self.tables, workspace, secrets))
            }
            Asked::AdmitPublisher(AdmitPublisher { digest, is_shared }, reply) => {
                reply.with(secrets::require_publisher(&storage, &digest, is_shared))
            }
            Asked::RenewPublishToken(_, reply) => reply.with(secrets::renew_publish(&storage)),
            Asked::RenewIdentityKey(_, reply) => reply.with(secrets::renew_identity(&storage)),
            Asked::ListIdentityKeys(_, reply) => reply.with(secrets::identity_keys(&storage)),
            Asked::Exists(_, reply) => reply.with(Ok(())),
            Asked::Publish(Publish { change }, reply) => reply.with(content::publish(&storage, &self.tables, change)),
            Asked::Boot(Boot { locale }, reply) => reply.with(boot(&storage, &locale)),
            Asked::ListOrigins(_, reply) => reply.with(content::settings(&storage).map(|settings| settings.origins)),
            Asked::ReadArticle(ReadArticle { locale, id, reader }, reply) => {
                reply.with(content::article(&storage, &locale, &id, &reader))
            }
            Asked::ListArticles(ListArticles { locale }, reply) => reply.with(content::articles(&storage, &locale)),
            Asked::Match(Match { text, locale, page, products, reader }, reply) => {
                let sought = Sought { text: &text, page: &page, products: &products };
                reply.with(content::find(&storage, &sought, &locale, &reader))
            }
            Asked::ExplainAssistant(ExplainAssistant { case }, reply) => {
                reply.with(content::explain(&storage, &case, now()))
            }
            Asked::Route(Route { case }, reply) => reply.with(operations::route(&storage, &case)),
            Asked::ExplainRoute(ExplainRoute { case }, reply) => reply.with(operations::explain(&storage, &case)),
            Asked::IsSetupNeeded(question, reply) => {
                reply.with(agents::setup_state(&storage, question.token.as_deref(), question.is_shared))
            }
            Asked::SetUp(SetUp { setup, is_shared }, reply) => {
                reply.with(agents::setup(&storage, &self.desk, day_ms, setup, is_shared).await)
            }
            Asked::SignIn(question, reply) => {
                reply.with(sign_in::sign_in(&self.env, &storage, &self.desk, day_ms, question).await)
            }
            Asked::SignOut(SignOut { session }, reply) => reply.with(agents::sign_out(&storage, &session)),
            Asked::WhoIs(WhoIs { sessions, opens }, reply) => {
                reply.with(agents::who_is(&storage, &sessions, opens.as_ref()))
            }
            Asked::ReadTerms(_, reply) => reply.with(operations::terms(&storage)),
            Asked::ListTeam(_, reply) => reply.with(operations::roster(&storage)),
            Asked::Invite(_, reply) => reply.with(invitations::invite(&storage, day_ms)),
        }
    }

    async fn ring(&self) -> Result<(), Failure> {
        self.require()?;
        content::renew(&self.state.storage()).await
    }

    fn serve(&self, path: &str) -> Result<Response, Failure> {
        self.require()?;
        let storage = self.state.storage();
        if let Some(name) = path.strip_prefix(DOCUMENT_PATH) {
            return Ok(Response::ok(content::written(&storage, name)?)?);
        }
        let (locale, hash) =
            path.strip_prefix(INDEX_PATH).and_then(|rest| rest.split_once('/')).ok_or(ErrorCode::UnknownDoor)?;
        Ok(Response::from_bytes(content::index_bytes(&storage, locale, hash)?)?)
    }
}

impl Workspace {
    /// Refuses a workspace that was never made.
    fn require(&self) -> Result<(), Failure> {
        if self.tables.exist()? { Ok(()) } else { Err(ErrorCode::UnknownWorkspace.into()) }
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
}

/// Makes a workspace with its secrets. It begins without articles, and no page may hold its panel until its settings say so.
fn make(
    storage: &Storage,
    tables: &Tables,
    workspace: WorkspaceId,
    given: NewWorkspace,
) -> Result<WorkspaceSecrets, Failure> {
    let secrets = secrets::choose(workspace, given)?;
    // Nothing is made before it is known that everything can be.
    tables.ensure()?;
    let name = String::from(secrets.workspace.as_str());
    secrets::keep(storage, &secrets, || content::begin(storage, name))?;
    Ok(secrets)
}

/// What the panel's start needs, in the language that serves `wanted` best.
fn boot(storage: &Storage, wanted: &str) -> Result<BootFacts, Failure> {
    content::boot(storage, wanted, operations::terms(storage)?)
}
