//! The agents of a workspace: their set-up, signing in and sessions.

use super::{devices, invitations, secrets};
use crate::calls::workspace::{SESSION_DAYS, Seated, SignedIn};
use crate::failure::Failure;
use crate::names::{ObjectName, SessionToken};
use crate::password::{self, CALLS, Desk};
use crate::platform::{normal, now, random_base64url, stored, transaction};
use crate::proof::session_digest;
use crate::sql;
use serde::Deserialize;
use shared::agent_name;
use shared::ids::AgentId;
use shared::protocol::{ApiError, ErrorCode, MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, Me, Millis, Setup, SetupState};
use worker::Storage;

/// The tables of version 1.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS agents (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, salt TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (digest TEXT PRIMARY KEY, agent TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS opened (digest TEXT NOT NULL, conversation TEXT NOT NULL, PRIMARY KEY (digest, conversation));
CREATE TABLE IF NOT EXISTS failed_sign_ins (name TEXT NOT NULL, at INTEGER NOT NULL);
";

/// After how many calls the key of each agent was made; earlier builds made one.
pub(super) const CALLS_COLUMN: &str = "ALTER TABLE agents ADD COLUMN calls INTEGER NOT NULL DEFAULT 1";

/// An agent, as their password is checked.
#[derive(Deserialize)]
pub(super) struct AgentRow {
    pub(super) id: AgentId,
    pub(super) name: String,
    pub(super) salt: String,
    pub(super) key: String,
    pub(super) calls: u32,
}

#[derive(Deserialize)]
struct MeRow {
    id: AgentId,
    name: String,
}

#[derive(Deserialize)]
struct OpenedRow {
    conversation: ObjectName,
}

impl From<MeRow> for Me {
    fn from(row: MeRow) -> Self {
        Self { id: row.id, name: row.name }
    }
}

/// Whether the first agent is still to be made, and why a token makes none.
pub(super) fn setup_state(storage: &Storage, token: Option<&str>, is_shared: bool) -> Result<SetupState, Failure> {
    let refused = match token.map(|token| require_token(storage, token, is_shared)) {
        Some(Err(Failure::Refused(error))) => Some(error.code),
        Some(Err(failure)) => return Err(failure),
        Some(Ok(_)) | None => None,
    };
    Ok(SetupState { needed: is_needed(storage)?, refused })
}

fn is_needed(storage: &Storage) -> Result<bool, Failure> {
    Ok(!sql::exists(storage, "SELECT 1 FROM agents", None)?)
}

/// Whether a token makes the first agent; a further one otherwise. Refuses one that makes none.
fn require_token(storage: &Storage, token: &str, is_shared: bool) -> Result<bool, Failure> {
    let is_owner = secrets::sets_up(storage, token, is_shared)?;
    if is_owner && !is_needed(storage)? {
        return Err(ErrorCode::AlreadySetUp.into());
    }
    if !is_owner && !invitations::is_good(storage, token)? {
        return Err(ErrorCode::WrongToken.into());
    }
    Ok(is_owner)
}

/// Makes the first agent, once, by the owner's token; or a further one by an invitation.
pub(super) async fn setup(
    storage: &Storage,
    desk: &Desk,
    day_ms: Millis,
    setup: Setup,
    is_shared: bool,
) -> Result<SignedIn, Failure> {
    let is_owner = require_token(storage, &setup.token, is_shared)?;
    let name = valid_name(&setup.name)?;
    // Asked before the password costs anything, and again when it has.
    require_free(storage, &name)?;
    valid_password(&setup.password)?;
    let salt = random_base64url(16)?;
    let (_, key) = {
        let _turn = desk.strangers.turn(&setup.token).await?;
        password::keys(&setup.password, &salt, CALLS).await?
    };
    let id = AgentId::parse(&random_base64url(16)?).map_err(|error| Failure::broken(error.to_string()))?;
    let session = SessionToken::new(random_base64url(32)?);
    transaction(storage, || {
        // Another set-up may have been quicker while the key was derived.
        if is_owner && !is_needed(storage)? {
            return Err(ErrorCode::AlreadySetUp.into());
        }
        require_free(storage, &name)?;
        if !is_owner && !invitations::use_up(storage, &setup.token)? {
            return Err(ErrorCode::WrongToken.into());
        }
        let mut values = [id.as_str(), &name, &salt, &key].map(Into::into).to_vec();
        values.push(i64::from(CALLS).into());
        sql::run(storage, "INSERT INTO agents (id, name, salt, key, calls) VALUES (?, ?, ?, ?, ?)", values)?;
        open_session(storage, day_ms, &id, &session)
    })?;
    let browser = devices::issue(storage, &id)?;
    Ok(SignedIn { me: Me { id, name }, session, browser })
}

