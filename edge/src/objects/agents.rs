//! The agents of a workspace: their set-up, signing in and sessions.

use super::invitations;
use crate::calls::workspace::{SESSION_DAYS, SignedIn};
use crate::failure::Failure;
use crate::names::{ObjectName, SessionToken};
use crate::platform::{derive_key, now, random_base64url, stored, transaction};
use crate::proof::{same_secret, session_digest};
use crate::sql;
use serde::Deserialize;
use shared::ids::AgentId;
use shared::protocol::{
    ApiError, ErrorCode, MAX_NAME_CHARS, MIN_PASSWORD_CHARS, Me, Millis, Setup, SetupState, SignIn,
};
use worker::{SqlStorageValue, Storage};

/// The tables of version 1.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS agents (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, salt TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (digest TEXT PRIMARY KEY, agent TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS opened (digest TEXT NOT NULL, conversation TEXT NOT NULL, PRIMARY KEY (digest, conversation));
CREATE TABLE IF NOT EXISTS failed_sign_ins (name TEXT NOT NULL, at INTEGER NOT NULL);
";

/// Guessing is slowed to this many tries a name in `GUESS_WINDOW_MS`.
const MAX_FAILED: u64 = 10;
const GUESS_WINDOW_MS: u64 = 15 * 60 * 1000;
/// The longest password that is derived: longer ones only cost time.
const MAX_PASSWORD_CHARS: usize = 200;

