//! A workspace: what the site owner publishes, the search over it, and the agents with their sessions.

use super::shell::{Object, durable};
use super::{agents, content, invitations, operations};
use crate::calls::reply::Answer;
use crate::calls::workspace::{
    self, Asked, Boot, BootFacts, ExplainAssistant, ExplainRoute, ListArticles, Match, Publish, ReadArticle, Route,
    SetUp, SignIn, SignOut, WhoIs,
};
use crate::failure::Failure;
use crate::platform::{arm, day_ms, now};
use crate::tables::{Layout, Tables};
use shared::assistant::Sought;
use shared::protocol::ErrorCode;
use std::cell::Cell;
use worker::{Env, Response, State, Storage, durable_object};

/// The path under which the bytes of an index are fetched: `index/{locale}/{hash}`.
const INDEX_PATH: &str = "/index/";

/// The path under which a document is fetched as it was written: `documents/{name}`.
const DOCUMENT_PATH: &str = "/documents/";

const LAYOUT: Layout = Layout {
    steps: &[&[content::FIRST, agents::FIRST, invitations::FIRST], content::SECOND, content::THIRD],
    mend: |_| Ok(()),
};

/// The object. It has tables from when its settings are published first.
#[durable_object(alarm)]
pub struct Workspace {
    state: State,
    env: Env,
    tables: Tables,
    /// Whether what another engine has made was looked for.
    looked: Cell<bool>,
}

durable!(Workspace);

impl Object for Workspace {
    type Class = workspace::Workspace;

    fn open(state: State, env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, env, tables, looked: Cell::new(false) }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        let storage = self.state.storage();
        if !matches!(asked, Asked::Publish(..)) {
            if let Err(failure) = self.require() {
                return Answer::failed(failure);
            }
            self.renew_soon(&storage);
        }
        let day_ms = day_ms(&self.env);
        match asked {
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
            Asked::IsSetupNeeded(_, reply) => reply.with(agents::setup_state(&storage)),
            Asked::SetUp(SetUp { setup, is_owner }, reply) => {
                reply.with(agents::setup(&storage, day_ms, setup, is_owner).await)
            }
            Asked::SignIn(SignIn { sign_in }, reply) => reply.with(agents::sign_in(&storage, day_ms, sign_in).await),
            Asked::SignOut(SignOut { session }, reply) => reply.with(agents::sign_out(&storage, &session)),
            Asked::WhoIs(WhoIs { session, opens }, reply) => {
                reply.with(agents::who_is(&storage, &session, opens.as_ref()))
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
    /// Refuses a workspace in which nothing was ever published.
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

/// What the panel's start needs, in the language that serves `wanted` best.
fn boot(storage: &Storage, wanted: &str) -> Result<BootFacts, Failure> {
    content::boot(storage, wanted, operations::terms(storage)?)
}
