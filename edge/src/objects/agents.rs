//! The agents of a workspace: the first one's set-up, signing in and sessions.

use crate::failure::Failure;
use crate::platform::{derive_key, now, random_base64url, transaction};
use crate::proof::{digest, same_secret};
use serde::{Deserialize, Serialize};
use shared::ids::AgentId;
use shared::protocol::{ApiError, ErrorCode, MAX_NAME_CHARS, MIN_PASSWORD_CHARS, Me, Setup, SetupState, SignIn};
use worker::{SqlStorageValue, Storage};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS agents (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, salt TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (digest TEXT PRIMARY KEY, agent TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS failed_sign_ins (name TEXT NOT NULL, at INTEGER NOT NULL);
";

/// A fortnight: long enough not to annoy, short enough for a lost laptop.
pub(crate) const SESSION_DAYS: u64 = 14;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Guessing is slowed to this many tries a name in `GUESS_WINDOW_MS`.
const MAX_FAILED: usize = 10;
const GUESS_WINDOW_MS: u64 = 15 * 60 * 1000;
/// The longest password that is derived: longer ones only cost time.
const MAX_PASSWORD_CHARS: usize = 200;

/// A new session: its secret is known to the agent's browser only.
#[derive(Serialize, Deserialize)]
pub(crate) struct SignedIn {
    pub(crate) me: Me,
    pub(crate) session: String,
}

#[derive(Deserialize)]
struct AgentRow {
    id: AgentId,
    name: String,
    salt: String,
    key: String,
}

#[derive(Deserialize)]
struct CountRow {
    count: usize,
}

/// Whether the first agent is still to be made.
pub(super) fn setup_state(storage: &Storage) -> Result<SetupState, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    Ok(SetupState { needed: count(storage, "SELECT COUNT(*) AS count FROM agents", Vec::new())? == 0 })
}

/// Makes the first agent, once.
pub(super) async fn setup(storage: &Storage, setup: Setup) -> Result<SignedIn, Failure> {
    if !setup_state(storage)?.needed {
        return Err(ErrorCode::AlreadySetUp.into());
    }
    let name = valid_name(&setup.name)?;
    valid_password(&setup.password)?;
    let salt = random_base64url(16)?;
    let key = derive_key(&setup.password, &salt).await?;
    let id = AgentId::parse(&random_base64url(16)?).map_err(|error| Failure::Broken(error.to_string()))?;
    let session = random_base64url(32)?;
    transaction(storage, || {
        // Another set-up may have been quicker while the key was derived.
        if !setup_state(storage)?.needed {
            return Err(ErrorCode::AlreadySetUp.into());
        }
        let values = [id.as_str(), &name, &salt, &key].map(Into::into).to_vec();
        storage.sql().exec("INSERT INTO agents VALUES (?, ?, ?, ?)", values)?;
        open_session(storage, &id, &session)
    })?;
    Ok(SignedIn { me: Me { id, name }, session })
}

/// Checks a name and a password.
pub(super) async fn sign_in(storage: &Storage, sign_in: SignIn) -> Result<SignedIn, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let name = valid_name(&sign_in.name).map_err(|_| ErrorCode::WrongPassword)?;
    let since = millis(now().saturating_sub(GUESS_WINDOW_MS));
    let query = "SELECT COUNT(*) AS count FROM failed_sign_ins WHERE name = lower(?) AND at > ?";
    if count(storage, query, vec![name.as_str().into(), since.clone()])? >= MAX_FAILED
        || sign_in.password.chars().count() > MAX_PASSWORD_CHARS
    {
        return Err(ErrorCode::TooMany.into());
    }
    // Counted before it is checked, so that many guesses at once do not all pass the limit.
    storage.sql().exec("DELETE FROM failed_sign_ins WHERE at <= ?", vec![since])?;
    storage
        .sql()
        .exec("INSERT INTO failed_sign_ins VALUES (lower(?), ?)", vec![name.as_str().into(), millis(now())])?;

    let rows: Vec<AgentRow> =
        storage.sql().exec("SELECT * FROM agents WHERE name = ?", vec![name.as_str().into()])?.to_array()?;
    // A name that does not exist costs the same time as one that does.
    let (salt, key) = rows.first().map_or(("", ""), |row| (row.salt.as_str(), row.key.as_str()));
    let derived = derive_key(&sign_in.password, salt).await?;
    let Some(agent) = rows.first().filter(|_| same_secret(&derived, key)) else {
        return Err(ErrorCode::WrongPassword.into());
    };
    let session = random_base64url(32)?;
    transaction(storage, || {
        storage.sql().exec("DELETE FROM failed_sign_ins WHERE name = lower(?)", vec![name.as_str().into()])?;
        open_session(storage, &agent.id, &session)
    })?;
    Ok(SignedIn { me: Me { id: agent.id.clone(), name: agent.name.clone() }, session })
}

/// Ends a session; one that is not there is ended already.
pub(super) fn sign_out(storage: &Storage, session: &str) -> Result<(), Failure> {
    storage.sql().exec(SCHEMA, None)?;
    storage.sql().exec("DELETE FROM sessions WHERE digest = ?", vec![digest(session).into()])?;
    Ok(())
}

/// The agent of a session that has not ended.
pub(super) fn who_is(storage: &Storage, session: &str) -> Result<Me, Failure> {
    storage.sql().exec(SCHEMA, None)?;
    let query =
        "SELECT agents.* FROM sessions JOIN agents ON agents.id = sessions.agent WHERE digest = ? AND expires_at > ?";
    let rows: Vec<AgentRow> = storage.sql().exec(query, vec![digest(session).into(), millis(now())])?.to_array()?;
    let agent = rows.into_iter().next().ok_or(ErrorCode::NotSignedIn)?;
    Ok(Me { id: agent.id, name: agent.name })
}

fn open_session(storage: &Storage, agent: &AgentId, session: &str) -> Result<(), Failure> {
    storage.sql().exec("DELETE FROM sessions WHERE expires_at <= ?", vec![millis(now())])?;
    let values = vec![digest(session).into(), agent.as_str().into(), millis(now() + SESSION_DAYS * DAY_MS)];
    storage.sql().exec("INSERT INTO sessions VALUES (?, ?, ?)", values)?;
    Ok(())
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

fn count(storage: &Storage, query: &str, values: Vec<SqlStorageValue>) -> Result<usize, Failure> {
    let rows: Vec<CountRow> = storage.sql().exec(query, values)?.to_array()?;
    Ok(rows.first().map_or(0, |row| row.count))
}

fn millis(at: u64) -> SqlStorageValue {
    i64::try_from(at).unwrap_or(i64::MAX).into()
}