#[derive(Deserialize)]
struct AgentRow {
    id: AgentId,
    name: String,
    salt: String,
    key: String,
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

/// Whether the first agent is still to be made.
pub(super) fn setup_state(storage: &Storage) -> Result<SetupState, Failure> {
    Ok(SetupState { needed: !sql::exists(storage, "SELECT 1 FROM agents", None)? })
}

/// Makes the first agent, once, by the owner's token; or a further one by an invitation.
pub(super) async fn setup(
    storage: &Storage,
    day_ms: Millis,
    setup: Setup,
    is_owner: bool,
) -> Result<SignedIn, Failure> {
    let needed = setup_state(storage)?.needed;
    if is_owner && !needed {
        return Err(ErrorCode::AlreadySetUp.into());
    }
    if !is_owner && !invitations::is_good(storage, &setup.token)? {
        return Err(ErrorCode::WrongToken.into());
    }
    let name = valid_name(&setup.name)?;
    valid_password(&setup.password)?;
    let salt = random_base64url(16)?;
    let key = derive_key(&setup.password, &salt).await?;
    let id = AgentId::parse(&random_base64url(16)?).map_err(|error| Failure::broken(error.to_string()))?;
    let session = SessionToken::new(random_base64url(32)?);
    transaction(storage, || {
        // Another set-up may have been quicker while the key was derived.
        if is_owner && !setup_state(storage)?.needed {
            return Err(ErrorCode::AlreadySetUp.into());
        }
        if sql::exists(storage, "SELECT 1 FROM agents WHERE name = ?", vec![name.as_str().into()])? {
            return Err(ErrorCode::NameTaken.into());
        }
        if !is_owner && !invitations::use_up(storage, &setup.token)? {
            return Err(ErrorCode::WrongToken.into());
        }
        let values = [id.as_str(), &name, &salt, &key].map(Into::into).to_vec();
        sql::run(storage, "INSERT INTO agents (id, name, salt, key) VALUES (?, ?, ?, ?)", values)?;
        open_session(storage, day_ms, &id, &session)
    })?;
    Ok(SignedIn { me: Me { id, name }, session })
}

/// Every agent, by name.
pub(super) fn all(storage: &Storage) -> Result<Vec<Me>, Failure> {
    let rows: Vec<MeRow> = sql::all(storage, "SELECT id, name FROM agents ORDER BY name", None)?;
    Ok(rows.into_iter().map(Me::from).collect())
}

/// Checks a name and a password.
pub(super) async fn sign_in(storage: &Storage, day_ms: Millis, sign_in: SignIn) -> Result<SignedIn, Failure> {
    let name = valid_name(&sign_in.name).map_err(|_| ErrorCode::WrongPassword)?;
    let since = stored(now().saturating_sub(GUESS_WINDOW_MS));
    let query = "SELECT COUNT(*) AS count FROM failed_sign_ins WHERE name = lower(?) AND at > ?";
    if sql::count(storage, query, vec![name.as_str().into(), since.clone()])? >= MAX_FAILED {
        return Err(ApiError::too_many(until_a_guess_is_forgotten(storage, &name, since)?).into());
    }
    // No password is so long, and to derive it would only cost time.
    if sign_in.password.chars().count() > MAX_PASSWORD_CHARS {
        return Err(ErrorCode::WrongPassword.into());
    }
    // Counted before it is checked, so that many guesses at once do not all pass the limit.
    sql::run(storage, "DELETE FROM failed_sign_ins WHERE at <= ?", vec![since])?;
    let guess = "INSERT INTO failed_sign_ins (name, at) VALUES (lower(?), ?)";
    sql::run(storage, guess, vec![name.as_str().into(), stored(now())])?;

    let query = "SELECT id, name, salt, key FROM agents WHERE name = ?";
    let row: Option<AgentRow> = sql::one(storage, query, vec![name.as_str().into()])?;
    // A name that does not exist costs the same time as one that does.
    let (salt, key) = row.as_ref().map_or(("", ""), |row| (row.salt.as_str(), row.key.as_str()));
    let derived = derive_key(&sign_in.password, salt).await?;
    let Some(agent) = row.as_ref().filter(|_| same_secret(&derived, key)) else {
        return Err(ErrorCode::WrongPassword.into());
    };
    let session = SessionToken::new(random_base64url(32)?);
    transaction(storage, || {
        sql::run(storage, "DELETE FROM failed_sign_ins WHERE name = lower(?)", vec![name.as_str().into()])?;
        open_session(storage, day_ms, &agent.id, &session)
    })?;
    Ok(SignedIn { me: Me { id: agent.id.clone(), name: agent.name.clone() }, session })
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

/// The agent of a session that has not ended. Remembers the conversation to which it is about to open a socket.
pub(super) fn who_is(storage: &Storage, session: &SessionToken, opens: Option<&ObjectName>) -> Result<Me, Failure> {
    let query = "SELECT agents.id AS id, agents.name AS name FROM sessions JOIN agents ON agents.id = sessions.agent \
                 WHERE digest = ? AND expires_at > ?";
    let row: Option<MeRow> = sql::one(storage, query, vec![session_digest(session).as_str().into(), stored(now())])?;
    let agent = row.ok_or(ErrorCode::NotSignedIn)?;
    if let Some(conversation) = opens {
        let values = vec![session_digest(session).as_str().into(), conversation.as_str().into()];
        sql::run(storage, "INSERT OR IGNORE INTO opened (digest, conversation) VALUES (?, ?)", values)?;
    }
    Ok(agent.into())
}

fn open_session(storage: &Storage, day_ms: Millis, agent: &AgentId, session: &SessionToken) -> Result<(), Failure> {
    sql::run(storage, "DELETE FROM sessions WHERE expires_at <= ?", vec![stored(now())])?;
    sql::run(storage, "DELETE FROM opened WHERE digest NOT IN (SELECT digest FROM sessions)", None)?;
    let values =
        vec![session_digest(session).as_str().into(), agent.as_str().into(), stored(now() + SESSION_DAYS * day_ms)];
    sql::run(storage, "INSERT INTO sessions (digest, agent, expires_at) VALUES (?, ?, ?)", values).map(drop)
}

/// How long until the oldest of the guesses that count is old enough not to.
fn until_a_guess_is_forgotten(storage: &Storage, name: &str, since: SqlStorageValue) -> Result<Millis, Failure> {
    let query = "SELECT COALESCE(MIN(at), 0) AS count FROM failed_sign_ins WHERE name = lower(?) AND at > ?";
    let oldest = sql::count(storage, query, vec![name.into(), since])?;
    let oldest = Millis::try_from(oldest).unwrap_or_default();
    Ok((oldest + GUESS_WINDOW_MS).saturating_sub(now()).max(1))
}

fn valid_name(name: &str) -> Result<String, Failure> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
        return Err(
            ApiError::with(ErrorCode::InvalidRequest, "A name needs 1 to 60 characters. Nothing was stored.").into()
        );
    }
    Ok(name)
}

fn valid_password(password: &str) -> Result<(), Failure> {
    let length = password.chars().count();
    if (MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS).contains(&length) {
        Ok(())
    } else {
        Err(ErrorCode::WeakPassword.into())
    }
}
