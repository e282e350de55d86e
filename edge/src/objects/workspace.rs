//! A workspace: what the site owner has decided, and the agents with their sessions. Articles and answers are in the library.

mod past;

use super::shell::{Object, durable};
use super::{agents, documents, guesses, invitations, operations, secrets, sign_in};
use crate::calls::reply::Answer;
use crate::calls::workspace::{
    self, AdmitPublisher, Adopt, Asked, BootFacts, ExplainRoute, HandOver, Make, RenewIdentityKey, RenewPublishToken,
    Route, SetUp, SignOut, WhoIs,
};
use crate::failure::Failure;
use crate::password::Desk;
use crate::platform::{day_ms, purge_part, transaction};
use crate::tables::{Layout, Step, Tables};
use shared::ids::WorkspaceId;
use shared::operations::Operations;
use shared::protocol::{ErrorCode, NewWorkspace, WorkspaceSecrets};
use shared::settings::Settings;
use worker::{Env, Response, State, Storage, durable_object};

/// The path under which a document is fetched as it was written: `documents/{name}`.
const DOCUMENT_PATH: &str = "/documents/";

/// Secrets of the workspace's own, passwords by as many rounds as it takes, and guesses that count for whom they come from.
const FOURTH: Step = &[secrets::TABLE, agents::CALLS_COLUMN, guesses::FIRST, guesses::SECOND, guesses::THIRD];

const LAYOUT: Layout = Layout {
    steps: &[&[past::FIRST, agents::FIRST, invitations::FIRST], past::SECOND, past::THIRD, FOURTH, past::FIFTH],
    mend: |_| Ok(()),
};

/// The object. It has tables from when it is made.
#[durable_object(alarm)]
pub struct Workspace {
    state: State,
    env: Env,
    tables: Tables,
    /// Where passwords are worked on.
    desk: Desk,
}

durable!(Workspace);

impl Object for Workspace {
    type Class = workspace::Workspace;

    fn open(state: State, env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, env, tables, desk: Desk::default() }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        let storage = self.state.storage();
        if !matches!(asked, Asked::Make(..))
            && let Err(failure) = self.require()
        {
            return Answer::failed(failure);
        }
        let day_ms = day_ms(&self.env);
        match asked {
            Asked::Make(Make { workspace, secrets }, reply) => {
                reply.with(make(&storage, &self.tables, workspace, secrets))
            }
            Asked::AdmitPublisher(AdmitPublisher { digest, is_shared }, reply) => {
                reply.with(secrets::require_publisher(&storage, &digest, is_shared))
            }
            Asked::RenewPublishToken(RenewPublishToken { digest, is_shared }, reply) => {
                let admitted = secrets::require_publisher(&storage, &digest, is_shared);
                reply.with(admitted.and_then(|()| secrets::renew_publish(&storage)))
            }
            Asked::RenewIdentityKey(RenewIdentityKey { digest, is_shared }, reply) => {
                let admitted = secrets::require_publisher(&storage, &digest, is_shared);
                reply.with(admitted.and_then(|()| secrets::renew_identity(&storage)))
            }
            Asked::ListIdentityKeys(_, reply) => reply.with(secrets::identity_keys(&storage)),
            Asked::Exists(_, reply) => reply.with(Ok(())),
            Asked::Boot(_, reply) => reply.with(boot(&storage)),
            Asked::Adopt(Adopt { settings, operations }, reply) => reply.with(self.adopt(settings, operations)),
            Asked::HandOver(HandOver { part }, reply) => {
                reply.with(past::hand_over(&storage, part, purge_part(&self.env)))
            }
            Asked::LetGo(_, reply) => reply.with(past::let_go(&storage)),
            Asked::ListOrigins(_, reply) => reply.with(documents::settings(&storage).map(|settings| settings.origins)),
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

    async fn serve(&self, path: &str) -> Result<Response, Failure> {
        self.require()?;
        let storage = self.state.storage();
        let document = match path.strip_prefix(DOCUMENT_PATH) {
            Some("settings") => serde_json::to_string(&documents::settings(&storage)?)?,
            Some("operations") => {
                // A workspace is there once it has settings.
                documents::settings(&storage)?;
                serde_json::to_string(&documents::operations(&storage)?)?
            }
            _ => return Err(ErrorCode::UnknownDoor.into()),
        };
        Ok(Response::ok(document)?)
    }
}

impl Workspace {
    /// Refuses a workspace that was never made.
    fn require(&self) -> Result<(), Failure> {
        if self.tables.exist()? { Ok(()) } else { Err(ErrorCode::UnknownWorkspace.into()) }
    }

    /// Stores what was published with articles, or by itself.
    fn adopt(&self, settings: Option<Box<Settings>>, operations: Option<Box<Operations>>) -> Result<(), Failure> {
        let storage = self.state.storage();
        transaction(&storage, || {
            settings.map_or(Ok(()), |settings| documents::put_settings(&storage, &settings))?;
            operations.map_or(Ok(()), |operations| documents::put_operations(&storage, &operations))
        })
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
    secrets::keep(storage, &secrets, || documents::begin(storage, name))?;
    Ok(secrets)
}

fn boot(storage: &Storage) -> Result<BootFacts, Failure> {
    let Settings { panel, words, outage, messages, .. } = documents::settings(storage)?;
    Ok(BootFacts { panel, words, outage, messages, terms: operations::terms(storage)? })
}
