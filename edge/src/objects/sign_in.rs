//! Signing in: what is counted before a password is worked on, and what follows from a right one.

use super::agents::{self, AgentRow};
use super::{devices, guesses};
use crate::calls::workspace::{SignIn, SignedIn};
use crate::calls::{Address, Draw, address};
use crate::failure::Failure;
use crate::names::SessionToken;
use crate::password::{self, CALLS, Desk};
use crate::platform::{random_base64url, transaction};
use crate::proof::same_secret;
use crate::sql;
use shared::limits::Kind;
use shared::protocol::{ErrorCode, MAX_NAME_CHARS, MAX_PASSWORD_CHARS, Me, Millis};
use worker::{Env, Storage};

/// Checks a name and a password.
pub(super) async fn sign_in(
    env: &Env,
    storage: &Storage,
    desk: &Desk,
    day_ms: Millis,
    question: SignIn,
) -> Result<SignedIn, Failure> {
    let SignIn { workspace, sign_in, from, browsers } = question;
    let name = agents::tidy_name(&sign_in.name);
    let agent = agents::named(storage, &name)?;
    let browser = known(storage, agent.as_ref(), browsers)?;
    let source = browser.as_ref().map_or(from.as_str(), |browser| browser.source.as_str());
    if browser.is_none() {
        // Whatever the name: what a stranger's address may try is counted there, too.
        let draws = vec![Draw::one(Kind::SignIn)];
        Address::of(env, &workspace, &from)?.ask(address::Spend { draws }).await?;
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(ErrorCode::WrongPassword.into());
    }
    let delay = guesses::count(storage, &name, source)?;
    // No password is so long, and to derive it would only cost time.
    if sign_in.password.chars().count() > MAX_PASSWORD_CHARS {
        return Err(ErrorCode::WrongPassword.into());
    }
    let lane = if browser.is_some() {
        &desk.known
    } else {
        delay.await;
        &desk.strangers
    };
    let turn = lane.turn(source).await?;
    // A name that does not exist costs the same time as one that does.
    let (salt, calls) = agent.as_ref().map_or(("", CALLS), |agent| (agent.salt.as_str(), agent.calls));
    let (derived, strongest) = password::keys(&sign_in.password, salt, calls).await?;
    drop(turn);
    let Some(agent) = agent.as_ref().filter(|agent| same_secret(&derived, &agent.key)) else {
        return Err(ErrorCode::WrongPassword.into());
    };
    let session = SessionToken::new(random_base64url(32)?);
    let browser_cookie = match &browser {
        Some(browser) => browser.cookie.clone(),
        None => devices::issue(storage, &agent.id)?,
    };
    transaction(storage, || {
        guesses::forget(storage, &name, source)?;
        if agent.calls != CALLS {
            let statement = "UPDATE agents SET key = ?, calls = ? WHERE id = ? AND key = ?";
            let values =
                vec![strongest.into(), i64::from(CALLS).into(), agent.id.as_str().into(), agent.key.as_str().into()];
            sql::run(storage, statement, values)?;
        }
        agents::open_session(storage, day_ms, &agent.id, &session)
    })?;
    Ok(SignedIn { me: Me { id: agent.id.clone(), name: agent.name.clone() }, session, browser: browser_cookie })
}

/// A browser in which this agent has signed in before.
struct Browser {
    cookie: String,
    /// Under which name its guesses count.
    source: String,
}

fn known(storage: &Storage, agent: Option<&AgentRow>, browsers: Vec<String>) -> Result<Option<Browser>, Failure> {
    let Some(agent) = agent else { return Ok(None) };
    for cookie in browsers {
        if let Some(source) = devices::source(storage, &agent.id, &cookie)? {
            return Ok(Some(Browser { cookie, source }));
        }
    }
    Ok(None)
}
