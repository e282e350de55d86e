//! The agents of a workspace: their set-up, signing in and sessions.

use super::invitations;
use crate::calls::workspace::{SESSION_DAYS, SignedIn};
use crate::failure::Failure;
use crate::names::{ObjectName, SessionToken};
use crate::platform::{derive_key, now, random_base64url, stored, transaction};
use crate::proof::{same_secret, session_digest};
use serde::Deserialize;
use shared::ids::AgentId;
use shared::protocol::{
    ApiError, ErrorCode, MAX_NAME_CHARS, MIN_PASSWORD_CHARS, Me, Millis, Setup, SetupState, SignIn,
};
use worker::{SqlStorageValue, Storage};

const SCHEMA: &str = "
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
struct OpenedRow {
    conversation: ObjectName,
}

#[derive(Deserialize)]
struct CountRow {
    count: u64,
}

/// Whether the first agent is still to be made.
pub(super) fn setup_state(storage: &Storage) -> Result<SetupState, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    Ok(SetupState { needed: count(storage, "SELECT COUNT(*) AS count FROM agents", Vec::new())? == 0 })
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
        let query = "SELECT COUNT(*) AS count FROM agents WHERE name = ?";
        if count(storage, query, vec![name.as_str().into()])? > 0 {
            return Err(ErrorCode::NameTaken.into());
        }
        if !is_owner && !invitations::use_up(storage, &setup.token)? {
            return Err(ErrorCode::WrongToken.into());
        }
        let values = [id.as_str(), &name, &salt, &key].map(Into::into).to_vec();
        storage.sql().exec("INSERT INTO agents VALUES (?, ?, ?, ?)", values)?;
        open_session(storage, day_ms, &id, &session)
    })?;
    Ok(SignedIn { me: Me { id, name }, session })
}

/// Every agent, by name.
pub(super) fn all(storage: &Storage) -> Result<Vec<Me>, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let rows: Vec<AgentRow> = storage.sql().exec("SELECT * FROM agents ORDER BY name", None)?.to_array()?;
    Ok(rows.into_iter().map(|row| Me { id: row.id, name: row.name }).collect())
}

/// Checks a name and a password.
pub(super) async fn sign_in(storage: &Storage, day_ms: Millis, sign_in: SignIn) -> Result<SignedIn, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let name = valid_name(&sign_in.name).map_err(|_| ErrorCode::WrongPassword)?;
    let since = stored(now().saturating_sub(GUESS_WINDOW_MS));
    let query = "SELECT COUNT(*) AS count FROM failed_sign_ins WHERE name = lower(?) AND at > ?";
    if count(storage, query, vec![name.as_str().into(), since.clone()])? >= MAX_FAILED {
        return Err(ApiError::too_many(until_a_guess_is_forgotten(storage, &name, since)?).into());
    }
    // No password is so long, and to derive it would only cost time.
    if sign_in.password.chars().count() > MAX_PASSWORD_CHARS {
        return Err(ErrorCode::WrongPassword.into());
    }
    // Counted before it is checked, so that many guesses at once do not all pass the limit.
    storage.sql().exec("DELETE FROM failed_sign_ins WHERE at <= ?", vec![since])?;
    storage
        .sql()
        .exec("INSERT INTO failed_sign_ins VALUES (lower(?), ?)", vec![name.as_str().into(), stored(now())])?;

    let rows: Vec<AgentRow> =
        storage.sql().exec("SELECT * FROM agents WHERE name = ?", vec![name.as_str().into()])?.to_array()?;
    // A name that does not exist costs the same time as one that does.
    let (salt, key) = rows.first().map_or(("", ""), |row| (row.salt.as_str(), row.key.as_str()));
    let derived = derive_key(&sign_in.password, salt).await?;
    let Some(agent) = rows.first().filter(|_| same_secret(&derived, key)) else {
        return Err(ErrorCode::WrongPassword.into());
    };
    let session = SessionToken::new(random_base64url(32)?);
    transaction(storage, || {
        storage.sql().exec("DELETE FROM failed_sign_ins WHERE name = lower(?)", vec![name.as_str().into()])?;
        open_session(storage, day_ms, &agent.id, &session)
    })?;
    Ok(SignedIn { me: Me { id: agent.id.clone(), name: agent.name.clone() }, session })
}

/// Ends a session; one that is not there is ended already. Gives the names of the conversations to which it has
/// opened sockets.
pub(super) fn sign_out(storage: &Storage, session: &SessionToken) -> Result<Vec<ObjectName>, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let digest = session_digest(session);
    let query = "SELECT conversation FROM opened WHERE digest = ?";
    let rows: Vec<OpenedRow> = storage.sql().exec(query, vec![digest.as_str().into()])?.to_array()?;
    storage.sql().exec("DELETE FROM sessions WHERE digest = ?", vec![digest.as_str().into()])?;
    storage.sql().exec("DELETE FROM opened WHERE digest = ?", vec![digest.as_str().into()])?;
    Ok(rows.into_iter().map(|row| row.conversation).collect())
}

/// The agent of a session that has not ended. Remembers the conversation to which it is about to open a socket.
pub(super) fn who_is(storage: &Storage, session: &SessionToken, opens: Option<&ObjectName>) -> Result<Me, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let query =
        "SELECT agents.* FROM sessions JOIN agents ON agents.id = sessions.agent WHERE digest = ? AND expires_at > ?";
    let rows: Vec<AgentRow> =
        storage.sql().exec(query, vec![session_digest(session).as_str().into(), stored(now())])?.to_array()?;
    let agent = rows.into_iter().next().ok_or(ErrorCode::NotSignedIn)?;
    if let Some(conversation) = opens {
        let values = vec![session_digest(session).as_str().into(), conversation.as_str().into()];
        storage.sql().exec("INSERT OR IGNORE INTO opened VALUES (?, ?)", values)?;
    }
    Ok(Me { id: agent.id, name: agent.name })
}

fn open_session(storage: &Storage, day_ms: Millis, agent: &AgentId, session: &SessionToken) -> Result<(), Failure> {
    storage.sql().exec("DELETE FROM sessions WHERE expires_at <= ?", vec![stored(now())])?;
    storage.sql().exec("DELETE FROM opened WHERE digest NOT IN (SELECT digest FROM sessions)", None)?;
    let values =
        vec![session_digest(session).as_str().into(), agent.as_str().into(), stored(now() + SESSION_DAYS * day_ms)];
    storage.sql().exec("INSERT INTO sessions VALUES (?, ?, ?)", values)?;
    Ok(())
}

/// How long until the oldest of the guesses that count is old enough not to.
fn until_a_guess_is_forgotten(storage: &Storage, name: &str, since: SqlStorageValue) -> Result<Millis, Failure> {
    let query = "SELECT COALESCE(MIN(at), 0) AS count FROM failed_sign_ins WHERE name = lower(?) AND at > ?";
    let oldest = count(storage, query, vec![name.into(), since])?;
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

fn count(storage: &Storage, query: &str, values: Vec<SqlStorageValue>) -> Result<u64, Failure> {
    let rows: Vec<CountRow> = storage.sql().exec(query, values)?.to_array()?;
    Ok(rows.first().map_or(0, |row| row.count))
}