/// The agent with this name.
pub(super) fn named(storage: &Storage, name: &str) -> Result<Option<AgentRow>, Failure> {
    sql::one(storage, "SELECT id, name, salt, key, calls FROM agents WHERE name = ?", vec![name.into()])
}

/// A name as it is compared: with single spaces. It may be one that would not be taken today.
pub(super) fn tidy_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every agent, by name.
pub(super) fn all(storage: &Storage) -> Result<Vec<Me>, Failure> {
    let rows: Vec<MeRow> = sql::all(storage, "SELECT id, name FROM agents ORDER BY name", None)?;
    Ok(rows.into_iter().map(Me::from).collect())
}

/// Ends a session; one that is not there is ended already. Gives the names of the conversations to which it has
/// opened sockets.
pub(super) fn sign_out(storage: &Storage, session: &SessionToken) -> Result<Vec<ObjectName>, Failure> {
    let digest = session_digest(session);
    let query = "SELECT conversation FROM opened WHERE digest = ?";
    let rows: Vec<OpenedRow> = sql::all(storage, query, vec![digest.as_str().into()])?;
    sql::run(storage, "DELETE FROM sessions WHERE digest = ?", vec![digest.as_str().into()])?;
    sql::run(storage, "DELETE FROM opened WHERE digest = ?", vec![digest.as_str().into()])?;
    Ok(rows.into_iter().map(|row| row.conversation).collect())
}

/// The agent of the first of these sessions that has not ended. Remembers the conversation to which it is about to open a socket.
pub(super) fn who_is(
    storage: &Storage,
    sessions: &[SessionToken],
    opens: Option<&ObjectName>,
) -> Result<Seated, Failure> {
    for session in sessions {
        if let Some(me) = of_session(storage, session, opens)? {
            return Ok(Seated { me, session: session_digest(session) });
        }
    }
    Err(ErrorCode::NotSignedIn.into())
}

fn of_session(storage: &Storage, session: &SessionToken, opens: Option<&ObjectName>) -> Result<Option<Me>, Failure> {
    let query = "SELECT agents.id AS id, agents.name AS name FROM sessions JOIN agents ON agents.id = sessions.agent \
                 WHERE digest = ? AND expires_at > ?";
    let row: Option<MeRow> = sql::one(storage, query, vec![session_digest(session).as_str().into(), stored(now())])?;
    let Some(agent) = row else { return Ok(None) };
    if let Some(conversation) = opens {
        let values = vec![session_digest(session).as_str().into(), conversation.as_str().into()];
        sql::run(storage, "INSERT OR IGNORE INTO opened (digest, conversation) VALUES (?, ?)", values)?;
    }
    Ok(Some(agent.into()))
}

/// Begins a session.
pub(super) fn open_session(
    storage: &Storage,
    day_ms: Millis,
    agent: &AgentId,
    session: &SessionToken,
) -> Result<(), Failure> {
    sql::run(storage, "DELETE FROM sessions WHERE expires_at <= ?", vec![stored(now())])?;
    sql::run(storage, "DELETE FROM opened WHERE digest NOT IN (SELECT digest FROM sessions)", None)?;
    let values =
        vec![session_digest(session).as_str().into(), agent.as_str().into(), stored(now() + SESSION_DAYS * day_ms)];
    sql::run(storage, "INSERT INTO sessions (digest, agent, expires_at) VALUES (?, ?, ?)", values).map(drop)
}

fn valid_name(name: &str) -> Result<String, Failure> {
    let refused = |why: agent_name::Refused| ApiError::with(ErrorCode::BadName, why.sentence()).into();
    agent_name::valid(name).map_err(refused)
}

/// Refuses a name that an agent has, or that looks like one's.
fn require_free(storage: &Storage, name: &str) -> Result<(), Failure> {
    let wanted = normal(name);
    let is_taken = all(storage)?.iter().any(|agent| agent_name::look_alike(&normal(&agent.name), &wanted));
    if is_taken { Err(ErrorCode::NameTaken.into()) } else { Ok(()) }
}

fn valid_password(password: &str) -> Result<(), Failure> {
    let length = password.chars().count();
    match length {
        0..MIN_PASSWORD_CHARS => Err(ErrorCode::WeakPassword.into()),
        MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS => Ok(()),
        _ => Err(ErrorCode::LongPassword.into()),
    }
}
